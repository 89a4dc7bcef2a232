"""Ticking who has come to the speed date, and taking a tick away; a tick that is there already stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.accounts.guard import act
from core.accounts.rules import Actor, Right
from core.people.rules import Side
from core.selection.participants import participants
from core.speeddate.models import CheckIn
from core.store.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime


class NotOnTheList(Refused):
    """Somebody among them does not take part in this edition, or no longer."""


class AlreadyThere(Refused):
    """All of them have been ticked before."""


class NotThere(Refused):
    """None of them is ticked."""


@act(Right.CHECK_IN)
def check_in(session: Session, *, edition_id: int, applications: Collection[int], by: Actor, at: datetime) -> None:
    """Write that these participants have come, now; raises `NotOnTheList`, `AlreadyThere`.

    Who was ticked before keeps the moment of then.
    """
    held = _held(session, edition_id, applications)
    new = sorted(set(applications) - held.keys())
    if not new:
        raise AlreadyThere
    session.add_all(CheckIn(application_id=one, at=at, account_id=by.account_id) for one in new)


@act(Right.CHECK_IN)
def check_out(session: Session, *, edition_id: int, applications: Collection[int], by: Actor, at: datetime) -> None:
    """Take the ticks of these participants away, as if they had not come; raises `NotOnTheList`, `NotThere`."""
    held = _held(session, edition_id, applications)
    if not held:
        raise NotThere
    for one in held.values():
        session.delete(one)


def _held(session: Session, edition_id: int, applications: Collection[int]) -> dict[int, CheckIn]:
    """The ticks of these people by their applications; all of them take part."""
    there = {one.application_id for side in Side for one in participants(session, edition_id, side)}
    if not there.issuperset(applications):
        raise NotOnTheList
    rows = session.exec(select(CheckIn).where(col(CheckIn.application_id).in_(applications)))
    return {one.application_id: one for one in rows}
