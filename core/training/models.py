"""Who was there at a training session."""

from __future__ import annotations

from core.store.table import Table, between, key, reference, unique


class Attendance(Table, table=True):
    """A participant was there at a session of the own side; `session` is its number in the edition's rules."""

    __table_args__ = (unique("application_id", "session"), between("session", 1, 999))

    id: int | None = key()
    application_id: int = reference("application.id")
    session: int
