"""A person, once, over all editions; what became of each in past ones; and what each has consented to."""

from __future__ import annotations

from datetime import datetime

from core.people.names import Named
from core.people.rules import ConsentKind, Result, Side
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
    """A consent that a person has given, and taken back if `withdrawn_at` says so."""

    __table_args__ = (unique("person_id", "kind"),)

    id: int | None = key()
    person_id: int = reference("person.id")
    kind: ConsentKind = words(ConsentKind)
    given_at: datetime = moment()
    withdrawn_at: datetime | None = moment(null=True)
