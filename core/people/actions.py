"""Knowing a person again, correcting who they are, and keeping what they consent to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.accounts.guard import act
from core.accounts.rules import Actor, Right, mail_key
from core.people.models import Consent, Person
from core.people.names import search_key
from core.store.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from core.people.rules import ConsentKind


@act(Right.IMPORT)
def know(
    session: Session,
    *,
    first_name: str,
    last_name: str,
    mail: str,
    phone: str | None,
    by: Actor,
    at: datetime,
) -> int:
    """The number of the person with this address, made or brought up to date; None leaves the phone as it is."""
    found = session.exec(select(Person).where(Person.mail_key == mail_key(mail))).first()
    person = found or Person(first_name="", last_name="", mail=mail, mail_key=mail_key(mail), search_key="")
    person.first_name, person.last_name = first_name, last_name
    person.search_key = search_key(f"{last_name} {first_name} {mail}")
    if phone is not None:
        person.phone = phone
    session.add(person)
    session.flush()
    assert person.id is not None  # noqa: S101 - the database has just given it
    return person.id


@act(Right.CERTIFICATES)
def give_consent(session: Session, people: Collection[int], *, kind: ConsentKind, by: Actor, at: datetime) -> None:
    """Write down that these people consent; raises `NotFound`.

    For whoever does already nothing changes, so that the first date stays; a consent that was taken back begins anew.
    """
    held = _consents(session, people, kind)
    for person in sorted(set(people)):
        consent = held.get(person) or Consent(person_id=person, kind=kind, given_at=at)
        if consent.withdrawn_at is not None:
            consent.given_at, consent.withdrawn_at = at, None
        session.add(consent)


@act(Right.CERTIFICATES)
def withdraw_consent(session: Session, people: Collection[int], *, kind: ConsentKind, by: Actor, at: datetime) -> None:
    """Write down that these people take their consent back; raises `NotFound`.

    For whoever never gave it, or took it back before, nothing changes.
    """
    for consent in _consents(session, people, kind).values():
        consent.withdrawn_at = consent.withdrawn_at or at
        session.add(consent)


def _consents(session: Session, people: Collection[int], kind: ConsentKind) -> dict[int, Consent]:
    """What these people have said, by person; raises `NotFound` when one of them does not exist."""
    known = session.exec(select(Person.id).where(col(Person.id).in_(people))).all()
    if set(known) != set(people):
        raise NotFound
    rows = session.exec(select(Consent).where(Consent.kind == kind, col(Consent.person_id).in_(people)))
    return {row.person_id: row for row in rows}
