"""Who has chosen which training session, and who was there."""

from __future__ import annotations

from datetime import datetime

from core.store.table import Table, Versioned, between, key, moment, reference, unique


class Attendance(Table, table=True):
    """A participant was there at a session of the own side; `session` is its number in the edition's rules."""

    __table_args__ = (unique("application_id", "session"), between("session", 1, 999))

    id: int | None = key()
    application_id: int = reference("application.id")
    session: int


class DateChoice(Versioned, table=True):
    """The one session that a participant has chosen where one of several is asked for.

    `wants` is the session that the person would change to as soon as there is a place.
    """

    __table_args__ = (between("session", 1, 999), between("wants", 1, 999))

    id: int | None = key()
    application_id: int = reference("application.id", unique=True)
    session: int
    wants: int | None = None
    answered_at: datetime = moment()
    account_id: int | None = reference("account.id", null=True)
