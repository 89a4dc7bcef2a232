"""What is waiting to leave and what has left: counts, lists, and messages in full."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.accounts.guard import query
from core.accounts.models import Account
from core.accounts.rules import Actor, Right
from core.messages.models import Message, MessageText
from core.messages.outgoing import Letter, addresses, fingerprint, is_whole, letter, purposes
from core.messages.rules import PARTS, Channel, MessageState, Occasion, Part
from core.people.models import Person
from core.people.names import search_key

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from core.store.config import Config

LISTED = sa.func.trim(col(Person.last_name) + " " + col(Person.first_name))
WHEN = sa.func.coalesce(col(Message.sent_at), col(Message.approved_at), col(Message.prepared_at))


class Line(NamedTuple):
    """A message in a list; `when` is the moment of its last step, `subject` what it is headed with."""

    id: int
    listed: str
    mail: str
    occasion: Occasion
    state: MessageState
    subject: str
    when: datetime
    tries: int
    trouble: str | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many messages there are, by state and occasion."""

    numbers: dict[tuple[MessageState, Occasion], int]

    def of(self, *states: MessageState) -> int:
        """How many are in one of these states."""
        return sum(number for (state, _), number in self.numbers.items() if state in states)

    def part(self, part: Part) -> int:
        """How many are in this part of the outbox."""
        return self.of(*PARTS[part])

    def occasions(self, part: Part) -> dict[Occasion, int]:
        """The occasions of a part in the order of the year, with how many of each."""
        counted: Counter[Occasion] = Counter()
        for (state, occasion), number in self.numbers.items():
            counted[occasion] += number if state in PARTS[part] else 0
        return {occasion: counted[occasion] for occasion in Occasion if counted[occasion]}


@dataclass(frozen=True, slots=True)
class Shown:
    """A message in full: as it will leave or has left, who let it go, and what went wrong.

    `subject` and `body` are as written, with marks where the letter has the person's addresses; `mail_now` is the
    person's present address; the names are empty where nobody or the programme itself did it.
    """

    id: int
    state: MessageState
    occasion: Occasion
    fingerprint: str
    subject: str
    body: str
    letter: Letter
    mail_now: str
    approved_at: datetime | None
    approved_by: str
    channel: Channel | None
    sent_at: datetime | None
    sent_by: str
    tries: int
    try_after: datetime | None
    trouble: str | None


class PersonsMessage(NamedTuple):
    """What was written to a person: in which edition, about what, and what became of it."""

    id: int
    edition_id: int
    occasion: Occasion
    subject: str
    state: MessageState
    channel: Channel | None
    when: datetime


@query(Right.MESSAGES)
def tally(session: Session, edition_id: int, *, by: Actor) -> Tally:
    """How many messages of the edition are in which state, and about what."""
    counted = (
        select(Message.state, Message.occasion, sa.func.count())
        .where(Message.edition_id == edition_id)
        .group_by(col(Message.state), col(Message.occasion))
    )
    rows = session.exec(counted)
    return Tally({(MessageState(state), Occasion(occasion)): number for state, occasion, number in rows})


@query(Right.MESSAGES)
def found(
    session: Session, edition_id: int, *, part: Part, occasion: Occasion | None = None, search: str = "", by: Actor
) -> list[int]:
    """The messages of a part by surname, the sent ones the latest first; each word must be in the name or the mail."""
    latest_first = [col(Message.sent_at).desc()] if part is Part.SENT else []
    asked = (
        select(col(Message.id))
        .join(Person)
        .where(Message.edition_id == edition_id, col(Message.state).in_(PARTS[part]))
        .where(*(col(Person.search_key).contains(word, autoescape=True) for word in search_key(search).split()))
        .where(col(Message.occasion) == occasion if occasion else sa.true())
        .order_by(*latest_first, col(Person.search_key), col(Message.id))
    )
    return [number for number in session.exec(asked) if number is not None]


