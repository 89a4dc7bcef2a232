"""Knowing a person again, correcting who they are, and making their links anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import Session, select

from core.accounts.guard import act
from core.accounts.rules import Actor, Right, mail_key
from core.people.models import ContactChange, Person, PersonalLink
from core.people.names import search_key
from core.people.rules import ChangeSettled, MailTaken
from core.store import versions
from core.store.errors import NotFound

if TYPE_CHECKING:
    from datetime import datetime


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


@act(Right.APPLICANTS)
def settle_contact_change(
    session: Session, *, change_id: int, accepted: bool, seen: int, by: Actor, at: datetime
) -> None:
    """Take over what a person wants put right, or leave it; raises `Changed`, `ChangeSettled`, `MailTaken`."""
    change = session.get(ContactChange, change_id)
    if change is None:
        raise NotFound
    if change.settled_at is not None:
        raise ChangeSettled
    versions.get(session, ContactChange, change_id, seen=seen)
    change.settled_at, change.accepted, change.account_id = at, accepted, by.account_id
    if accepted:
        _put_right(session, change)


@act(Right.MESSAGES)
def renew_links(session: Session, *, edition_id: int, person_id: int, by: Actor, at: datetime) -> int:
    """Make all links that a person has of this edition worthless, so that only new ones open; returns how many."""
    rows = session.exec(
        select(PersonalLink).where(PersonalLink.person_id == person_id, PersonalLink.edition_id == edition_id)
    ).all()
    for link in rows:
        link.generation += 1
    return len(rows)


def _put_right(session: Session, change: ContactChange) -> None:
    person = session.get_one(Person, change.person_id)
    if change.mail is not None:
        key = mail_key(change.mail)
        if session.exec(select(Person.id).where(Person.mail_key == key, Person.id != person.id)).first():
            raise MailTaken(mail=change.mail)
        person.mail, person.mail_key = change.mail, key
    for name in ("first_name", "last_name", "phone"):
        value = getattr(change, name)
        if value is not None:
            setattr(person, name, value or None if name == "phone" else value)
    person.search_key = search_key(f"{person.last_name} {person.first_name} {person.mail}")
    session.add(person)
