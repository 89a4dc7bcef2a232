"""The meetings of people with the names of those whom they met. Not guarded: each caller asks its own right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from core.intake.models import Application
from core.matching.models import Pair, Publication
from core.mentoring.models import Meeting
from core.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from core.mentoring.rules import Way

THEIRS, PARTNER = aliased(Application), aliased(Person)
PAIRED: tuple[Any, ...] = (
    Application.id,
    Pair.id,
    sa.func.trim(col(PARTNER.first_name) + " " + PARTNER.last_name),
    Publication.published_at,
)
HELD: tuple[Any, ...] = (*PAIRED[:3], Meeting.id, Meeting.held_on, Meeting.minutes, Meeting.way, Meeting.place)
OF_PAIRS = (
    sa.select(*PAIRED)
    .select_from(Pair)
    .join(Publication, col(Publication.id) == Pair.publication_id)
    .join(Application, col(Application.id).in_([col(Pair.mentee_id), col(Pair.mentor_id)]))
    .join(
        THEIRS,
        sa.and_(col(THEIRS.id).in_([col(Pair.mentee_id), col(Pair.mentor_id)]), col(THEIRS.id) != Application.id),
    )
    .join(PARTNER, col(PARTNER.id) == THEIRS.person_id)
    .order_by(col(Pair.id), col(Application.id))
)


class Partner(NamedTuple):
    """Whom an application was paired with, by the name as sentences say it."""

    application_id: int
    pair_id: int
    partner: str
    since: datetime


class Met(NamedTuple):
    """A meeting as one of the two sees it; no hour is known."""

    application_id: int
    pair_id: int
    partner: str
    meeting_id: int
    on: date
    minutes: int
    way: Way
    place: str | None


def partners(session: Session, applications: Collection[int]) -> list[Partner]:
    """The pairs of these applications; a pair of two of them is there for each."""
    rows = session.connection().execute(OF_PAIRS.where(_among(applications)))
    return [Partner(*row) for row in rows]


def met(session: Session, applications: Collection[int]) -> list[Met]:
    """The meetings of these applications, the first one first; a meeting of two of them is there for each."""
    asked = OF_PAIRS.with_only_columns(*HELD).join(Meeting, col(Meeting.pair_id) == col(Pair.id))
    rows = session.connection().execute(asked.where(_among(applications)).order_by(None).order_by(col(Meeting.held_on)))
    return [Met(*row) for row in rows]


def _among(applications: Collection[int]) -> sa.ColumnElement[bool]:
    """Asked from the pairs too, so that the store finds them by their keys."""
    here = sa.or_(col(Pair.mentee_id).in_(applications), col(Pair.mentor_id).in_(applications))
    return sa.and_(here, col(Application.id).in_(applications))
