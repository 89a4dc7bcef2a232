"""A person, once, over all editions; what became of each in past ones; and what each has consented to."""

from __future__ import annotations

from datetime import datetime

from core.language.text import Language
from core.people.names import Named
from core.people.rules import ConsentKind, Purpose, Result, Side
from core.store.table import Personal, Table, Versioned, between, check, key, moment, reference, text, unique, words


class Person(Named, Versioned, table=True):
    """Somebody who applied in some edition, known by the mail address."""

    __table_args__ = (check("named", "last_name <> ''"),)

    id: int | None = key()
    first_name: str = text(Personal.PSEUDONYM)
    last_name: str = text(Personal.PSEUDONYM)
    mail: str = text(Personal.PSEUDONYM)
    mail_key: str = text(Personal.PSEUDONYM, unique=True)
    search_key: str = text(Personal.PSEUDONYM, index=True)
    phone: str | None = text(Personal.BLANK, null=True)
    language: Language | None = words(Language, null=True)
    """In which the person wants to be written to; Italian while nothing is known."""


class History(Table, table=True):
    """What became of a person on one side of an edition, written when it is closed; one row for each partner.

    `meetings` counts those of the pair, `minutes` how long they were together.
    """

    __table_args__ = (
        unique("person_id", "edition_id", "side", "partner_id"),
        between("meetings", 0, 1000),
        between("minutes", 0, 1_000_000),
        check("partner_of_pair", "(partner_id IS NULL) = (result <> 'paired')"),
    )

    id: int | None = key()
    person_id: int = reference("person.id")
    edition_id: int = reference("edition.id")
    side: Side = words(Side)
    result: Result = words(Result)
    partner_id: int | None = reference("person.id", null=True)
    meetings: int = 0
    minutes: int = 0
    certificate: bool = False


class Consent(Versioned, table=True):
    """A consent that a person has given, and taken back if `withdrawn_at` says so.

    `wording` is the text that the person agreed to, word for word; nothing where staff wrote the consent down.
    """

    __table_args__ = (unique("person_id", "kind"),)

    id: int | None = key()
    person_id: int = reference("person.id")
    kind: ConsentKind = words(ConsentKind)
    given_at: datetime = moment()
    withdrawn_at: datetime | None = moment(null=True)
    wording: str | None = text(Personal.KEEP, null=True)


class PersonalLink(Versioned, table=True):
    """What one person's links of one edition and purpose are worth: those of this generation, until this moment."""

    __table_args__ = (unique("person_id", "edition_id", "purpose"), between("generation", 1, 1_000_000))

    id: int | None = key()
    person_id: int = reference("person.id")
    edition_id: int = reference("edition.id")
    purpose: Purpose = words(Purpose)
    generation: int = 1
    until: datetime | None = moment(null=True)
    """The last moment at which it opens anything; None for a link that lasts."""


class ContactChange(Versioned, table=True):
    """What a person wants put right in the own contact data; None where nothing is to change.

    It changes nothing by itself: a member of staff takes it over or leaves it.
    """

    __table_args__ = (
        check("asks_something", "coalesce(first_name, last_name, mail, phone) IS NOT NULL"),
        check("settled_or_open", "(settled_at IS NULL) = (accepted IS NULL)"),
    )

    id: int | None = key()
    person_id: int = reference("person.id")
    first_name: str | None = text(Personal.PSEUDONYM, null=True)
    last_name: str | None = text(Personal.PSEUDONYM, null=True)
    mail: str | None = text(Personal.PSEUDONYM, null=True)
    phone: str | None = text(Personal.BLANK, null=True)
    asked_at: datetime = moment()
    settled_at: datetime | None = moment(null=True)
    accepted: bool | None = None
    account_id: int | None = reference("account.id", null=True)
