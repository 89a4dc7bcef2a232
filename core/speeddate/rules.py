"""When the speed date is, how long ballots are taken, and what a ballot says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from core.edition.rules import require_between, require_order, same_day
from core.store.clock import ROME
from core.store.errors import Refused

LAST_MINUTE = time(23, 59)


class DayOutsideWindow(Refused):
    """The day of the speed date lies outside the days that are kept for it."""


class ClosesBeforeOpening(Refused):
    """Ballots would close before the speed date begins."""


class NoDayYet(Refused):
    """Nobody can say whether they come before the day is set."""


class EventOver(Refused):
    """The speed date is over."""


class Window(StrEnum):
    """Where a moment lies with regard to the taking of ballots."""

    UNKNOWN = "unknown"
    BEFORE = "before"
    OPEN = "open"
    CLOSED = "closed"


class Coming(StrEnum):
    """What a participant says about coming to the speed date."""

    IN_PERSON = "in_person"
    REMOTE = "remote"
    NO = "no"


class EventDay(StrEnum):
    """Where a day lies with regard to the speed date."""

    UNKNOWN = "unknown"
    BEFORE = "before"
    TODAY = "today"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Settings:
    """The day (None while it is open) within its window, and for how long ballots are taken after it.

    `ballots_close_at` goes before `ballot_days_open`; `most_choices` 0 means as many as one likes.
    """

    window_first: date
    window_last: date
    day: date | None = None
    starts_at: time = time(17)
    ballot_days_open: int = 3
    ballots_close_at: datetime | None = None
    most_choices: int = 5

    def __post_init__(self) -> None:
        require_order(self.window_first, self.window_last, what="edition.year.window_first")
        require_between(self.ballot_days_open, 0, 60, what="edition.year.ballot_days")
        require_between(self.most_choices, 0, 50, what="edition.year.most_choices")
        if self.day is not None and not self.window_first <= self.day <= self.window_last:
            raise DayOutsideWindow(day=self.day, first=self.window_first, last=self.window_last)
        opens, closes = ballots_open_at(self), self.ballots_close_at
        if opens is not None and closes is not None and closes <= opens:
            raise ClosesBeforeOpening(opens=opens, closes=closes)

    @classmethod
    def defaults(cls, year: int) -> Settings:
        """Some day of October, not yet known."""
        return cls(date(year, 10, 1), date(year, 10, 31))

    def moved(self, years: int) -> Settings:
        """The window keeps its days of the month; the day itself is set anew."""
        return replace(
            self,
            window_first=same_day(self.window_first, years),
            window_last=same_day(self.window_last, years),
            day=None,
            ballots_close_at=None,
        )


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a ballot says: groups of mentors (by application), best first, one group tied; and "rather not".

    The order within a group and among the vetoes says nothing; they are kept sorted.
    """

    ranks: tuple[tuple[int, ...], ...] = ()
    vetoes: tuple[int, ...] = ()

    @property
    def wished(self) -> tuple[int, ...]:
        """All mentors with a rank, best first."""
        return tuple(mentor for group in self.ranks for mentor in group)


def ballots_open_at(settings: Settings) -> datetime | None:
    """The beginning of the speed date; None while its day is open."""
    return None if settings.day is None else datetime.combine(settings.day, settings.starts_at, tzinfo=ROME)


def ballots_close_at(settings: Settings) -> datetime | None:
    """The last moment for ballots; None while the day of the speed date is open."""
    if settings.day is None:
        return None
    last = settings.day + timedelta(days=settings.ballot_days_open)
    return settings.ballots_close_at or datetime.combine(last, LAST_MINUTE, tzinfo=ROME)


def window(settings: Settings, at: datetime) -> Window:
    """Whether ballots are taken at this moment."""
    opens, closes = ballots_open_at(settings), ballots_close_at(settings)
    if opens is None or closes is None:
        return Window.UNKNOWN
    if at < opens:
        return Window.BEFORE
    return Window.OPEN if at <= closes else Window.CLOSED


def event_day(settings: Settings, today: date) -> EventDay:
    """Whether the speed date is today, still to come, over, or has no day yet."""
    if settings.day is None:
        return EventDay.UNKNOWN
    if today == settings.day:
        return EventDay.TODAY
    return EventDay.BEFORE if today < settings.day else EventDay.AFTER
