"""When mentors and mentees are trained."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING

from core.edition.rules import require_between, same_weekday, working_day
from core.people.rules import Side
from core.store.clock import ROME
from core.store.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet


MOST_PLACES = 10_000


class NumberTwice(Refused):
    """Two sessions of one side have the same number."""


class DateFull(Refused):
    """All places of this date are taken."""


class DateOver(Refused):
    """The date is over, or has begun."""


class Chosen(StrEnum):
    """What became of the wish for a date."""

    TAKEN = "taken"
    ASKED = "asked"
    """It is full: the person changes as soon as there is a place."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The date that a participant has, and the one wanted instead, by their numbers."""

    application_id: int
    session: int
    wants: int | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One online session: its beginning, how long it lasts in minutes, and the number by which it is known for good.

    As number 0 stands for one that is new; among the settings it gets the next number of its side. `places` is how
    many can choose it where one of several is chosen; 0 for as many as like.
    """

    starts_at: datetime
    minutes: int = 120
    number: int = 0
    places: int = 0

    def __post_init__(self) -> None:
        require_between(self.minutes, 15, 480, what="edition.year.session_minutes")
        require_between(self.places, 0, MOST_PLACES, what="edition.year.session_places")

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


def has_choice(side: Side, sessions: Sequence[Session]) -> bool:
    """Whether this side is to choose one of several dates."""
    return side is Side.MENTEE and len(sessions) > 1


def exchanged(choices: Sequence[Choice], places: Mapping[int, int]) -> list[Choice]:
    """Those whose wish for another date is granted, with their new dates, in the order of `choices`.

    Whoever comes first in `choices` goes first to a date with a place left (`places` by number, 0: no limit); two who
    want each other's dates swap, full or not. Nobody loses a date for another's sake.
    """
    now = {one.application_id: one for one in choices}
    while moves := _next_moves(list(now.values()), places):
        for one in moves:
            now[one.application_id] = replace(one, session=one.wants or one.session, wants=None)
    return [now[one.application_id] for one in choices if now[one.application_id] != one]


def _next_moves(choices: Sequence[Choice], places: Mapping[int, int]) -> list[Choice]:
    """Who changes next: one to a free place, else two with each other, else nobody."""
    taken = Counter(one.session for one in choices)
    asking = [one for one in choices if one.wants in places and one.wants != one.session]
    for one in asking:
        if not places[one.wants or 0] or taken[one.wants or 0] < places[one.wants or 0]:
            return [one]
    for one in asking:
        for other in asking:
            if (one.session, one.wants) == (other.wants, other.session):
                return [one, other]
    return []


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
