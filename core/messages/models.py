"""The texts of an edition, and each message with what it says."""

from __future__ import annotations

from datetime import datetime

from core.language.text import Language
from core.messages.rules import Channel, MessageState, Occasion
from core.store.table import (
    Personal,
    Table,
    Travelling,
    Versioned,
    between,
    check,
    key,
    moment,
    reference,
    text,
    unique,
    words,
)

UNREAD, GONE = "state = 'draft'", "state IN ('sent', 'returned')"


class Template(Travelling, table=True):
    """The text of an occasion as staff have changed it; without one the programme's own text serves."""

    __table_args__ = (unique("edition_id", "occasion", "language"),)

    id: int | None = key()
    edition_id: int = reference("edition.id")
    occasion: Occasion = words(Occasion)
    language: Language = words(Language)
    subject: str = text(Personal.KEEP)
    body: str = text(Personal.KEEP)


class Message(Versioned, table=True):
    """One message to one person: to whom, what about, and how far it has come.

    `about` says what it tells apart from other messages of the occasion ("application 12 3", a day): nobody is told
    the same twice. `name` and `mail` are those of the moment at which it was prepared.
    """

    __table_args__ = (
        unique("edition_id", "person_id", "occasion", "about"),
        check("read_before_it_goes", f"({UNREAD}) = (approved_at IS NULL)"),
        check("sent_at_some_time", f"({GONE}) = (sent_at IS NOT NULL)"),
        check("sent_some_way", f"NOT ({GONE}) OR channel IS NOT NULL"),
        between("tries", 0, 1000),
    )

    id: int | None = key()
    edition_id: int = reference("edition.id")
    person_id: int = reference("person.id")
    occasion: Occasion = words(Occasion)
    about: str = text(Personal.KEEP)
    language: Language = words(Language)
    name: str = text(Personal.PSEUDONYM)
    mail: str = text(Personal.PSEUDONYM)
    state: MessageState = words(MessageState)
    prepared_at: datetime = moment()
    prepared_by: int | None = reference("account.id", null=True)
    approved_at: datetime | None = moment(null=True)
    approved_by: int | None = reference("account.id", null=True)
    channel: Channel | None = words(Channel, null=True)
    tries: int = 0
    try_after: datetime | None = moment(null=True)
    sent_at: datetime | None = moment(null=True)
    sent_by: int | None = reference("account.id", null=True)
    trouble: str | None = text(Personal.BLANK, null=True)
    """What the mail server, or a person, said went wrong."""


class MessageText(Table, table=True):
    """What a message says; `calendar` holds its dates as an iCalendar file.

    Apart from the message, so that lists and the record of each step do not carry it along.
    """

    id: int | None = key()
    message_id: int = reference("message.id", unique=True)
    subject: str = text(Personal.BLANK)
    body: str = text(Personal.BLANK)
    calendar: str | None = text(Personal.BLANK, null=True)
