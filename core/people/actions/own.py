"""What a person does with the own data through a personal link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from email_validator import EmailNotValidError, validate_email
from sqlmodel import Session, col, select

from core.accounts.guard import act
from core.accounts.rules import Actor, Right
from core.people.links import link_of
from core.people.models import ContactChange, Person
from core.people.rules import Contact, MailNotValid, NothingToChange, Purpose, checked_contact
from core.store.errors import NotFound

if TYPE_CHECKING:
    from datetime import datetime

    from core.language.text import Language


@act(Right.OWN)
def choose_language(session: Session, *, language: Language, by: Actor, at: datetime) -> None:
    """The language in which one wants to be written to."""
    _me(session, by).language = language


@act(Right.OWN)
def open_calendar(session: Session, *, edition_id: int, by: Actor, at: datetime) -> None:
    """Have a link by which a calendar follows one's own dates; whoever has one keeps it."""
    link_of(session, _me(session, by).id or 0, edition_id, Purpose.CALENDAR)


@act(Right.OWN)
def ask_contact_change(session: Session, *, contact: Contact, by: Actor, at: datetime) -> None:
    """Ask for other contact data; a change that is still open is replaced.

    Fields as they are ask for nothing: all of them as they are take an open change back.
    Raises `ContactNotValid`, `MailNotValid`, `NothingToChange`.
    """
    me = _me(session, by)
    wanted = checked_contact(contact)
    if wanted.mail != me.mail:
        _require_mail(wanted.mail)
    now = Contact(me.first_name, me.last_name, me.mail, me.phone or "")
    asked = {name: value for name, value in wanted.named().items() if value != now.named()[name]}
    held = _open_change(session, me)
    if not asked and held is None:
        raise NothingToChange
    if not asked:
        session.delete(held)
        return
    row = held or ContactChange(person_id=me.id or 0, asked_at=at)
    row.asked_at = at
    for name in wanted.named():
        setattr(row, name, asked.get(name))
    session.add(row)


def _me(session: Session, by: Actor) -> Person:
    me = session.get(Person, by.person_id) if by.person_id else None
    if me is None:
        raise NotFound
    return me


def _open_change(session: Session, me: Person) -> ContactChange | None:
    return session.exec(
        select(ContactChange).where(ContactChange.person_id == me.id, col(ContactChange.settled_at).is_(None))
    ).first()


def _require_mail(mail: str) -> None:
    try:
        validate_email(mail, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise MailNotValid(mail=mail) from error
