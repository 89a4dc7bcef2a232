"""What people want put right in their contact data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.accounts.guard import query
from core.accounts.rules import Actor, Right
from core.people.models import ContactChange, Person
from core.people.names import Named
from core.people.rules import Contact

if TYPE_CHECKING:
    from datetime import datetime


WAITING = (
    select(ContactChange, Person)
    .join(Person)
    .where(col(ContactChange.settled_at).is_(None))
    .order_by(col(ContactChange.asked_at), col(ContactChange.id))
)


@dataclass(frozen=True, slots=True)
class Wanted(Named):
    """A correction that waits for a decision: how the person is known now, and what is asked for (None: as it is)."""

    id: int
    person_id: int
    first_name: str
    last_name: str
    now: Contact
    asked: dict[str, str | None]
    asked_at: datetime
    version: int


@query(Right.APPLICANTS)
def contact_changes(session: Session, *, by: Actor) -> list[Wanted]:
    """All corrections that wait, the oldest first."""
    return [_wanted(change, person) for change, person in session.exec(WAITING)]


@query(Right.APPLICANTS)
def contact_change_of(session: Session, person_id: int, *, by: Actor) -> Wanted | None:
    """The correction of one person that waits, if there is one."""
    row = session.exec(WAITING.where(ContactChange.person_id == person_id)).first()
    return row and _wanted(*row)


def contact_of(person: Person) -> Contact:
    """How a person is known now."""
    return Contact(person.first_name, person.last_name, person.mail, person.phone or "")


def asked_of(change: ContactChange) -> dict[str, str | None]:
    """What is asked for by field; None where it stays as it is."""
    return {name: getattr(change, name) for name in Contact.__dataclass_fields__}


def _wanted(change: ContactChange, person: Person) -> Wanted:
    return Wanted(
        change.id or 0,
        change.person_id,
        person.first_name,
        person.last_name,
        contact_of(person),
        asked_of(change),
        change.asked_at,
        change.version,
    )
