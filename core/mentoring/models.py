"""The meetings of the pairs."""

from __future__ import annotations

from datetime import date, datetime

from core.mentoring.rules import Way
from core.store.table import Personal, Versioned, between, key, moment, reference, text, unique, words


class Meeting(Versioned, table=True):
    """A meeting of a pair, as it was reported; a pair has at most one a day."""

    __table_args__ = (unique("pair_id", "held_on"), between("minutes", 5, 600))

    id: int | None = key()
    pair_id: int = reference("pair.id")
    held_on: date
    minutes: int
    way: Way = words(Way)
    place: str | None = text(Personal.BLANK, null=True)
    note: str | None = text(Personal.BLANK, null=True)
    account_id: int | None = reference("account.id", null=True)
    entered_at: datetime = moment()
