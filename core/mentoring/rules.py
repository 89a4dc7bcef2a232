"""How often pairs meet, how long, and in which months."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from dateutil.easter import easter

from core.edition.rules import require_between, require_order, same_day
from core.store.errors import Refused

AROUND_EASTER = timedelta(days=3)
"""Closed days that reach so near to Easter Sunday are Easter's."""
LEAST_MINUTES, MOST_MINUTES = 5, 600
PLACE_LENGTH, NOTE_LENGTH = 120, 500


class Way(StrEnum):
    """How a meeting was held."""

    ONLINE = "online"
    IN_PERSON = "in_person"


class DayMissing(Refused):
    """A meeting has a day."""


class MinutesNotValid(Refused):
    """A meeting lasts from 5 minutes to 10 hours."""


class TextTooLong(Refused):
    """A place has at most 120 characters, a note at most 500."""


class OutsideMonths(Refused):
    """A meeting is not before the pair was made, not in the future, and not after the edition's last day."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is reported of a meeting: the day, how long (minutes), how, where, and a short note."""

    held_on: date
    minutes: int
    way: Way
    place: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if not LEAST_MINUTES <= self.minutes <= MOST_MINUTES:
            raise MinutesNotValid(low=LEAST_MINUTES, high=MOST_MINUTES)
        if len(self.place) > PLACE_LENGTH or len(self.note) > NOTE_LENGTH:
            raise TextTooLong(place=PLACE_LENGTH, note=NOTE_LENGTH)


@dataclass(frozen=True, slots=True)
class ClosedPeriod:
    """Days on which nobody is expected to meet, both ends included."""

    name: str
    first: date
    last: date

    def __post_init__(self) -> None:
        require_order(self.first, self.last, what="edition.year.closed")

    def moved(self, years: int) -> ClosedPeriod:
        """The same so many years later; what lies around Easter stays around it."""
        sunday = easter(self.first.year)
        if self.first - AROUND_EASTER <= sunday <= self.last + AROUND_EASTER:
            shift = easter(self.first.year + years) - sunday
            return replace(self, first=self.first + shift, last=self.last + shift)
        first = same_day(self.first, years)
        return replace(self, first=first, last=max(first, same_day(self.last, years)))


@dataclass(frozen=True, slots=True)
class Settings:
    """Six to eight meetings of 90 minutes every three to four weeks, from November to April."""

    first_day: date
    last_day: date
    closed: tuple[ClosedPeriod, ...]
    least_meetings: int = 6
    most_meetings: int = 8
    minutes: int = 90
    least_days_between: int = 21
    most_days_between: int = 28

    def __post_init__(self) -> None:
        require_order(self.first_day, self.last_day, what="edition.year.first_day")
        require_between(self.least_meetings, 1, 30, what="edition.year.least_meetings")
        require_between(self.most_meetings, self.least_meetings, 30, what="edition.year.most_meetings")
        require_between(self.minutes, 15, 480, what="edition.year.minutes")
        require_between(self.least_days_between, 1, 120, what="edition.year.least_days_between")
        require_between(self.most_days_between, self.least_days_between, 120, what="edition.year.most_days_between")

    @classmethod
    def defaults(cls, year: int) -> Settings:
        """From 1 November of `year` to 30 April, closed at Christmas and around Easter."""
        sunday = easter(year + 1)
        return cls(
            first_day=date(year, 11, 1),
            last_day=date(year + 1, 4, 30),
            closed=(
                ClosedPeriod("Natale", date(year, 12, 24), date(year + 1, 1, 6)),
                ClosedPeriod("Pasqua", sunday - timedelta(days=3), sunday + timedelta(days=2)),
            ),
        )

    def moved(self, years: int) -> Settings:
        """The months keep their days; closed days keep theirs too, or their place around Easter."""
        return replace(
            self,
            first_day=same_day(self.first_day, years),
            last_day=same_day(self.last_day, years),
            closed=tuple(one.moved(years) for one in self.closed),
        )


def latest_first_meeting(settings: Settings, *, every: int) -> date:
    """The last day for a first meeting when the minimum is to be reached with `every` days between meetings.

    Closed periods are not taken off: the interval is a rhythm in weeks, not in working days.
    """
    return settings.last_day - timedelta(days=every * (settings.least_meetings - 1))


def require_within(settings: Settings, day: date, *, since: date, today: date) -> None:
    """Raise `OutsideMonths` for a meeting on a day that cannot be; `since` is the day when the pair was made."""
    first, last = min(since, settings.first_day), min(today, settings.last_day)
    if not first <= day <= last:
        raise OutsideMonths(first=first, last=last)


def given_day(day: date | None) -> date:
    """The day; raises `DayMissing`."""
    if day is None:
        raise DayMissing
    return day
