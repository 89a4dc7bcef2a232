"""Row images read back: whose table, what values, and what a row is about.

A row is about the first thing that its table points to, editions and accounts left aside: a decision about an
application, a choice about a ballot. Through it a row belongs to an edition.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from core.store.table import REGISTRY, Table, Utc, table_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

Image = dict[str, Any]
EDITION = "edition"
APART = frozenset({EDITION, "account", "audit_entry"})


class Reference(NamedTuple):
    """A column and the table that it points to."""

    column: str
    table: str


class Subject(NamedTuple):
    """A row of a table by its number."""

    table: str
    row_id: int


@cache
def tables() -> dict[str, type[Table]]:
    """All tables by their names, each after those that it points to; asked once all of them are imported."""
    classes = {table_name(mapper.class_): mapper.class_ for mapper in REGISTRY.mappers}
    return {table.name: classes[table.name] for table in REGISTRY.metadata.sorted_tables if table.name in classes}


def columns(kind: type[Table]) -> sa.Table:
    """The table as the database has it."""
    return REGISTRY.metadata.tables[table_name(kind)]


def phase_of(kind: type[Table]) -> str:
    """The phase that writes this table down, by the folder of its class."""
    return kind.__module__.split(".")[1]


def references(kind: type[Table]) -> list[Reference]:
    """What a table points to."""
    return [Reference(key.parent.name, key.column.table.name) for key in _keys(kind)]


def about(kind: type[Table]) -> Reference | None:
    """What a row of this table is about."""
    return next((one for one in references(kind) if one.table not in APART), None)


def secrets(kind: type[Table]) -> frozenset[str]:
    """The columns of which an image holds a digest only."""
    return frozenset(column.name for column in columns(kind).columns if column.info.get("secret"))


def typed(kind: type[Table], image: Image) -> Image:
    """The image's values as the columns hold them; columns that the table no longer has are left out."""
    return {
        column.name: _typed(column.type, image[column.name]) for column in columns(kind).columns if column.name in image
    }


def editions(session: Session, rows: Iterable[tuple[Subject, Image]]) -> set[int]:
    """The editions that these rows belong to, each by itself or through what it is about."""
    found: set[int] = set()
    waiting: dict[str, set[int]] = {}
    for subject, image in rows:
        _place(found, waiting, _belongs(subject, image))
    while waiting:
        table, ids = waiting.popitem()
        step = _step(tables()[table])
        if step is not None:
            there = columns(tables()[table]).c
            for value in session.connection().scalars(sa.select(there[step.column]).where(there.id.in_(ids))):
                _place(found, waiting, Subject(step.table, value))
    return found


def _keys(kind: type[Table]) -> list[sa.ForeignKey]:
    return [key for column in columns(kind).columns for key in column.foreign_keys]


def _step(kind: type[Table]) -> Reference | None:
    """What leads from a row of this table to its edition."""
    own = next((one for one in references(kind) if one.table == EDITION), None)
    return own or about(kind)


def _belongs(subject: Subject, image: Image) -> Subject | None:
    if subject.table == EDITION:
        return subject
    step = _step(tables()[subject.table])
    return None if step is None or image.get(step.column) is None else Subject(step.table, image[step.column])


def _place(found: set[int], waiting: dict[str, set[int]], subject: Subject | None) -> None:
    if subject is not None and subject.table == EDITION:
        found.add(subject.row_id)
    elif subject is not None:
        waiting.setdefault(subject.table, set()).add(subject.row_id)


def _typed(kind: sa.types.TypeEngine[Any], value: Any) -> Any:  # noqa: ANN401 - a column's value, whatever its type
    if value is None:
        return None
    if isinstance(kind, Utc):
        return datetime.fromisoformat(value)
    if isinstance(kind, sa.Date):
        return date.fromisoformat(value)
    return kind.python_type(value) if isinstance(kind, sa.Enum) else value
