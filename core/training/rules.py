"""When mentors and mentees are trained."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import count
from typing import TYPE_CHECKING

from core.edition.rules import require_between, same_weekday, working_day
from core.people.rules import Side
from core.store.clock import ROME
from core.store.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet


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
        require_between(self.minutes, 15, 480, what="edition.year.session_minutes")

    def moved(self, years: int) -> Session:
        """The same weekday and hour in Rome, so many years later."""
        here = self.starts_at.astimezone(ROME)
        day = same_weekday(here.date(), years)
        return replace(self, starts_at=datetime.combine(day, here.time(), tzinfo=ROME))

    def begun(self, at: datetime) -> bool:
        """Whether somebody can have been there by this moment."""
        return self.starts_at <= at


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


def followed(side: Side, sessions: Sequence[Session], attended: AbstractSet[int]) -> tuple[int, int]:
    """How many sessions somebody has attended, of how many asked for: mentors all of theirs, mentees one of theirs.

    `attended` holds numbers of sessions; one that is no longer among `sessions` does not count. That nobody was at a
    session before it began is seen to where it is written down (`core.training.actions`).
    """
    wanted = len(sessions) if side is Side.MENTOR else min(1, len(sessions))
    return min(wanted, sum(one.number in attended for one in sessions)), wanted


def share(side: Side, sessions: Sequence[Session], attended: AbstractSet[int]) -> float:
    """How much of the training that is asked of this side somebody has attended, 0 to 1; 1 where nothing is asked."""
    done, wanted = followed(side, sessions, attended)
    return done / wanted if wanted else 1.0


def completed(side: Side, sessions: Sequence[Session], attended: AbstractSet[int]) -> bool:
    """Whether nothing of the training is left: mentors were at every session of theirs, mentees at one of theirs."""
    return share(side, sessions, attended) == 1


def missing(side: Side, sessions: Sequence[Session], attended: AbstractSet[int]) -> tuple[Session, ...]:
    """What is still to attend: for mentors each of these sessions, for mentees any one of them."""
    if completed(side, sessions, attended):
        return ()
    return tuple(one for one in sessions if one.number not in attended)


def at(day: date, hour: int) -> datetime:
    """A full hour of a day in Rome."""
    return datetime.combine(day, time(hour), tzinfo=ROME)


def succeeding(before: Sequence[Session], wanted: Sequence[Session]) -> tuple[Session, ...]:
    """The sessions wanted after `before`; new ones with numbers that none of these has, so that none takes its place.

    Whoever drops one session and adds another in one go has not moved the first: it must not hand on its attendance.
    """
    new = count(max((one.number for one in before), default=0) + 1)
    return tuple(one if one.number else replace(one, number=next(new)) for one in wanted)


def _numbered(sessions: tuple[Session, ...]) -> tuple[Session, ...]:
    """The sessions, those that are new with the next numbers; raises `NumberTwice`."""
    given = [one.number for one in sessions if one.number]
    if len(set(given)) < len(given):
        raise NumberTwice
    new = count(max(given, default=0) + 1)
    return tuple(one if one.number else replace(one, number=next(new)) for one in sessions)
