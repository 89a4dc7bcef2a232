"""Who takes part: the selected applicants who have not withdrawn. Later phases read them here.

Not guarded: each phase asks its own right in the query that calls this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlmodel import Session, col

from core.intake.models import Application
from core.people.models import Person
from core.people.names import Named
from core.selection.models import Decision
from core.selection.rules import Outcome
from core.store.remembered import remembered

if TYPE_CHECKING:
    from core.people.rules import Side


@dataclass(frozen=True, slots=True)
class Participant(Named):
    """A selected applicant; the number is the application's."""

    application_id: int
    person_id: int
    first_name: str
    last_name: str
    mail: str
    course: str | None
    company: str | None
    job_title: str | None
    sector: str | None
    sectors: tuple[str, ...]
    mode: str | None
    capacity: int | None


COLUMNS: tuple[Any, ...] = (
    Application.id,
    Application.person_id,
    Person.first_name,
    Person.last_name,
    Person.mail,
    Application.course,
    Application.company,
    Application.job_title,
    Application.sector,
    Application.sectors,
    Application.mode,
    Application.capacity,
)
"""In the order of a participant's fields."""
CHOSEN = (
    sa.select(*COLUMNS)
    .join(Person)
    .join(Decision, col(Decision.application_id) == Application.id)
    .where(
        col(Application.edition_id) == sa.bindparam("edition"),
        col(Application.side) == sa.bindparam("side"),
        col(Application.withdrawn_at).is_(None),
        col(Decision.outcome) == Outcome.SELECTED,
    )
    .order_by(Person.search_key)
)
"""Put together once: many pages ask it."""
OWN = (
    sa.select(col(Application.id), col(Application.side))
    .join(Decision, col(Decision.application_id) == Application.id)
    .where(
        col(Application.edition_id) == sa.bindparam("edition"),
        col(Application.person_id) == sa.bindparam("person"),
        col(Application.withdrawn_at).is_(None),
        col(Decision.outcome) == Outcome.SELECTED,
    )
    .order_by(col(Application.side))
)
NUMBERS = CHOSEN.with_only_columns(col(Application.id))


def participants(session: Session, edition_id: int, side: Side) -> list[Participant]:
    """The participants of one side, by surname."""
    return list(_participants(session, edition_id, side))


@remembered
def _participants(session: Session, edition_id: int, side: Side) -> tuple[Participant, ...]:
    rows = session.connection().execute(CHOSEN, {"edition": edition_id, "side": side})
    return tuple(Participant(*row[:9], tuple(row.sectors), *row[10:]) for row in rows)


def own_participations(session: Session, edition_id: int, person_id: int | None) -> list[tuple[int, Side]]:
    """The applications by which a person takes part in this edition, each with its side; nothing for nobody."""
    rows = session.connection().execute(OWN, {"edition": edition_id, "person": person_id})
    return [(number or 0, side) for number, side in rows]


def in_order(session: Session, edition_id: int, side: Side) -> list[int]:
    """The applications of the participants of one side, by surname."""
    rows = session.connection().execute(NUMBERS, {"edition": edition_id, "side": side})
    return [number or 0 for (number,) in rows]
