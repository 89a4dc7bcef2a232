"""When rows became as they are, asked from the record."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlmodel import Session, col

from core.store.audit import AuditChange, AuditEntry
from core.store.images import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


def last_changed(session: Session, rows: Iterable[Subject]) -> dict[Subject, datetime]:
    """The moment of the last act that changed each of these rows; a row that the record does not know is left out."""
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for one in rows:
        wanted[one.table].add(one.row_id)
    if not wanted:
        return {}
    table, number = col(AuditChange.table_name), col(AuditChange.row_id)
    conditions = [sa.and_(table == name, number.in_(numbers)) for name, numbers in wanted.items()]
    found = session.connection().execute(
        sa.select(table, number, sa.func.max(col(AuditEntry.at)))
        .join(AuditEntry, col(AuditEntry.id) == col(AuditChange.entry_id))
        .where(sa.or_(*conditions))
        .group_by(table, number)
    )
    return {Subject(name, row_id): at for name, row_id, at in found}
