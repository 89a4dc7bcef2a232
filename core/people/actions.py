"""Knowing a person again, and correcting who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import Session, select

from core.accounts.guard import act
from core.accounts.rules import Actor, Right, mail_key
from core.people.models import Person
from core.people.names import search_key

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
