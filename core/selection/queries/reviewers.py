"""What a reviewer sees: whose motivation is still to be read, without names and without others' points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.accounts.guard import query
from core.accounts.rules import Actor, Right
from core.edition.queries import settings
from core.intake.models import Application
from core.people.models import Person
from core.selection.blind import blinded
from core.selection.models import Review
from core.selection.rules import Settings
from core.store.errors import NotFound

if TYPE_CHECKING:
    from datetime import date

    from core.intake.reading.fields import Level
    from core.people.rules import Side


@dataclass(frozen=True, slots=True)
class Queue:
    """Whom a reviewer has still to score, in that reviewer's order, and whom already scored."""

    waiting: tuple[int, ...]
    scored: dict[int, int]
    """The reviewer's own points by application."""

    @property
    def everything(self) -> tuple[int, ...]:
        """All that this reviewer may open: what waits, then what is scored."""
        return (*self.waiting, *self.scored)

    @property
    def share(self) -> float:
        """How much of it is scored, from 0 to 1."""
        return len(self.scored) / max(len(self.everything), 1)

    def after(self, application: int | None) -> int | None:
        """What to read instead: behind an application that waits the next one, in a circle; else the first."""
        if application not in self.waiting:
            return next(iter(self.waiting), None)
        return self.waiting[(self.waiting.index(application) + 1) % len(self.waiting)]


@dataclass(frozen=True, slots=True)
class BlindApplication:
    """What a reviewer sees of an application: nobody's name, and nobody else's points."""

    application_id: int
    side: Side
    motivation: str | None
    level: Level | None
    course: str | None
    mean_30: float | None
    final_mark: int | None
    honours: bool
    cfu: int | None
    graduation_date: date | None
    degree: str | None
    degree_year: int | None
    years: float | None
    points: int | None
    note: str | None
    version: int
    """Of the reviewer's own review; 0 where there is none yet."""


@query(Right.SCORE)
def queue(session: Session, edition_id: int, *, side: Side, by: Actor) -> Queue:
    """Who waits for my points, in an order of my own that begins after the one I scored last.

    An application waits until I have scored it or others have given as many reviews as are wanted.
    """
    return _queue(session, edition_id, by, col(Application.side) == side)


@query(Right.SCORE)
def in_queue(session: Session, edition_id: int, application_id: int, *, by: Actor) -> bool:
    """Whether an application waits for my points or has them: I may open no other."""
    return bool(_queue(session, edition_id, by, col(Application.id) == application_id).everything)


def _queue(session: Session, edition_id: int, by: Actor, which: sa.ColumnElement[bool]) -> Queue:
    wanted = settings(session, edition_id, Settings, by=by).reviews
    mine = col(Review.account_id) == by.account_id
    rows = session.exec(
        select(
            Application.id,
            sa.func.count(col(Review.id)),
            sa.func.max(sa.case((mine, col(Review.points)))),
            sa.func.max(sa.case((mine, col(Review.given_at)))),
        )
        .outerjoin(Review)
        .where(Application.edition_id == edition_id, which)
        .where(col(Application.withdrawn_at).is_(None))
        .group_by(col(Application.id))
    ).all()
    scored = {number or 0: points for number, _, points, _ in rows if points is not None}
    waiting = [number or 0 for number, given, points, _ in rows if points is None and given < wanted]
    last = max(((at, number or 0) for number, _, _, at in rows if at is not None), default=None)
    return Queue(_in_my_order(waiting, by, after=last[1] if last else None), scored)


@query(Right.SCORE)
def blind(session: Session, edition_id: int, application_id: int, *, by: Actor) -> BlindApplication:
    """One application of my queue without what tells whose it is, with my own review; raises `NotFound`."""
    if not in_queue(session, edition_id, application_id, by=by):
        raise NotFound
    one = session.get_one(Application, application_id)
    person = session.get_one(Person, one.person_id)
    mine = session.exec(
        select(Review).where(Review.application_id == application_id, Review.account_id == by.account_id)
    ).first()
    names = (person.first_name, person.last_name, one.company)
    return BlindApplication(
        application_id=application_id,
        side=one.side,
        motivation=blinded(one.motivation, names) if one.motivation else None,
        level=one.level,
        course=one.course,
        mean_30=one.mean_30,
        final_mark=one.final_mark,
        honours=one.honours,
        cfu=one.cfu,
        graduation_date=one.graduation_date,
        degree=one.degree,
        degree_year=one.degree_year,
        years=one.years_experience,
        points=mine.points if mine else None,
        note=mine.note if mine else None,
        version=mine.version if mine else 0,
    )


def _in_my_order(applications: list[int], by: Actor, *, after: int | None) -> tuple[int, ...]:
    """Another order for each reviewer: it spreads the reviews, and nobody is always read last by all.

    It begins behind the application `after`, so that what was skipped comes back at the end.
    """

    def place(application: int) -> int:
        return crc32(f"{by.account_id} {application}".encode())

    start = -1 if after is None else place(after)
    return tuple(sorted(applications, key=lambda one: (place(one) < start, place(one))))
