"""What coordinators see: how the applications rank, and how far the choice has come."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.accounts.guard import query
from core.accounts.rules import Actor, Right
from core.edition.queries import settings
from core.intake.models import Application
from core.people.models import Person
from core.people.rules import Side
from core.selection.models import Decision, Review
from core.selection.rules import Outcome, Settings
from core.selection.scoring import Facts, Placing, Score, mean_of, placings, score
from core.store.remembered import remembered

IS_HERE = col(Application.edition_id) == sa.bindparam("edition")
IS_IN = col(Application.withdrawn_at).is_(None)
OF_SIDE = col(Application.side) == sa.bindparam("side")
GIVEN = (
    sa.select(sa.func.count())
    .where(col(Review.application_id) == col(Application.id))
    .correlate(Application)
    .scalar_subquery()
)
COUNTED = (
    select(
        Application.side,
        col(Decision.outcome),
        sa.func.count(),
        sa.func.sum(sa.func.min(GIVEN, sa.bindparam("wanted", type_=sa.Integer))),
    )
    .outerjoin(Decision)
    .where(IS_HERE, IS_IN)
    .group_by(col(Application.side), col(Decision.outcome))
)
APPLICATIONS = (
    sa.select(
        col(Application.id),
        col(Person.last_name),
        col(Person.first_name),
        col(Application.mean_30),
        col(Application.final_mark),
        col(Application.honours),
        col(Application.years_experience),
        col(Application.self_assessment),
        col(Decision.outcome),
        col(Decision.reason),
        col(Decision.version),
    )
    .join(Person, col(Person.id) == col(Application.person_id))
    .outerjoin(Decision, col(Decision.application_id) == col(Application.id))
    .where(IS_HERE, OF_SIDE, IS_IN)
    .order_by(col(Person.search_key))
)
"""The columns that the ranking needs, by surname; whole objects would cost ten times as much."""
REVIEWS = (
    select(Review.application_id, Review.points, Review.note)
    .join(Application)
    .where(IS_HERE, OF_SIDE)
    .order_by(col(Review.id))
)
"""Statements are put together once, which costs more than asking them."""


@dataclass(frozen=True, slots=True)
class RankedApplicant:
    """One application in the ranking; means and spread are on the answers' own scale, 1 to 5."""

    application_id: int
    listed: str
    score: Score
    placing: Placing
    years: float | None
    self_assessment: float | None
    motivation: float | None
    spread: int | None
    reviews: int
    notes: tuple[str, ...]
    outcome: Outcome | None
    reason: str | None
    version: int
    """Of the decision; 0 where there is none yet."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How far the choice of one side has come; who withdrew is not counted."""

    applicants: int = 0
    selected: int = 0
    waiting: int = 0
    not_selected: int = 0
    reviews_given: int = 0
    reviews_wanted: int = 0

    @property
    def undecided(self) -> int:
        """Applications without an outcome."""
        return self.applicants - self.selected - self.waiting - self.not_selected


@query(Right.DECIDE)
def ranking(session: Session, edition_id: int, *, side: Side, by: Actor) -> list[RankedApplicant]:
    """All who have not withdrawn, the best total first, equal ones by surname, those without a total last."""
    rules = settings(session, edition_id, Settings, by=by)
    return list(_ranking(session, edition_id, side, rules))


@remembered
def _ranking(session: Session, edition_id: int, side: Side, rules: Settings) -> tuple[RankedApplicant, ...]:
    rows = _applications(session, edition_id, side)
    reviews = _reviews(session, edition_id, side)
    scores = [score(rules, side, row.facts([points for points, _ in reviews[row.id]])) for row in rows]
    places = placings([one.total for one in scores], rules.of(side).seats)
    ranked = [_ranked(row, reviews[row.id], one, place) for row, one, place in zip(rows, scores, places, strict=True)]
    return tuple(sorted(ranked, key=lambda one: (one.score.total is None, -(one.score.total or 0))))


@query(Right.DECIDE)
def counts(session: Session, edition_id: int, *, by: Actor) -> dict[Side, Counts]:
    """How far the choice has come, for both sides; reviews beyond the wanted number are not counted."""
    wanted = settings(session, edition_id, Settings, by=by).reviews
    return dict(zip(Side, _counts(session, edition_id, wanted), strict=True))


@remembered
def _counts(session: Session, edition_id: int, wanted: int) -> tuple[Counts, ...]:
    """In the order of the sides."""
    rows = session.exec(COUNTED, params={"edition": edition_id, "wanted": wanted}).all()
    return tuple(_counted({row[1]: (row[2], row[3]) for row in rows if row[0] == side}, wanted) for side in Side)


class _Row(NamedTuple):
    id: int
    last_name: str
    first_name: str
    mean_30: float | None
    final_mark: int | None
    honours: bool
    years: float | None
    answers: dict[str, int]
    outcome: Outcome | None
    reason: str | None
    version: int | None

    def facts(self, reviews: list[int]) -> Facts:
        """What the score is made from."""
        answers = list(self.answers.values())
        return Facts(self.mean_30, self.final_mark, self.honours, self.years, answers, reviews)


def _applications(session: Session, edition_id: int, side: Side) -> list[_Row]:
    return [_Row(*row) for row in session.connection().execute(APPLICATIONS, {"edition": edition_id, "side": side})]


def _reviews(session: Session, edition_id: int, side: Side) -> defaultdict[int, list[tuple[int, str | None]]]:
    """Points and note of every review, by application."""
    rows = session.exec(REVIEWS, params={"edition": edition_id, "side": side})
    found: defaultdict[int, list[tuple[int, str | None]]] = defaultdict(list)
    for number, points, note in rows:
        found[number].append((points, note))
    return found


def _ranked(row: _Row, reviews: list[tuple[int, str | None]], scored: Score, placing: Placing) -> RankedApplicant:
    points = [points for points, _ in reviews]
    return RankedApplicant(
        application_id=row.id,
        listed=f"{row.last_name} {row.first_name}".strip(),
        score=scored,
        placing=placing,
        years=row.years,
        self_assessment=mean_of(list(row.answers.values())),
        motivation=mean_of(points),
        spread=max(points) - min(points) if points else None,
        reviews=len(points),
        notes=tuple(note for _, note in reviews if note),
        outcome=row.outcome,
        reason=row.reason,
        version=row.version or 0,
    )


def _counted(rows: dict[Outcome | None, tuple[int, int]], wanted: int) -> Counts:
    applicants = sum(number for number, _ in rows.values())
    of_outcome = {outcome: rows.get(outcome, (0, 0))[0] for outcome in Outcome}
    return Counts(
        applicants=applicants,
        selected=of_outcome[Outcome.SELECTED],
        waiting=of_outcome[Outcome.WAITING],
        not_selected=of_outcome[Outcome.NOT_SELECTED],
        reviews_given=sum(given for _, given in rows.values()),
        reviews_wanted=applicants * wanted,
    )
