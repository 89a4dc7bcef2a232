"""From the facts of an application to its points, its total and its place in the ranking. Pure.

Each criterion gives points from 0 to 100. The total of an application is the weighted mean

    total = sum(weight x points) / sum(weight)

over the criteria that weigh something *and* are known, rounded to hundredths. What is not known is missing:
it is named, it never counts as 0, and the total is then incomplete.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from core.edition.rules import require_between
from core.selection.rules import (
    HIGHEST_POINTS,
    LOWEST_POINTS,
    MARK_110,
    MEAN_30,
    MOST_YEARS,
    Band,
    Criterion,
    Settings,
    Standing,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.people.rules import Side


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one application; None and empty mean not known.

    `mean_30`: 18-30. `final_mark`: 66-110. `years`: 0-60. `answers` (self-assessment) and `reviews`: whole
    numbers from 1 to 5, in any order.
    """

    mean_30: float | None
    final_mark: int | None
    honours: bool
    years: float | None
    answers: Sequence[int]
    reviews: Sequence[int]


@dataclass(frozen=True, slots=True)
class Score:
    """Points (0-100) of the known criteria, what is missing, and the total (0-100; None: all is missing)."""

    points: Mapping[Criterion, float]
    missing: tuple[Criterion, ...]
    total: float | None


class Place(StrEnum):
    """Where a total stands to the seats; TIED: equal totals lie on both sides of the last seat."""

    WITHIN = "within"
    TIED = "tied"
    BEYOND = "beyond"
    UNRANKED = "unranked"


@dataclass(frozen=True, slots=True)
class Placing:
    """A rank (1 is best, equal totals share it), with how many it is shared, and the place to the seats."""

    rank: int | None
    sharing: int
    place: Place


def score(settings: Settings, side: Side, facts: Facts) -> Score:
    """The score of one application; raises `OutOfBounds` for a value outside its range or not a number."""
    weights = settings.of(side).weights
    known: dict[Criterion, float | None] = {
        Criterion.ACADEMIC: academic(settings.standings, facts),
        Criterion.EXPERIENCE: experience(settings.bands, facts.years),
        Criterion.SELF_ASSESSMENT: scale(facts.answers),
        Criterion.MOTIVATION: scale(facts.reviews),
    }
    asked = [(one, value, weight) for one, value in known.items() if (weight := weights.of(one))]
    points = MappingProxyType({one: value for one, value, _ in asked if value is not None})
    missing = tuple(one for one, value, _ in asked if value is None)
    return Score(
        MappingProxyType(points), missing, _total([(weight, value) for _, value, weight in asked if value is not None])
    )


def academic(standings: tuple[Standing, ...], facts: Facts) -> float | None:
    """Points of the final mark if there is one, else of the mean; linear between two standings."""
    if facts.final_mark is not None:
        mark = MARK_110[1] if facts.honours else facts.final_mark
        require_between(mark, *MARK_110, what="edition.year.scale_mark")
        return _between([(one.mark_110, one.points) for one in standings], mark)
    if facts.mean_30 is not None:
        require_between(facts.mean_30, *MEAN_30, what="edition.year.scale_mean")
        return _between([(one.mean_30, one.points) for one in standings], facts.mean_30)
    return None


def experience(bands: tuple[Band, ...], years: float | None) -> float | None:
    """Points of the highest band that is reached by `years` of work."""
    if years is None:
        return None
    require_between(years, 0, MOST_YEARS, what="edition.year.scale_years")
    return bands[bisect_right(bands, years, key=lambda band: band.years) - 1].points


def scale(values: Sequence[int]) -> float | None:
    """Points of the mean of answers from 1 (0 points) to 5 (100 points)."""
    mean = mean_of(values)
    return None if mean is None else 100 * (mean - LOWEST_POINTS) / (HIGHEST_POINTS - LOWEST_POINTS)


def mean_of(values: Sequence[int]) -> float | None:
    """The mean of answers from 1 to 5, on that scale."""
    for value in set(values):
        require_between(value, LOWEST_POINTS, HIGHEST_POINTS, what="edition.year.scale_points")
    return sum(values) / len(values) if values else None


def placings(totals: Sequence[float | None], seats: int) -> list[Placing]:
    """The rank and place of each total, in the order given."""
    sizes = Counter(total for total in totals if total is not None)
    ranks: dict[float, int] = {}
    taken = 0
    for total in sorted(sizes, reverse=True):
        ranks[total] = taken + 1
        taken += sizes[total]
    return [
        Placing(None, 1, Place.UNRANKED)
        if total is None
        else Placing(ranks[total], sizes[total], _place(ranks[total], sizes[total], seats))
        for total in totals
    ]


def _place(rank: int, sharing: int, seats: int) -> Place:
    if rank + sharing - 1 <= seats:
        return Place.WITHIN
    return Place.BEYOND if rank > seats else Place.TIED


def _total(weighed: list[tuple[int, float]]) -> float | None:
    if not weighed:
        return None
    return round(math.fsum(weight * value for weight, value in weighed) / sum(weight for weight, _ in weighed), 2)


def _between(line: list[tuple[float, float]], at: float) -> float:
    """The height at `at` of a line through points, which rise from left to right and reach over `at`."""
    for (left, low), (right, high) in pairwise(line):
        if at <= right:
            return low + (high - low) * (at - left) / (right - left)
    return line[-1][1]
