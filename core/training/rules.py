"""When mentors and mentees are trained."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import count

from core.edition.rules import require_between, same_weekday, working_day
from core.people.rules import Side
from core.store.clock import ROME
from core.store.errors import Refused


class NumberTwice(Refused):
    """Two sessions of one side have the same number."""


@dataclass(frozen=True, slots=True)
class Session:
    """One online session: its beginning, how long it lasts in minutes, and the number by which it is known for good.

    0 stands for one that is new; among the settings it gets the next number of its side.
    """

    starts_at: datetime
    minutes: int = 120
    number: int = 0

    def __post_init__(self) -> None:
        require_between(self.minutes, 15, 480, what="training.minutes")

    def moved(self, years: int) -> Session:
        """The same weekday and hour in Rome, so many years later."""
        here = self.starts_at.astimezone(ROME)
        day = same_weekday(here.date(), years)
        return replace(self, starts_at=datetime.combine(day, here.time(), tzinfo=ROME))


@dataclass(frozen=True, slots=True)
class Settings:
    """Mentors attend every one of their sessions; mentees one of theirs."""

    mentor_sessions: tuple[Session, ...]
    mentee_sessions: tuple[Session, ...]

    def __post_init__(self) -> None:
        for name in ("mentor_sessions", "mentee_sessions"):
            object.__setattr__(self, name, _numbered(getattr(self, name)))

    def of(self, side: Side) -> tuple[Session, ...]:
        """The sessions of one side."""
        return self.mentor_sessions if side is Side.MENTOR else self.mentee_sessions

    @classmethod
    def defaults(cls, year: int) -> Settings:
        """Mentors: three evenings between 1 and 18 September; mentees: 2 or 18 September in the afternoon."""
        evenings = [working_day(date(year, 9, day)) for day in (1, 9, 16)]
        afternoons = [date(year, 9, 2), date(year, 9, 18)]
        return cls(
            mentor_sessions=tuple(Session(at(day, 18)) for day in evenings),
            mentee_sessions=tuple(Session(at(day, 14)) for day in afternoons),
        )

    def moved(self, years: int) -> Settings:
        """The sessions keep their weekdays, hours and numbers."""
        return Settings(
            mentor_sessions=tuple(one.moved(years) for one in self.mentor_sessions),
            mentee_sessions=tuple(one.moved(years) for one in self.mentee_sessions),
        )


def at(day: date, hour: int) -> datetime:
    """A full hour of a day in Rome."""
    return datetime.combine(day, time(hour), tzinfo=ROME)


def _numbered(sessions: tuple[Session, ...]) -> tuple[Session, ...]:
    """The sessions, those that are new with the next numbers; raises `NumberTwice`."""
    given = [one.number for one in sessions if one.number]
    if len(set(given)) < len(given):
        raise NumberTwice
    new = count(max(given, default=0) + 1)
    return tuple(one if one.number else replace(one, number=next(new)) for one in sessions)
