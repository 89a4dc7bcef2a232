"""The very first act: the account of whoever runs the programme, and this year's edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.accounts.actions import add_first_account
from core.accounts.rules import SYSTEM
from core.edition import actions as editions
from core.edition.rules import edition_name

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from core.language.text import Language


def begin(
    session: Session, *, name: str, mail: str, password: str, year: int, language: Language, rounds: int, at: datetime
) -> None:
    """Make the first account and the first edition; raises `NotAllowed` when there is an account already."""
    add_first_account(
        session, name=name, mail=mail, password=password, rounds=rounds, language=language, by=SYSTEM, at=at
    )
    editions.create(session, name=edition_name(year), year=year, by=SYSTEM, at=at)
