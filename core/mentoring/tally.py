"""How often and how long each pair has met. Not guarded: each caller asks its own right."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from core.matching.models import Pair, Publication
from core.mentoring.models import Meeting
from core.store.remembered import remembered

if TYPE_CHECKING:
    from collections.abc import Mapping


TALLIED = (
    sa.select(
        col(Pair.id),
        col(Pair.mentee_id),
        col(Pair.mentor_id),
        sa.func.count(col(Meeting.id)),
        sa.func.coalesce(sa.func.sum(col(Meeting.minutes)), 0),
    )
    .join(Publication, col(Publication.id) == col(Pair.publication_id))
    .outerjoin(Meeting, col(Meeting.pair_id) == col(Pair.id))
    .where(col(Publication.edition_id) == sa.bindparam("edition"))
    .group_by(col(Pair.id))
)
"""Put together once, which costs more than asking it."""


class Tally(NamedTuple):
    """The applications of a pair, how many meetings it has had, and how many minutes they took together."""

    mentee_id: int
    mentor_id: int
    meetings: int
    minutes: int


@remembered
def tallies(session: Session, edition_id: int) -> Mapping[int, Tally]:
    """Each published pair of the edition by its number; those that have not met yet with noughts."""
    rows = session.connection().execute(TALLIED, {"edition": edition_id})
    return MappingProxyType({row[0] or 0: Tally(*row[1:]) for row in rows})
