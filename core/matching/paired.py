"""The published pairs with their two people. Not guarded: each caller asks its own right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from core.intake.models import Application
from core.matching.models import Pair, Publication
from core.people.models import Person
from core.store.clock import ROME
from core.store.remembered import remembered

if TYPE_CHECKING:
    from datetime import date, datetime

OF_MENTEE, OF_MENTOR, MENTEE, MENTOR = aliased(Application), aliased(Application), aliased(Person), aliased(Person)
COLUMNS: tuple[Any, ...] = (
    Pair.id,
    Pair.mentee_id,
    Pair.mentor_id,
    MENTEE.id,
    MENTOR.id,
    sa.func.trim(col(MENTEE.last_name) + " " + MENTEE.first_name),
    sa.func.trim(col(MENTOR.last_name) + " " + MENTOR.first_name),
    MENTEE.mail,
    MENTOR.mail,
    col(MENTEE.search_key) + " " + MENTOR.search_key,
    Pair.rank,
    sa.or_(col(OF_MENTEE.withdrawn_at).is_not(None), col(OF_MENTOR.withdrawn_at).is_not(None)),
    Publication.published_at,
)
"""In the order of a pair's fields."""
PAIRED = (
    sa.select(*COLUMNS)
    .select_from(Pair)
    .join(Publication, col(Publication.id) == Pair.publication_id)
    .join(OF_MENTEE, col(OF_MENTEE.id) == Pair.mentee_id)
    .join(OF_MENTOR, col(OF_MENTOR.id) == Pair.mentor_id)
    .join(MENTEE, col(MENTEE.id) == OF_MENTEE.person_id)
    .join(MENTOR, col(MENTOR.id) == OF_MENTOR.person_id)
    .where(col(Publication.edition_id) == sa.bindparam("edition"))
    .order_by(MENTEE.search_key, MENTOR.search_key)
)
"""Put together once, which costs more than asking it."""


class Paired(NamedTuple):
    """A pair: the numbers of the pair, of the applications and of the persons; names as lists show them."""

    id: int
    mentee_id: int
    mentor_id: int
    mentee_person: int
    mentor_person: int
    mentee: str
    mentor: str
    mentee_mail: str
    mentor_mail: str
    search_key: str
    rank: int | None
    ended: bool
    """One of the two has withdrawn."""
    published_at: datetime

    @property
    def since(self) -> date:
        """The day when the pair was made."""
        return self.published_at.astimezone(ROME).date()


def paired(session: Session, edition_id: int) -> list[Paired]:
    """The pairs of an edition by the mentee's surname, then the mentor's."""
    return list(_paired(session, edition_id))


@remembered
def _paired(session: Session, edition_id: int) -> tuple[Paired, ...]:
    return tuple(Paired(*row) for row in session.connection().execute(PAIRED, {"edition": edition_id}))
