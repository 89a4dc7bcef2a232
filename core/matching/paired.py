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

if TYPE_CHECKING:
    from datetime import date, datetime


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
    of_mentee, of_mentor, mentee, mentor = (
        aliased(Application),
        aliased(Application),
        aliased(Person),
        aliased(Person),
    )
    columns: tuple[Any, ...] = (
        Pair.id,
        Pair.mentee_id,
        Pair.mentor_id,
        mentee.id,
        mentor.id,
        _listed(mentee),
        _listed(mentor),
        mentee.mail,
        mentor.mail,
        col(mentee.search_key) + " " + mentor.search_key,
        Pair.rank,
        sa.or_(col(of_mentee.withdrawn_at).is_not(None), col(of_mentor.withdrawn_at).is_not(None)),
        Publication.published_at,
    )
    rows = session.connection().execute(
        sa.select(*columns)
        .select_from(Pair)
        .join(Publication, col(Publication.id) == Pair.publication_id)
        .join(of_mentee, col(of_mentee.id) == Pair.mentee_id)
        .join(of_mentor, col(of_mentor.id) == Pair.mentor_id)
        .join(mentee, col(mentee.id) == of_mentee.person_id)
        .join(mentor, col(mentor.id) == of_mentor.person_id)
        .where(col(Publication.edition_id) == edition_id)
        .order_by(mentee.search_key, mentor.search_key)
    )
    return [Paired(*row) for row in rows]


def _listed(person: type[Person]) -> sa.ColumnElement[str]:
    return sa.func.trim(col(person.last_name) + " " + person.first_name)
