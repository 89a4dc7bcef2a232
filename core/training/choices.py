"""Which date each participant has chosen. Not guarded: each caller asks its own right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.intake.models import Application
from core.training.models import DateChoice
from core.training.rules import Choice, Settings, exchanged

if TYPE_CHECKING:
    from datetime import datetime

HELD = (
    select(DateChoice)
    .join(Application)
    .where(col(Application.withdrawn_at).is_(None))
    .order_by(col(DateChoice.answered_at), col(DateChoice.id))
)


def chosen(session: Session, edition_id: int) -> dict[int, DateChoice]:
    """The choices of all who have not withdrawn, by application, whoever answered first standing first."""
    rows = session.exec(HELD.where(col(Application.edition_id) == edition_id))
    return {row.application_id: row for row in rows}


def exchange(session: Session, edition_id: int, settings: Settings, *, at: datetime) -> None:
    """Let those who want another date change to it as far as there are places (see `rules.exchanged`).

    A date that has begun by this moment is neither left nor reached any more.
    """
    session.flush()
    held = chosen(session, edition_id)
    begun = {one.number for one in settings.mentee_sessions if one.begun(at)}
    places = {one.number: one.places for one in settings.mentee_sessions if one.number not in begun}
    asked = [Choice(row.application_id, row.session, row.wants) for row in held.values() if row.session not in begun]
    for one in exchanged(asked, places):
        row = held[one.application_id]
        row.session, row.wants = one.session, one.wants
