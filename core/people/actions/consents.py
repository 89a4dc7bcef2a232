"""Giving a consent and taking it back: by the persons themselves, or written down by staff who were told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.accounts.guard import act
from core.accounts.rules import Actor, Right
from core.people.models import Consent, Person
from core.store.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from core.people.rules import ConsentKind


@act(Right.OWN)
def give_own_consent(session: Session, *, kind: ConsentKind, wording: str, by: Actor, at: datetime) -> None:
    """Consent to the text as it was shown; whoever does already keeps the first date."""
    held = _consent(session, by, kind)
    if held is not None and held.withdrawn_at is None:
        return
    held = held or Consent(person_id=by.person_id or 0, kind=kind, given_at=at)
    held.given_at, held.withdrawn_at, held.wording = at, None, wording
    session.add(held)


@act(Right.OWN)
def withdraw_own_consent(session: Session, *, kind: ConsentKind, by: Actor, at: datetime) -> None:
    """Take one's consent back; where there is none, nothing changes."""
    held = _consent(session, by, kind)
    if held is not None:
        held.withdrawn_at = held.withdrawn_at or at


@act(Right.CERTIFICATES)
def give_consent(session: Session, people: Collection[int], *, kind: ConsentKind, by: Actor, at: datetime) -> None:
    """Write down that these people consent; raises `NotFound`.

    For whoever does already nothing changes, so that the first date stays; a consent that was taken back begins anew.
    """
    held = _consents(session, people, kind)
    for person in sorted(set(people)):
        consent = held.get(person) or Consent(person_id=person, kind=kind, given_at=at)
        if consent.withdrawn_at is not None:
            consent.given_at, consent.withdrawn_at, consent.wording = at, None, None
        session.add(consent)


@act(Right.CERTIFICATES)
def withdraw_consent(session: Session, people: Collection[int], *, kind: ConsentKind, by: Actor, at: datetime) -> None:
    """Write down that these people take their consent back; raises `NotFound`.

    For whoever never gave it, or took it back before, nothing changes.
    """
    for consent in _consents(session, people, kind).values():
        consent.withdrawn_at = consent.withdrawn_at or at
        session.add(consent)


def _consent(session: Session, by: Actor, kind: ConsentKind) -> Consent | None:
    return session.exec(select(Consent).where(Consent.person_id == by.person_id, Consent.kind == kind)).first()


def _consents(session: Session, people: Collection[int], kind: ConsentKind) -> dict[int, Consent]:
    """What these people have said, by person; raises `NotFound` when one of them does not exist."""
    known = session.exec(select(Person.id).where(col(Person.id).in_(people))).all()
    if set(known) != set(people):
        raise NotFound
    rows = session.exec(select(Consent).where(Consent.kind == kind, col(Consent.person_id).in_(people)))
    return {row.person_id: row for row in rows}
