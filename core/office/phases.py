"""In which phase of the year an edition is: by what has been done, else by its dates."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from core.speeddate.rules import ballots_close_at
from core.store.clock import ROME

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.intake.rules import Settings as Intake
    from core.mentoring.rules import Settings as Mentoring
    from core.speeddate.rules import Settings as SpeedDate
    from core.training.rules import Settings as Training


class Phase(StrEnum):
    """The phases in the order of the year."""

    PREPARATION = "preparation"
    INTAKE = "intake"
    SELECTION = "selection"
    TRAINING = "training"
    SPEED_DATE = "speed_date"
    MATCHING = "matching"
    MENTORING = "mentoring"
    CERTIFICATES = "certificates"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Year:
    """What tells the phase: the dates of the year, and what has been done."""

    intake: Intake
    training: Training
    speed_date: SpeedDate
    mentoring: Mentoring
    published: bool = False
    closed: bool = False


def phase_of(year: Year, at: datetime) -> Phase:
    """The phase at a moment. Published pairs go before the dates: then the months of the meetings have begun."""
    today = at.astimezone(ROME).date()
    if year.closed:
        return Phase.CLOSED
    if year.published:
        return Phase.MENTORING if today <= year.mentoring.last_day else Phase.CERTIFICATES
    if today < year.intake.opens_on:
        return Phase.PREPARATION
    if today <= year.intake.closes_on:
        return Phase.INTAKE
    if today < _training_begins(year):
        return Phase.SELECTION
    return _around_the_speed_date(year.speed_date, at, today)


def _training_begins(year: Year) -> date:
    """The day of the first session; without any, the first day on which the speed date can be."""
    sessions = [*year.training.mentor_sessions, *year.training.mentee_sessions]
    days = [one.starts_at.astimezone(ROME).date() for one in sessions]
    return min(days, default=year.speed_date.window_first)


def _around_the_speed_date(rules: SpeedDate, at: datetime, today: date) -> Phase:
    closes = ballots_close_at(rules)
    if rules.day is None or closes is None:
        return Phase.TRAINING if today <= rules.window_last else Phase.MATCHING
    if today < rules.day:
        return Phase.TRAINING
    return Phase.SPEED_DATE if at <= closes else Phase.MATCHING
