"""A person, once, over all editions."""

from __future__ import annotations

from core.people.names import Named
from core.store.table import Personal, Versioned, check, key, text


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
