"""The whole store as a value, what the record's images say that it is, and an act taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlmodel import col, select

from core.schema import METADATA
from core.store import audit, database
from core.store.audit import AuditChange, AuditEntry, image_of
from core.store.images import columns, tables
from core.store.table import Passing, table_name
from core.store.undo import undo
from tests.make import writing

if TYPE_CHECKING:
    from core.store.images import Image

RECORD = {table_name(AuditEntry), table_name(AuditChange)}
AUDITED = {name: kind for name, kind in tables().items() if not issubclass(kind, Passing) and name not in RECORD}
Rows = dict[tuple[str, int], "Image"]


def stored(*, versions: bool = False) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the record, as SQLite holds it with its type; versions on demand."""
    with database.reading() as session:
        found = {}
        for name in AUDITED:
            held = [column for column in METADATA.tables[name].columns if versions or column.name != "version"]
            asked = ", ".join(f'"{column.name}", typeof("{column.name}")' for column in held)
            found[name] = list(session.connection().exec_driver_sql(f'SELECT {asked} FROM "{name}" ORDER BY id'))
    return {name: [tuple(row) for row in rows] for name, rows in found.items()}


def imaged() -> Rows:
    """The images of all rows as they are."""
    with database.reading() as session:
        return {
            (name, row.id): image_of(row)
            for name, kind in AUDITED.items()
            for row in session.scalars(sa.select(kind).order_by(columns(kind).c.id))
        }


def replayed() -> Rows:
    """The images of all rows as the record leaves them, from the first act to the last."""
    rows: Rows = {}
    with database.reading() as session:
        for change in session.exec(select(AuditChange).order_by(col(AuditChange.id))):
            where = (change.table_name, change.row_id)
            assert rows.get(where) == change.before, f"{where}: an image does not begin where the last one ended"
            if change.after is None:
                del rows[where]
            else:
                rows[where] = change.after
    return rows


def last_entry() -> int:
    """The number of the last act in the record."""
    with database.reading() as session:
        return session.exec(select(AuditEntry.id).order_by(col(AuditEntry.id).desc()).limit(1)).one() or 0


def take_back(number: int | None = None) -> None:
    """Undo an act (the last one when none is named)."""
    number = number or last_entry()
    with writing("test.undo") as session:
        entry = session.get_one(AuditEntry, number)
        audit.undoes(session, entry)
        undo(session, entry)
