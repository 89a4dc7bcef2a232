"""Taking an act back by its row images: what it made goes, what it took away returns, the rest is as before.

1. Each row of the act must still be as the act left it.
2. What will be deleted may be pointed to by nothing outside of the act.
3. No password can return: its image is a digest.
4. Deletions from the last table to the first, then changes, then what returns: so every key holds at the end.
Versions go on counting, so that a form drawn before is refused as after any other change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from core.store.audit import AuditChange, AuditEntry, image_of
from core.store.errors import Refused, Told
from core.store.images import Image, columns, phase_of, references, secrets, tables, typed
from core.store.table import Table, Versioned, table_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


VERSION = "version"


class MovedOn(Refused):
    """A row is no longer as the act left it."""


class DependedOn(Refused):
    """Other rows point to what the act made."""


class HoldsSecret(Refused):
    """The act changed a password, and no image holds one."""


class Blanked(Refused):
    """A person was erased, and with that person what stood in the row images."""


class NotRestorable(Refused):
    """The database does not take the rows back: another stands in their place, or what they belong to is gone."""


class NothingLeft(Refused):
    """The act left nothing that could be taken back."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A row of an act: what it was, what the act left, and what it is now."""

    kind: type[Table]
    row_id: int
    before: Image | None
    after: Image | None
    row: Table | None

    @property
    def moved(self) -> bool:
        """Whether the row is no longer as the act left it; its version may have counted on with later undos."""
        if self.row is None or self.after is None:
            return (self.row is None) != (self.after is None)
        now, left = typed(self.kind, image_of(self.row)), typed(self.kind, self.after)
        return any(now[name] != value for name, value in left.items() if name != VERSION)

    @property
    def holds_secret(self) -> bool:
        """Whether taking back would need a secret that nobody has."""
        hidden = secrets(self.kind)
        if self.before is None:
            return False
        return bool(hidden) if self.after is None else any(self.before.get(n) != self.after.get(n) for n in hidden)


def undo(session: Session, entry: AuditEntry) -> None:
    """Take the act back, all of it.

    Raises `Blanked`, `DependedOn`, `HoldsSecret`, `MovedOn`, `NothingLeft`, `NotRestorable`, and writes nothing then.
    """
    rows = undoable(session, entry)
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    try:
        _take_away(session, rows)
        _change_back(session, rows)
        _return(session, rows)
    except IntegrityError:
        raise NotRestorable from None
    for table in {table_name(one.kind) for one in rows}:
        if session.connection().exec_driver_sql(f"PRAGMA foreign_key_check({table})").first() is not None:
            raise NotRestorable


def undoable(session: Session, entry: AuditEntry) -> list[Touched]:
    """The rows that taking the act back concerns; raises the refusals of `undo`, but for `NotRestorable`."""
    rows = touched(session, entry)
    if not rows:
        raise NothingLeft
    for one in rows:
        if one.moved:
            raise _moved_on(session, entry, one)
    if any(one.holds_secret for one in rows):
        raise HoldsSecret
    if things := list(_pointing(session, entry, {table_name(one.kind) for one in rows if one.before is None})):
        raise DependedOn(things=things)
    return rows


def touched(session: Session, entry: AuditEntry) -> list[Touched]:
    """The rows that the act left otherwise than it found them; raises `Blanked`, `NotRestorable` (a table is gone)."""
    net: dict[str, dict[int, tuple[Image | None, Image | None]]] = {}
    changes = select(AuditChange).where(AuditChange.entry_id == entry.id).order_by(col(AuditChange.id))
    for change in session.exec(changes):
        if change.salt is None:
            raise Blanked
        of_table = net.setdefault(change.table_name, {})
        first = of_table.get(change.row_id, (change.before, None))[0]
        of_table[change.row_id] = (first, change.after)
    if net.keys() - tables().keys():
        raise NotRestorable
    return [
        Touched(kind, row_id, before, after, there.get(row_id))
        for kind, of_table in ((kind, net[name]) for name, kind in tables().items() if name in net)
        for there in (_present(session, entry, kind),)
        for row_id, (before, after) in of_table.items()
        if _facts(before) != _facts(after)
    ]


