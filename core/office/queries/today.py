"""What the first page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.accounts.guard import query
from core.accounts.rules import Actor, Right
from core.edition.queries import settings
from core.intake.rules import Settings as Intake
from core.mentoring.rules import Settings as Mentoring
from core.office.calendar import Dated, ahead, days
from core.speeddate.rules import Settings as SpeedDate
from core.training.rules import Settings as Training

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session


@query(Right.ENTER)
def days_ahead(session: Session, edition_id: int, *, today: date, by: Actor) -> list[Dated]:
    """The edition's days from today on; those without a day yet stand last."""
    found = days(
        settings(session, edition_id, Intake, by=by),
        settings(session, edition_id, Training, by=by),
        settings(session, edition_id, SpeedDate, by=by),
        settings(session, edition_id, Mentoring, by=by),
    )
    return ahead(found, today)
