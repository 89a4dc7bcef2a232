"""How the pairs meet, month by month and pair by pair, and who attended the training, by sector."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlmodel import Session, col

from core.accounts.guard import query
from core.accounts.rules import Actor, Right
from core.edition.queries import settings
from core.matching.models import Pair, Publication
from core.mentoring.models import Meeting
from core.mentoring.queries import Held, followed
from core.mentoring.rules import Settings as Mentoring
from core.reporting.meetings import Group, Month, groups
from core.reporting.meetings import months as by_month
from core.selection.participants import Participant, participants
from core.store.remembered import remembered
from core.training.attended import attended
from core.training.rules import Settings as Training

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.mentoring.reach import State
    from core.people.rules import Side
    from core.training.rules import Session as Lesson

PUBLISHED = sa.select(col(Publication.id)).where(col(Publication.edition_id) == sa.bindparam("edition"))
MET = (
    sa.select(col(Meeting.pair_id), col(Meeting.held_on), col(Meeting.minutes))
    .join(Pair, col(Pair.id) == Meeting.pair_id)
    .join(Publication, col(Publication.id) == Pair.publication_id)
    .where(col(Publication.edition_id) == sa.bindparam("edition"))
)
"""Put together once, which costs more than asking it."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One pair and its meetings in their order."""

    mentee: str
    mentor: str
    state: State
    meetings: tuple[Held, ...]


@query(Right.FIGURES)
def months(session: Session, edition_id: int, *, by: Actor) -> list[Month]:
    """The months of the meetings, each with how many there were; empty while no pair is published."""
    rules = settings(session, edition_id, Mentoring, by=by)
    return list(_months(session, edition_id, rules.first_day, rules.last_day))


@remembered
def _months(session: Session, edition_id: int, first: date, last: date) -> tuple[Month, ...]:
    if session.connection().execute(PUBLISHED, {"edition": edition_id}).first() is None:
        return ()
    rows = session.connection().execute(MET, {"edition": edition_id})
    return tuple(by_month([(row[0], row[1], row[2]) for row in rows], first=first, last=last))


@query(Right.MEETINGS)
def lanes(session: Session, edition_id: int, *, today: date, by: Actor) -> list[Lane]:
    """Every pair with its meetings: who met most often first, then by the mentee's surname."""
    pairs = followed(session, edition_id, today=today, by=by)
    ordered = sorted(pairs, key=lambda one: -len(one.meetings))
    return [Lane(one.pair.mentee, one.pair.mentor, one.outlook.state, one.meetings) for one in ordered]


@query(Right.FIGURES)
def trained(
    session: Session, edition_id: int, *, side: Side, by: Actor, at: datetime
) -> tuple[list[Lesson], int, list[Group]]:
    """The sessions of a side, how many participants it has, and who was there by first sector."""
    lessons = settings(session, edition_id, Training, by=by).of(side)
    there = attended(session, edition_id)
    people = participants(session, edition_id, side)
    told = [(_sector(one), there.get(one.application_id, frozenset())) for one in people]
    begun = {one.number: one.starts_at <= at for one in lessons}
    return list(lessons), len(people), groups(told, begun)


def _sector(one: Participant) -> str | None:
    """The mentor's own sector, the first one that a mentee named."""
    return one.sector or next(iter(one.sectors), None)
