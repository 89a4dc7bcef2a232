"""From application to certificate, in numbers; small groups are told only to those who may know the people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlmodel import Session, col

from core.accounts.guard import query
from core.accounts.rules import Actor, Right
from core.certificates.standing import standing
from core.edition.queries import settings
from core.intake.models import Application
from core.matching.models import Pair
from core.mentoring.models import Meeting
from core.people.rules import Side
from core.reporting.rules import discreet
from core.selection.models import Decision, Review
from core.selection.rules import Outcome
from core.speeddate.models import Ballot, CheckIn, Choice
from core.speeddate.wishes import says_something
from core.store.remembered import remembered
from core.training.models import Attendance
from core.training.rules import Settings as Training

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

    from core.training.rules import Session as Lesson


class Stage(StrEnum):
    """How far an application has come; from the selected on, each is part of those."""

    APPLIED = "applied"
    REVIEWED = "reviewed"
    SELECTED = "selected"
    TRAINED = "trained"
    CAME = "came"
    BALLOT = "ballot"
    PAIRED = "paired"
    MET = "met"
    COMPLETED = "completed"


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

    They applied; were reviewed or decided on; were selected and have not withdrawn; and of these: completed their
    training; came to the speed date; handed a ballot in (mentors: stand on one); got a pair; met at least once;
    earned a certificate.
    """
    lessons = settings(session, edition_id, Training, by=by)
    earned = Counter(one.side for one in standing(session, edition_id, by=by) if one.earned)
    counts = {side: [*_counts(session, edition_id, side, lessons.of(side)), earned[side]] for side in Side}
    knows_people = by.may(Right.APPLICANTS)
    return [
        Step(side, stage, people if knows_people else outside, outside)
        for side, found in counts.items()
        for stage, people, outside in zip(Stage, found, discreet(found), strict=True)
    ]


@remembered
def _counts(session: Session, edition_id: int, side: Side, lessons: tuple[Lesson, ...]) -> tuple[int, ...]:
    """How many reached each stage up to the first meeting."""
    wanted = len(lessons) if side is Side.MENTOR else min(1, len(lessons))
    asked = {"edition": edition_id, "numbers": [one.number for one in lessons], "wanted": wanted}
    return tuple(session.connection().execute(_reached(side), asked).one())


@cache
def _reached(side: Side) -> Select[*tuple[Any, ...]]:
    """Put together once: the edition, the numbers of the side's sessions, and how many of them are asked for."""
    chosen = sa.and_(
        col(Application.withdrawn_at).is_(None), _there(Decision, col(Decision.outcome) == Outcome.SELECTED)
    )
    own = Application.id
    if side is Side.MENTEE:
        voted = sa.exists().where(col(Ballot.mentee_id) == own, says_something())
        pair = sa.exists().where(col(Pair.mentee_id) == own)
    else:
        voted = sa.exists().where(col(Choice.mentor_id) == own)
        pair = sa.exists().where(col(Pair.mentor_id) == own)
    of_selected = [_trained(), _there(CheckIn), voted, pair, pair.where(col(Meeting.pair_id) == Pair.id)]
    stages: list[ColumnElement[bool]] = [
        sa.true(),
        sa.or_(_there(Review), _there(Decision)),
        chosen,
        *(sa.and_(chosen, stage) for stage in of_selected),
    ]
    return sa.select(*(sa.func.count(sa.case((stage, 1))) for stage in stages)).where(
        col(Application.edition_id) == sa.bindparam("edition"), col(Application.side) == side
    )


def _trained() -> ColumnElement[bool]:
    """Whether the application's person attended what is asked: mentors every session, mentees one of theirs."""
    there = (
        sa.select(sa.func.count())
        .where(col(Attendance.application_id) == Application.id)
        .where(col(Attendance.session).in_(sa.bindparam("numbers", expanding=True)))
        .correlate(Application)
        .scalar_subquery()
    )
    return there >= sa.bindparam("wanted", type_=sa.Integer)


def _there(kind: type[Review | Decision | CheckIn], *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the application has a row of this kind."""
    return sa.exists().where(col(kind.application_id) == Application.id, *conditions)
