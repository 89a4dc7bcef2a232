"""What is decided about an application, and what the year's selection counts: seats, weights, scales."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from core.edition.rules import require_between, same_day
from core.people.rules import Side
from core.store.errors import Refused, Told

MOST_SEATS, MOST_REVIEWS, MOST_WEIGHT = 10_000, 10, 1_000
LOWEST_POINTS, HIGHEST_POINTS = 1, 5
MEAN_30 = (18.0, 30.0)
MARK_110 = (66.0, 111.0)
"""Final marks out of 110; 111 stands for 110 with honours."""
MOST_YEARS = 60
REASON_LENGTH = 500
MOST_ANSWER_DAYS = 90


class Outcome(StrEnum):
    """What a person decides about an application."""

    SELECTED = "selected"
    WAITING = "waiting"
    NOT_SELECTED = "not_selected"


class PlaceState(StrEnum):
    """What a selected applicant says to the place."""

    SILENT = "silent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    """Has withdrawn the application without answering."""


class Criterion(StrEnum):
    """What an application is judged by; the years are the mentors' only."""

    ACADEMIC = "academic"
    EXPERIENCE = "experience"
    SELF_ASSESSMENT = "self_assessment"
    MOTIVATION = "motivation"


class PointsNotValid(Refused):
    """A review gives from 1 to 5 points, whole ones."""


class NobodyChosen(Refused):
    """A decision needs at least one application."""


class ReasonNotValid(Refused):
    """A decision gives its reason, in at most 500 characters."""


class HasWithdrawn(Refused):
    """Nothing is said or decided about somebody who has withdrawn."""


class DecisionsFinal(Refused):
    """Once the pairs are published no decision changes: a participant would lose the place beside a partner."""


class AnsweredTooLate(Refused):
    """The last day for taking or giving up the place is over."""


class PlaceGivenUp(Refused):
    """A place that was given up may be another's by now: only staff can give it back."""


class ScaleNotValid(Refused):
    """A scale covers its whole range, in rising order."""


class NothingCounts(Refused):
    """All weights of a side are nought, so nobody would have points."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each criterion counts, relative to the others; at 0 it is not asked for."""

    academic: int
    experience: int
    self_assessment: int
    motivation: int

    def __post_init__(self) -> None:
        for criterion in Criterion:
            require_between(self.of(criterion), 0, MOST_WEIGHT, what=f"edition.year.weight_{criterion}")
        if not any(map(self.of, Criterion)):
            raise NothingCounts

    def of(self, criterion: Criterion) -> int:
        """The weight of one criterion."""
        return int(getattr(self, criterion))


@dataclass(frozen=True, slots=True)
class SideRules:
    """The seats of one side and what counts on it."""

    seats: int
    weights: Weights

    def __post_init__(self) -> None:
        require_between(self.seats, 0, MOST_SEATS, what="store.field.seats")


@dataclass(frozen=True, slots=True)
class Standing:
    """A mean out of 30 and a final mark out of 110 (111: with honours) worth the same points (0-100)."""

    mean_30: float
    mark_110: float
    points: float


@dataclass(frozen=True, slots=True)
class Band:
    """The points, 0-100, of whoever has worked at least so many years, up to the next band."""

    years: float
    points: float


STANDINGS = (
    Standing(18, 66, 0),
    Standing(24, 92, 40),
    Standing(26, 100, 60),
    Standing(28, 106, 80),
    Standing(30, 111, 100),
)
BANDS = (Band(0, 20), Band(2, 50), Band(5, 80), Band(10, 100))


@dataclass(frozen=True, slots=True)
class Settings:
    """Seats and weights of both sides, how many reviews an application gets, and the two scales.

    Between two standings the points are linear; a band's points hold until the next band. `answer_by` is the last
    day for taking a place that was given (None: no day is set); see `last_day`.
    """

    mentees: SideRules
    mentors: SideRules
    reviews: int = 2
    standings: tuple[Standing, ...] = STANDINGS
    bands: tuple[Band, ...] = BANDS
    answer_by: date | None = None
    answer_days: int = 7

    def __post_init__(self) -> None:
        require_between(self.reviews, 1, MOST_REVIEWS, what="edition.year.reviews")
        require_between(self.answer_days, 0, MOST_ANSWER_DAYS, what="edition.year.answer_days")
        require_between(self.mentees.weights.experience, 0, 0, what="edition.year.weight_experience")
        _require_scale([one.mean_30 for one in self.standings], *MEAN_30, what="edition.year.scale_mean")
        _require_scale([one.mark_110 for one in self.standings], *MARK_110, what="edition.year.scale_mark")
        _require_points([one.points for one in self.standings], what="edition.year.standings")
        _require_scale([one.years for one in self.bands], 0, None, what="edition.year.scale_years")
        _require_points([one.points for one in self.bands], what="edition.year.bands")

    @classmethod
    def defaults(cls, year: int) -> Settings:
        """Sixty seats a side; marks and motivation weigh most, for mentors experience; answers until late August."""
        return cls(
            mentees=SideRules(60, Weights(academic=40, experience=0, self_assessment=20, motivation=40)),
            mentors=SideRules(60, Weights(academic=10, experience=40, self_assessment=20, motivation=30)),
            answer_by=date(year, 8, 25),
        )

    def moved(self, years: int) -> Settings:
        """Seats, weights and scales stay; the last day for answers keeps its day of the month."""
        return replace(self, answer_by=self.answer_by and same_day(self.answer_by, years))

    def of(self, side: Side) -> SideRules:
        """The seats and weights of one side."""
        return self.mentees if side is Side.MENTEE else self.mentors


def last_day(settings: Settings, given_on: date) -> date | None:
    """The last day for taking a place given on this day; None where no day is set.

    Who moves up from the waiting list when the others have answered has `answer_days` from then.
    """
    if settings.answer_by is None:
        return None
    return max(settings.answer_by, given_on + timedelta(days=settings.answer_days))


def place_state(*, accepted: bool | None, withdrawn: bool) -> PlaceState:
    """What becomes of a place by the answer (None: none yet) and whether the application was withdrawn.

    A withdrawal that staff took back makes a "no" void.
    """
    if withdrawn:
        return PlaceState.DECLINED if accepted is False else PlaceState.WITHDRAWN
    return PlaceState.ACCEPTED if accepted else PlaceState.SILENT


def checked_points(points: float | None) -> int:
    """The points of a review; raises `PointsNotValid`."""
    if points is None or not LOWEST_POINTS <= points <= HIGHEST_POINTS or points % 1:
        raise PointsNotValid(low=LOWEST_POINTS, high=HIGHEST_POINTS)
    return int(points)


def checked_reason(reason: str) -> str:
    """The reason without blanks around it; raises `ReasonNotValid`."""
    clean = reason.strip()
    if not clean or len(clean) > REASON_LENGTH:
        raise ReasonNotValid(most=REASON_LENGTH)
    return clean


def _require_scale(places: list[float], first: float, last: float | None, *, what: str) -> None:
    rising = all(one < other for one, other in pairwise(places))
    whole = bool(places) and places[0] == first and last in {None, places[-1]}
    if not (rising and whole and math.isfinite(places[-1])):
        raise ScaleNotValid(what=Told(what))


def _require_points(points: list[float], *, what: str) -> None:
    for one in points:
        require_between(one, 0, 100, what=what)
    if points != sorted(points):
        raise ScaleNotValid(what=Told(what))
