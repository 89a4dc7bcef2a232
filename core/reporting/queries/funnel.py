"""From application to pair, in numbers; small groups are told only to those who may know the people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlmodel import Session, col

from core.accounts.guard import query
from core.accounts.rules import Actor, Right
from core.intake.models import Application
from core.matching.models import Pair
from core.people.rules import Side
from core.reporting.rules import discreet
from core.selection.models import Decision, Review
from core.selection.rules import Outcome
from core.speeddate.models import Ballot, Choice
from core.speeddate.wishes import says_something

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement


class Stage(StrEnum):
    """How far an application has come; each stage is part of the one before it, but for the ballots."""

    APPLIED = "applied"
    REVIEWED = "reviewed"
    SELECTED = "selected"
    BALLOT = "ballot"
    PAIRED = "paired"


@dataclass(frozen=True, slots=True)
class Step:
    """How many of one side reached a stage: as the asker may know it, and as it may leave the office.

    None hides what tells of fewer than five people.
    """

    side: Side
    stage: Stage
    people: int | None
    outside: int | None


@query(Right.FIGURES)
def funnel(session: Session, edition_id: int, *, by: Actor) -> list[Step]:
    """How many of each side reached each stage.

    They applied; were reviewed or decided on; were selected and have not withdrawn; handed a ballot in (mentors:
    stand on one); got a pair.
    """
    counts = {side: _counts(session, edition_id, side) for side in Side}
    knows_people = by.may(Right.APPLICANTS)
    return [
        Step(side, stage, people if knows_people else outside, outside)
        for side, found in counts.items()
        for stage, people, outside in zip(Stage, found, discreet(found), strict=True)
    ]


def _counts(session: Session, edition_id: int, side: Side) -> list[int]:
    stays = col(Application.withdrawn_at).is_(None)
    selected = sa.and_(stays, _there(Decision, col(Decision.outcome) == Outcome.SELECTED))
    own = Application.id
    if side is Side.MENTEE:
        voted = sa.exists().where(col(Ballot.mentee_id) == own, says_something())
        paired = sa.exists().where(col(Pair.mentee_id) == own)
    else:
        voted = sa.exists().where(col(Choice.mentor_id) == own)
        paired = sa.exists().where(col(Pair.mentor_id) == own)
    stages: list[ColumnElement[bool]] = [
        sa.true(),
        sa.or_(_there(Review), _there(Decision)),
        selected,
        sa.and_(selected, voted),
        sa.and_(selected, paired),
    ]
    row = (
        session.connection()
        .execute(
            sa.select(*(sa.func.count(sa.case((stage, 1))) for stage in stages)).where(
                col(Application.edition_id) == edition_id, col(Application.side) == side
            )
        )
        .one()
    )
    return list(row)


def _there(kind: type[Review | Decision], *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the application has a row of this kind."""
    return sa.exists().where(col(kind.application_id) == Application.id, *conditions)
