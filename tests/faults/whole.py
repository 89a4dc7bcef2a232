"""Whether a store is whole: its file, its references, its audit, and what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlmodel import col, select

from core import schema  # noqa: F401 - it makes all tables known
from core.store import audit, database
from core.store.audit import AuditChange, AuditEntry, Image
from core.store.table import Passing, Table, table_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlmodel import Session

Contents = dict[str, dict[int, Image]]


def contents(session: Session) -> Contents:
    """Every row of every table that the audit watches."""
    return {
        table_name(kind): {row.id: audit.image_of(row) for row in session.exec(sa.select(kind)).scalars()}
        for kind in audited()
    }


def acts(session: Session) -> list[str]:
    """What has been done, in its order."""
    return list(session.exec(select(AuditEntry.act).order_by(col(AuditEntry.id))).all())


def require_whole() -> tuple[list[str], Contents]:
    """What was done to the store in use, and what it holds; fails when any of it does not fit the rest."""
    with database.reading() as session:
        assert session.execute(sa.text("PRAGMA integrity_check")).scalars().all() == ["ok"]
        assert session.execute(sa.text("PRAGMA foreign_key_check")).all() == []
        held = contents(session)
        entries = session.exec(select(AuditEntry).order_by(col(AuditEntry.id))).all()
        changes = session.exec(select(AuditChange).order_by(col(AuditChange.id))).all()
        done = acts(session)
    of_entry: dict[int | None, list[str]] = {entry.id: [] for entry in entries}
    replayed: Contents = {name: {} for name in held}
    for change in changes:
        assert audit.image_digest(change.salt or "", change.before, change.after) == change.digest
        of_entry[change.entry_id].append(change.digest)
        _replay(replayed[change.table_name], change)
    previous = ""
    for entry in entries:
        assert of_entry[entry.id], f"{entry.act} changed nothing"
        assert (entry.previous, entry.digest) == (previous, audit.chain_digest(entry, of_entry[entry.id]))
        previous = entry.digest
    assert replayed == held
    return done, held


def _replay(rows: dict[int, Any], change: AuditChange) -> None:
    assert rows.pop(change.row_id, None) == change.before
    if change.after is not None:
        rows[change.row_id] = change.after


def audited() -> Iterator[type[Table]]:
    """All tables but the audit's own and those that come and go."""
    waiting = list(Table.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if hasattr(kind, "__table__") and not issubclass(kind, AuditEntry | AuditChange | Passing):
            yield kind
