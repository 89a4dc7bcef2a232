"""What a matching is: whose wishes count, what binds, and which of two results is the better one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from core.edition.rules import require_between

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

P = TypeVar("P", int, str)
"""How people are named: all by numbers or all by words."""

FIT_UNIT = 1_000_000
"""Fit is counted in millionths, so that sums are exact on every machine."""

FIT_SPAN = 1_000
"""The largest difference between two fits of one instance."""


class Policy(StrEnum):
    """Which matching is the best; the first entry is what the office gets unless it chooses."""

    GREEDY_GENEROUS = "greedy-generous"
    """As many on their list as possible, none worse than generous needs, then most 1st, most 2nd choices."""
    GREEDY = "greedy"
    """As many on their list as possible, then most 1st, most 2nd choices."""
    GENEROUS = "generous"
    """As many on their list as possible, then fewest at the worst rank, then at the next."""
    RANK_MAXIMAL = "rank-maximal"
    """Most 1st choices, then most 2nd, even if fewer get somebody on their list."""
    LEAST_SUM = "least-sum"
    """As many on their list as possible, then the smallest sum of ranks."""


class Conflict(StrEnum):
    """Why no matching can keep the locks; each value is the key of the rule to relax."""

    UNKNOWN = "lock-of-somebody-who-does-not-take-part"
    VETOED = "lock-against-a-veto"
    MENTEE_TWICE = "mentee-locked-twice"
    MENTOR_FULL = "mentor-locked-beyond-capacity"


class LockKind(StrEnum):
    """What binds two people before the matching is made."""

    YES = "yes"
    NEVER = "never"


class Table(Protocol):
    """Numbers by row and column: a tuple of tuples, or an array."""

    def __len__(self) -> int:
        """How many rows there are."""
        ...

    def __getitem__(self, row: int, /) -> Sequence[float]:
        """One row."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Instance(Generic[P]):
    """Everything that decides the pairs; the order of the mappings never matters.

    A ballot is groups of mentors, best first; the mentors of one group are tied. Names on a ballot that are
    not among the mentors are passed over and keep their rank. `fit` has one row a mentee in the order of
    `mentee_order` and one column a mentor in the order of `mentor_order`: the more the better, finite and at
    most 1,000 apart.
    """

    ballots: Mapping[P, Sequence[Collection[P]]]
    mentors: Mapping[P, int]
    forbidden: Collection[tuple[P, P]] = frozenset()
    forced: Collection[tuple[P, P]] = frozenset()
    fit: Table | None = None
    seed: int = 0
    allow_unlisted: bool = True

    @property
    def mentee_order(self) -> list[P]:
        """The mentees as the rows of `fit` follow one another."""
        return sorted(self.ballots)

    @property
    def mentor_order(self) -> list[P]:
        """The mentors as the columns of `fit` follow one another."""
        return sorted(self.mentors)

    @property
    def longest(self) -> int:
        """The number of ranks on the longest ballot."""
        return max(map(len, self.ballots.values()), default=0)


@dataclass(frozen=True, slots=True)
class Result(Generic[P]):
    """The best pairs by one policy.

    `profile` counts the mentees with their 1st, 2nd, ... choice; `unlisted` those paired outside their list;
    `stages` the assignments solved on the way; `seed` repeats the draw.
    """

    pairs: Mapping[P, P]
    profile: tuple[int, ...]
    unlisted: int
    unmatched: tuple[P, ...]
    stages: int
    seed: int


@dataclass(frozen=True, slots=True)
class Infeasible(Generic[P]):
    """Locks that cannot be kept together: these people, this rule to relax."""

    people: tuple[P, ...]
    rule: Conflict


@dataclass(frozen=True, slots=True)
class Settings:
    """What an edition decides about its matching."""

    policy: Policy = Policy.GREEDY_GENEROUS
    seed: int = 0
    allow_unlisted: bool = True
    mentor_capacity: int = 1

    def __post_init__(self) -> None:
        require_between(self.mentor_capacity, 1, 20, what="edition.year.capacity")
        require_between(self.seed, 0, 2**31 - 1, what="store.field.seed")

    @classmethod
    def defaults(cls, year: int) -> Settings:
        """Greedy-generous, one mentee a mentor, and a draw of its own for each year."""
        return cls(seed=year)

    def moved(self, years: int) -> Settings:
        """The same rules with another draw."""
        return replace(self, seed=self.seed + years)


def ranks(ballot: Sequence[Collection[P]]) -> dict[P, int]:
    """The rank of each mentor on a ballot, 1 for the first group; of two entries the better one counts."""
    found: dict[P, int] = {}
    for rank, group in enumerate(ballot, start=1):
        for mentor in group:
            found.setdefault(mentor, rank)
    return found


def profile(instance: Instance[P], pairs: Mapping[P, P]) -> tuple[tuple[int, ...], int]:
    """How many got their 1st, 2nd, ... choice, and how many somebody outside their list."""
    counts = [0] * (instance.longest + 1)
    for mentee, mentor in pairs.items():
        counts[ranks(instance.ballots[mentee]).get(mentor, 0)] += 1
    return tuple(counts[1:]), counts[0]


def drawn(seed: int, mentee: P, mentors: Sequence[P]) -> bytes:
    """The lots of one mentee with each mentor, 32 bytes a pair: SHA-256 of "seed|mentee|mentor".

    Of equally good matchings the one whose lots have the smallest sum wins. A lot is eight numbers, the first
    28 bits of each 4 bytes: the sum of the first numbers decides, and where it leaves a tie that of the next.
    """
    start = hashlib.sha256(f"{seed}|{mentee}|".encode())
    lots: list[bytes] = []
    for mentor in mentors:
        lot = start.copy()
        lot.update(str(mentor).encode())
        lots.append(lot.digest())
    return b"".join(lots)
