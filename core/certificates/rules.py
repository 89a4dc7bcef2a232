"""Who has earned a certificate, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from core.edition.rules import require_between
from core.people.rules import Side

HOUR = 60


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What one side must reach: a share of its training (percent), a number of meetings, and hours in them."""

    training: int
    meetings: int = 6
    hours: float = 9

    def __post_init__(self) -> None:
        require_between(self.training, 0, 100, what="edition.year.training")
        require_between(self.meetings, 0, 30, what="edition.year.meetings")
        require_between(self.hours, 0, 200, what="edition.year.hours")

    @property
    def minutes(self) -> int:
        """The hours in minutes."""
        return round(self.hours * HOUR)

    def sessions(self, expected: int) -> int:
        """How many of so many training sessions reach the share."""
        return ceil(self.training * expected / 100)


@dataclass(frozen=True, slots=True)
class Settings:
    """The thresholds of both sides."""

    mentees: Thresholds
    mentors: Thresholds

    @classmethod
    def defaults(cls, year: int) -> Settings:  # noqa: ARG003 - every phase's settings are made for a year
        """Mentees attended their session, mentors two of three; six meetings and nine hours together."""
        return cls(mentees=Thresholds(training=100), mentors=Thresholds(training=66))

    def moved(self, years: int) -> Settings:  # noqa: ARG002 - nothing here has a day
        """The thresholds stay."""
        return self

    def of(self, side: Side) -> Thresholds:
        """The thresholds of one side."""
        return self.mentees if side is Side.MENTEE else self.mentors


@dataclass(frozen=True, slots=True)
class Facts:
    """What one participant has done: sessions attended of those expected, partners, meetings, and minutes in them.

    With several partners `meetings` are those of the pair that met most often, and `minutes` those of all pairs
    together: one mentee must have been followed to the end, and the hours given to the others count as well.
    """

    attended: int
    expected: int
    partners: int = 0
    meetings: int = 0
    minutes: int = 0

    @property
    def share(self) -> float:
        """How much of the own training was attended, from 0 to 1; all of it where there is none."""
        return min(self.attended / self.expected, 1) if self.expected else 1

    @property
    def hours(self) -> float:
        """The minutes in hours, to two places."""
        return round(self.minutes / HOUR, 2)


class Lack(StrEnum):
    """What can be missing for a certificate."""

    TRAINING = "training"
    PAIR = "pair"
    MEETINGS = "meetings"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing: how much of it is there, how much is needed, and of how much in all.

    They count sessions, meetings and minutes.
    """

    lack: Lack
    done: int = 0
    needed: int = 0
    of: int = 0

    @property
    def short(self) -> int:
        """How much more it takes."""
        return self.needed - self.done


def missing(thresholds: Thresholds, facts: Facts) -> tuple[Missing, ...]:
    """What a participant lacks; the certificate is earned when it is nothing.

    Without a partner there is nothing to say of meetings and time, only that the pair is missing, and this even
    when no meeting is asked for: the certificate says that a pair was followed.
    """
    asked = (Missing(Lack.TRAINING, facts.attended, thresholds.sessions(facts.expected), facts.expected),)
    if facts.partners:
        asked += (
            Missing(Lack.MEETINGS, facts.meetings, thresholds.meetings, thresholds.meetings),
            Missing(Lack.TIME, facts.minutes, thresholds.minutes, thresholds.minutes),
        )
    lacks = tuple(one for one in asked if one.short > 0)
    return lacks if facts.partners else (*lacks, Missing(Lack.PAIR))
