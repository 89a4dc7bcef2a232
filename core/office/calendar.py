"""The days of an edition that people wait for, in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from core.store.clock import ROME

if TYPE_CHECKING:
    from core.intake.rules import Settings as Intake
    from core.mentoring.rules import Settings as Mentoring
    from core.speeddate.rules import Settings as SpeedDate
    from core.training.rules import Settings as Training


class Day(StrEnum):
    """What happens on a day."""

    APPLICATIONS_OPEN = "applications_open"
    APPLICATIONS_CLOSE = "applications_close"
    MENTOR_TRAINING = "mentor_training"
    MENTEE_TRAINING = "mentee_training"
    SPEED_DATE = "speed_date"
    MEETINGS_BEGIN = "meetings_begin"
    MEETINGS_END = "meetings_end"


@dataclass(frozen=True, slots=True)
class Dated:
    """What happens, and when; None while the day is open."""

    what: Day
    on: date | None


def days(intake: Intake, training: Training, speed_date: SpeedDate, mentoring: Mentoring) -> list[Dated]:
    """All days of the year in their order; what has no day yet stands last."""
    sessions = [(Day.MENTOR_TRAINING, one) for one in training.mentor_sessions]
    sessions += [(Day.MENTEE_TRAINING, one) for one in training.mentee_sessions]
    found = [
        Dated(Day.APPLICATIONS_OPEN, intake.opens_on),
        Dated(Day.APPLICATIONS_CLOSE, intake.closes_on),
        *(Dated(what, one.starts_at.astimezone(ROME).date()) for what, one in sessions),
        Dated(Day.SPEED_DATE, speed_date.day),
        Dated(Day.MEETINGS_BEGIN, mentoring.first_day),
        Dated(Day.MEETINGS_END, mentoring.last_day),
    ]
    return sorted(found, key=lambda one: (one.on is None, one.on or date.max))


def ahead(found: list[Dated], today: date) -> list[Dated]:
    """The days that are still to come, today included, and those that are open."""
    return [one for one in found if one.on is None or one.on >= today]
