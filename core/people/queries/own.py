"""What a person sees of the own data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.accounts.guard import query
from core.accounts.rules import Actor, Right
from core.people.models import Consent, ContactChange, Person, PersonalLink
from core.people.names import Named
from core.people.queries.corrections import asked_of, contact_of
from core.people.rules import Contact, Purpose
from core.store.errors import NotFound

if TYPE_CHECKING:
    from datetime import datetime

    from core.language.text import Language
    from core.people.rules import ConsentKind


@dataclass(frozen=True, slots=True)
class MyConsent:
    """What one has consented to, with the text of then; `withdrawn_at` when it was taken back."""

    given_at: datetime
    withdrawn_at: datetime | None
    wording: str | None


@dataclass(frozen=True, slots=True)
class Me(Named):
    """One's own data: as it is kept, with the correction that still waits, and the language of the letters."""

    first_name: str
    last_name: str
    contact: Contact
    waiting: Contact | None
    language: Language | None


@query(Right.OWN)
def me(session: Session, *, by: Actor) -> Me:
    """Whoever asks; raises `NotFound`."""
    person = session.get(Person, by.person_id) if by.person_id else None
    if person is None:
        raise NotFound
    change = session.exec(
        select(ContactChange).where(ContactChange.person_id == person.id, col(ContactChange.settled_at).is_(None))
    ).first()
    now = contact_of(person)
    waiting = None
    if change is not None:
        waiting = replace(now, **{name: value for name, value in asked_of(change).items() if value is not None})
    return Me(person.first_name, person.last_name, now, waiting, person.language)


@query(Right.OWN)
def my_consent(session: Session, *, kind: ConsentKind, by: Actor) -> MyConsent | None:
    """What one has said to this consent; None when it was never given."""
    row = session.exec(select(Consent).where(Consent.person_id == by.person_id, Consent.kind == kind)).first()
    return row and MyConsent(row.given_at, row.withdrawn_at, row.wording)


@query(Right.OWN)
def my_calendar(session: Session, edition_id: int, *, by: Actor) -> PersonalLink | None:
    """The link by which a calendar follows one's own dates, when one was made."""
    return session.exec(
        select(PersonalLink).where(
            PersonalLink.person_id == by.person_id,
            PersonalLink.edition_id == edition_id,
            PersonalLink.purpose == Purpose.CALENDAR,
        )
    ).first()
