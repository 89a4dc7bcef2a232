"""What a new edition begins with: the rows of travelling tables, copied from the edition that it is made like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from core.store.images import columns, tables
from core.store.table import Travelling

if TYPE_CHECKING:
    from sqlmodel import Session

OWN = frozenset({"id", "version", "edition_id"})


def travel(session: Session, *, from_edition: int, to_edition: int) -> int:
    """Copy the travelling rows of one edition to another; returns how many."""
    copied = 0
    for kind in tables().values():
        if issubclass(kind, Travelling):
            there = columns(kind).c
            for row in session.scalars(sa.select(kind).where(there.edition_id == from_edition).order_by(there.id)):
                facts: dict[str, Any] = {one.name: getattr(row, one.name) for one in there if one.name not in OWN}
                session.add(kind(**facts | {"edition_id": to_edition}))
                copied += 1
    return copied