def counted(kind: type[Table], number: int) -> Told:
    """So many rows of a table, in words."""
    return Told(f"{phase_of(kind)}.rows.{table_name(kind)}", {"n": number})


def named(kind: type[Table]) -> Told:
    """What a row of this table is, in words."""
    return Told(f"{phase_of(kind)}.table.{table_name(kind)}")


def _facts(image: Image | None) -> Image | None:
    return None if image is None else {name: value for name, value in image.items() if name != VERSION}


def _present(session: Session, entry: AuditEntry, kind: type[Table]) -> dict[int, Table]:
    """The rows of this table that the act touched, as they are now."""
    number = sa.inspect(kind).primary_key[0]
    rows = session.scalars(sa.select(kind).where(number.in_(_ids(entry, table_name(kind)))))
    return {cast("int", image_of(row)["id"]): row for row in rows}


def _ids(entry: AuditEntry, table: str, *conditions: sa.ColumnElement[bool]) -> sa.Select[int]:
    return sa.select(col(AuditChange.row_id)).where(
        col(AuditChange.entry_id) == entry.id, col(AuditChange.table_name) == table, *conditions
    )


def _moved_on(session: Session, entry: AuditEntry, one: Touched) -> MovedOn:
    later = session.exec(
        select(AuditEntry.actor, AuditEntry.at)
        .join(AuditChange)
        .where(AuditChange.table_name == table_name(one.kind), AuditChange.row_id == one.row_id)
        .where(col(AuditEntry.id) > entry.id)
        .order_by(col(AuditEntry.id).desc())
        .limit(1)
    ).first()
    who, when = later or (entry.actor, entry.at)
    return MovedOn(what=named(one.kind), who=who, when=when)


def _pointing(session: Session, entry: AuditEntry, made: set[str]) -> Iterator[Told]:
    """What points to rows that the act made and is not of the act itself."""
    for kind in tables().values():
        there = columns(kind).c
        to_made = [
            there[one.column].in_(_ids(entry, one.table, col(AuditChange.before).is_(sa.null())))
            for one in references(kind)
            if one.table in made
        ]
        if to_made:
            outside = there.id.not_in(_ids(entry, table_name(kind)))
            found = sa.select(sa.func.count()).select_from(columns(kind)).where(sa.or_(*to_made), outside)
            if number := session.connection().scalar(found):
                yield counted(kind, number)


def _take_away(session: Session, rows: Iterable[Touched]) -> None:
    for _, of_table in _by_table(rows, backwards=True):
        for one in of_table:
            if one.before is None:
                session.delete(one.row)
        session.flush()


def _change_back(session: Session, rows: Iterable[Touched]) -> None:
    for one in rows:
        if one.before is not None and one.after is not None:
            left = typed(one.kind, one.after)
            for name, value in typed(one.kind, one.before).items():
                if name != VERSION and value != left.get(name):
                    setattr(one.row, name, value)
    session.flush()


def _return(session: Session, rows: Iterable[Touched]) -> None:
    for kind, of_table in _by_table(rows):
        for one in of_table:
            if one.before is not None and one.after is None:
                values = typed(kind, one.before)
                if issubclass(kind, Versioned):
                    values[VERSION] = values.get(VERSION, 0) + 1
                session.add(kind(**values))
        session.flush()


def _by_table(rows: Iterable[Touched], *, backwards: bool = False) -> Iterator[tuple[type[Table], list[Touched]]]:
    grouped: dict[type[Table], list[Touched]] = {}
    for one in rows:
        grouped.setdefault(one.kind, []).append(one)
    kinds = reversed(tables().values()) if backwards else tables().values()
    yield from ((kind, grouped[kind]) for kind in kinds if kind in grouped)