@query(Right.MESSAGES)
def lines(session: Session, edition_id: int, *, messages: Collection[int], by: Actor) -> list[Line]:
    """These messages of the edition, in the order of the numbers given."""
    asked = (
        sa.select(
            col(Message.id),
            LISTED,
            col(Message.mail),
            col(Message.occasion),
            col(Message.state),
            col(MessageText.subject),
            WHEN,
            col(Message.tries),
            col(Message.trouble),
        )
        .join(Person, col(Person.id) == Message.person_id)
        .join(MessageText, col(MessageText.message_id) == Message.id)
        .where(col(Message.edition_id) == edition_id, col(Message.id).in_(messages))
    )
    by_number = {row[0]: Line(*row) for row in session.connection().execute(asked)}
    return [by_number[number] for number in messages if number in by_number]


@query(Right.MESSAGES)
def in_full(
    session: Session, edition_id: int, *, messages: Collection[int], settings: Config, by: Actor
) -> list[Shown]:
    """These messages of the edition as they will leave, in the order of the numbers given."""
    asked = (
        select(Message, MessageText, col(Person.mail))
        .join(MessageText, col(MessageText.message_id) == Message.id)
        .join(Person, col(Person.id) == Message.person_id)
        .where(col(Message.edition_id) == edition_id, col(Message.id).in_(messages))
    )
    rows = session.exec(asked).all()
    known = addresses(session, [message.person_id for message, _, _ in rows], settings)
    who = _names(session, [number for row in rows for number in (row[0].approved_by, row[0].sent_by)])
    shown = {
        message.id: Shown(
            id=message.id or 0,
            state=message.state,
            occasion=message.occasion,
            fingerprint=fingerprint(message, text),
            subject=text.subject,
            body=text.body,
            letter=letter(message, text, known, settings),
            mail_now=mail_now,
            approved_at=message.approved_at,
            approved_by=who.get(message.approved_by, ""),
            channel=message.channel,
            sent_at=message.sent_at,
            sent_by=who.get(message.sent_by, ""),
            tries=message.tries,
            try_after=message.try_after,
            trouble=message.trouble,
        )
        for message, text, mail_now in rows
    }
    return [shown[number] for number in messages if number in shown]


@query(Right.MESSAGES)
def letters(
    session: Session, edition_id: int, *, messages: Collection[int], settings: Config, by: Actor
) -> list[Letter]:
    """Those of these messages that are approved, as they leave by another way, in the order of the numbers given."""
    every = in_full(session, edition_id, messages=messages, settings=settings, by=by)
    return [one.letter for one in every if one.state is MessageState.APPROVED and is_whole(one.letter)]


@query(Right.MESSAGES)
def lead_nowhere(session: Session, edition_id: int, *, messages: Collection[int], settings: Config, by: Actor) -> bool:
    """Whether one of these messages asks for a personal address while the programme has no address itself."""
    if settings.public_url:
        return False
    asked = (
        select(MessageText.body)
        .join(Message)
        .where(Message.edition_id == edition_id, col(Message.id).in_(messages))
        .where(col(MessageText.body).contains("[["))
    )
    return any(purposes(body) for body in session.exec(asked))


@query(Right.MESSAGES)
def of_person(session: Session, person_id: int, *, by: Actor) -> list[PersonsMessage]:
    """What was written to a person over the years, the latest first."""
    asked = (
        sa.select(
            col(Message.id),
            col(Message.edition_id),
            col(Message.occasion),
            col(MessageText.subject),
            col(Message.state),
            col(Message.channel),
            WHEN,
        )
        .join(MessageText, col(MessageText.message_id) == Message.id)
        .where(col(Message.person_id) == person_id)
        .order_by(WHEN.desc(), col(Message.id).desc())
    )
    return [PersonsMessage(*row) for row in session.connection().execute(asked)]


def _names(session: Session, accounts: Collection[int | None]) -> dict[int | None, str]:
    return dict(session.exec(select(Account.id, Account.name).where(col(Account.id).in_(set(accounts) - {None}))).all())
