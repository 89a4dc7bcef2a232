"""A person, once, over all editions."""

from __future__ import annotations

from core.store.table import Personal, Versioned, check, key, text


class Person(Versioned, table=True):
    """Somebody who applied in some edition, known by the mail address."""

    __table_args__ = (check("named", "last_name <> ''"),)

    id: int | None = key()
    first_name: str = text(Personal.PSEUDONYM)
    last_name: str = text(Personal.PSEUDONYM)
    mail: str = text(Personal.PSEUDONYM)
    mail_key: str = text(Personal.PSEUDONYM, unique=True)
    search_key: str = text(Personal.PSEUDONYM, index=True)
    phone: str | None = text(Personal.BLANK, null=True)

    @property
    def listed(self) -> str:
        """As lists show it: Rossi Giulia."""
        return f"{self.last_name} {self.first_name}".strip()

    @property
    def spoken(self) -> str:
        """As sentences say it: Giulia Rossi."""
        return f"{self.first_name} {self.last_name}".strip()
