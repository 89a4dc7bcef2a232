"""The demo's calendar: the programme's usual year, moved so that today lies in the phase that is to be shown."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from dateutil.easter import easter

from core.edition.rules import working_day
from core.intake.rules import Settings as Intake
from core.matching.rules import Settings as Matching
from core.mentoring.rules import ClosedPeriod
from core.mentoring.rules import Settings as Mentoring
from core.selection.rules import Settings as Selection
from core.speeddate.rules import Settings as SpeedDate
from core.store.clock import ROME
from core.training.rules import Session
from core.training.rules import Settings as Training

if TYPE_CHECKING:
    from core.edition.queries import Defaults

BALLOT_DAYS = 3
ANSWER_DAYS = 21
PLACES = 45
"""At each training session of the mentees."""
LAST_HOUR = 23
USUAL_HOUR = time(17)


class Until(StrEnum):
    """How far the year has come."""

    INTAKE = "intake"
    SELECTION = "selection"
    TRAINING = "training"
    SPEEDDATE = "speeddate"
    MATCHING = "matching"
    MENTORING = "mentoring"
    END = "end"


TODAY = {
    Until.INTAKE: 70,
    Until.SELECTION: 86,
    Until.TRAINING: 134,
    Until.SPEEDDATE: 167,
    Until.MATCHING: 174,
    Until.MENTORING: 274,
    Until.END: 371,
}
"""Which day of the year today is, counted from the first day for applications, the 1st of May in a usual year."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of one edition; `starts_at` is the hour of its speed date."""

    opens_on: date
    closes_on: date
    decided_on: date
    mentor_session_1: date
    mentor_session_2: date
    mentor_session_3: date
    mentee_session_1: date
    mentee_session_2: date
    window_first: date
    speed_date: date
    window_last: date
    published_on: date
    first_day: date
    last_day: date
    starts_at: time = USUAL_HOUR

    @property
    def year(self) -> int:
        """The year that the edition bears."""
        return self.opens_on.year

    @property
    def ballots_close_on(self) -> date:
        """The last day for ballots."""
        return self.speed_date + timedelta(days=BALLOT_DAYS)

    def settings(self, sectors: tuple[str, ...]) -> list[Defaults]:
        """What is set for each phase that has dates or choices of its own."""
        evenings = (self.mentor_session_1, self.mentor_session_2, self.mentor_session_3)
        afternoons = (self.mentee_session_1, self.mentee_session_2)
        return [
            Intake(self.opens_on, self.closes_on, sectors),
            replace(Selection.defaults(self.year), answer_by=self.decided_on + timedelta(days=ANSWER_DAYS)),
            Training(
                mentor_sessions=tuple(Session(moment(day, 18)) for day in evenings),
                mentee_sessions=tuple(Session(moment(day, 14), places=PLACES) for day in afternoons),
            ),
            SpeedDate(self.window_first, self.window_last, self.speed_date, self.starts_at, BALLOT_DAYS),
            Matching(seed=self.year, mentor_capacity=2),
            Mentoring(self.first_day, self.last_day, closed_between(self.first_day, self.last_day)),
        ]

    def a_year_before(self) -> Calendar:
        """The calendar of the edition before."""
        days = {one.name: year_before(getattr(self, one.name)) for one in fields(self) if one.name != "starts_at"}
        working = ("mentor_session", "mentee_session", "speed_date", "decided_on", "published_on")
        moved = {name: working_day(day) if name.startswith(working) else day for name, day in days.items()}
        return replace(self, starts_at=USUAL_HOUR, **moved)


def calendar(until: Until, now: datetime) -> Calendar:
    """The calendar in which this moment lies in that phase; on the day of the speed date it has begun an hour ago."""
    here = now.astimezone(ROME)
    opens = here.date() - timedelta(days=TODAY[until])
    today = until is Until.SPEEDDATE
    return Calendar(
        opens_on=opens,
        closes_on=_after(opens, 75),
        decided_on=working_day(_after(opens, 97)),
        mentor_session_1=working_day(_after(opens, 123)),
        mentor_session_2=working_day(_after(opens, 131)),
        mentor_session_3=working_day(_after(opens, 138)),
        mentee_session_1=working_day(_after(opens, 124)),
        mentee_session_2=working_day(_after(opens, 140)),
        window_first=_after(opens, 153),
        speed_date=here.date() if today else working_day(_after(opens, 167)),
        window_last=_after(opens, 183),
        published_on=working_day(_after(opens, 178)),
        first_day=_after(opens, 184),
        last_day=_after(opens, 364),
        starts_at=time(max(here.hour - 1, 0)) if today else USUAL_HOUR,
    )


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a day in Rome."""
    return datetime.combine(day, time(hour, minute), tzinfo=ROME)


def end_of(day: date) -> datetime:
    """The last moment of a day on which anybody still works."""
    return moment(day, LAST_HOUR)


def year_before(day: date) -> date:
    """The same day a year earlier; the 28th for a 29th of February."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def closed_between(first: date, last: date) -> tuple[ClosedPeriod, ...]:
    """The holidays of which some days lie between these two."""
    periods = [period for year in range(first.year - 1, last.year + 1) for period in _holidays(year)]
    return tuple(one for one in periods if one.first <= last and first <= one.last)


def _holidays(year: int) -> list[ClosedPeriod]:
    sunday = easter(year)
    return [
        ClosedPeriod("Pasqua", _after(sunday, -3), _after(sunday, 2)),
        ClosedPeriod("Ferragosto", date(year, 8, 8), date(year, 8, 22)),
        ClosedPeriod("Natale", date(year, 12, 24), date(year + 1, 1, 6)),
    ]


def _after(day: date, days: int) -> date:
    return day + timedelta(days=days)
