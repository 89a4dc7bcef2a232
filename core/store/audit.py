"""Who did what: one entry per act, with the image of every row before and after.

The images of a session's rows are collected while it is flushed, so no act can forget one. Each image
has a salted digest and the entries form a hash chain over these digests: blanking an image when a
person is erased leaves the chain whole.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import UTC, date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeGuard, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import Session, col, select

from core.store.images import Image, Subject, editions
from core.store.table import Passing, Personal, Table, Versioned, document, key, moment, reference, table_name, text

if TYPE_CHECKING:
    from sqlalchemy.orm import ColumnProperty, ORMExecuteState, UOWTransaction


class AuditEntry(Table, table=True):
    """One act."""

    id: int | None = key()
    at: datetime = moment()
    actor: str = text(Personal.PSEUDONYM)
    account_id: int | None = None
    act: str = text(Personal.KEEP)
    edition_id: int | None = None
    """The edition of the act; where it names none, the one that all its rows belong to."""
    undoes: int | None = reference("audit_entry.id", null=True)
    previous: str = text(Personal.KEEP)
    digest: str = text(Personal.KEEP)


class AuditChange(Table, table=True):
    """One row that an act changed."""

    __table_args__ = (sa.Index("ix_audit_change_row", "table_name", "row_id"),)

    id: int | None = key()
    entry_id: int = reference("audit_entry.id")
    table_name: str = text(Personal.KEEP)
    row_id: int
    before: Image | None = document(Personal.BLANK, null=True)
    after: Image | None = document(Personal.BLANK, null=True)
    salt: str | None = text(Personal.BLANK, null=True)
    digest: str = text(Personal.KEEP)


class Unaudited(RuntimeError):
    """A transaction changed rows without saying which act it is: a bug."""


def name_act(
    session: Session, act: str, *, actor: str, account_id: int | None, at: datetime, edition_id: int | None
) -> None:
    """Say which act this transaction is; an act called by another act belongs to the outer one."""
    session.info.setdefault(
        "act",
        AuditEntry(at=at, actor=actor, account_id=account_id, act=act, edition_id=edition_id, previous="", digest=""),
    )


def undoes(session: Session, entry: AuditEntry) -> None:
    """Say that this transaction takes that act back."""
    act: AuditEntry = session.info["act"]
    act.undoes, act.edition_id = entry.id, entry.edition_id


def written(session: Session) -> AuditEntry | None:
    """The entry of a transaction that is over; None when it changed nothing."""
    entry: AuditEntry | None = session.info.get("act")
    return entry if entry is not None and entry.id is not None else None


def listen(session: Session) -> None:
    """Collect the images of all rows that this session changes."""
    session.info["changes"] = cast("list[AuditChange]", [])
    event.listen(session, "before_flush", _before_flush)
    event.listen(session, "after_flush", _after_flush)
    event.listen(session, "do_orm_execute", _refuse_bulk)


def seal(session: Session) -> None:
    """Write the act's entry and its changes; to be called once, before the commit."""
    session.flush()
    changes: list[AuditChange] = session.info["changes"]
    if not changes:
        return
    entry: AuditEntry | None = session.info.get("act")
    if entry is None:
        raise Unaudited(", ".join(sorted({change.table_name for change in changes})))
    if entry.edition_id is None:
        found = touched(session)
        entry.edition_id = found.pop() if len(found) == 1 else None
    last = session.exec(select(AuditEntry.digest).order_by(col(AuditEntry.id).desc()).limit(1)).first()
    entry.previous = last or ""
    entry.digest = chain_digest(entry, [change.digest for change in changes])
    session.add(entry)
    session.flush()
    for change in changes:
        change.entry_id = cast("int", entry.id)
    session.add_all(changes)
    session.flush()


def touched(session: Session) -> set[int]:
    """The editions to which the rows belong that this transaction has changed so far."""
    session.flush()
    changes: list[AuditChange] = session.info["changes"]
    return editions(session, ((Subject(one.table_name, one.row_id), one.after or one.before or {}) for one in changes))


def made_here(session: Session, table: str) -> set[int]:
    """The rows of a table that this transaction has made."""
    changes: list[AuditChange] = session.info["changes"]
    return {one.row_id for one in changes if one.table_name == table and one.before is None}


def chain_digest(entry: AuditEntry, changes: list[str]) -> str:
    """SHA-256 over the entry's facts, the digest before it and its changes' digests."""
    at = entry.at.astimezone(UTC).isoformat()
    facts = [entry.previous, at, entry.account_id, entry.act, entry.edition_id, changes]
    facts += [entry.undoes] if entry.undoes else []
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def image_digest(salt: str, before: Image | None, after: Image | None) -> str:
    """Salted SHA-256 of a row's images."""
    return hashlib.sha256((salt + json.dumps([before, after], sort_keys=True)).encode()).hexdigest()


def image_of(row: Table) -> Image:
    """A row's columns as plain JSON values."""
    return {
        column.key: _plain(getattr(row, column.key), secret=_secret(column))
        for column in sa.inspect(type(row)).column_attrs
    }


def _secret(column: ColumnProperty[Any]) -> bool:
    return bool(column.columns[0].info.get("secret"))


def _plain(value: object, *, secret: bool) -> object:
    if secret:
        return hashlib.sha256(str(value).encode()).hexdigest()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def _before(row: Table) -> Image:
    state = sa.inspect(row)
    was: Image = {}
    for column in sa.inspect(type(row)).column_attrs:
        history = state.attrs[column.key].history
        value = history.deleted[0] if history.has_changes() and history.deleted else getattr(row, column.key)
        was[column.key] = _plain(value, secret=_secret(column))
    return was


def _before_flush(session: Session, _context: UOWTransaction, _instances: object) -> None:
    for row in session.new:
        if isinstance(row, Versioned):
            row.version = max(row.version, _counted(session, table_name(type(row))) + 1)
    # In the order of their numbers: that in which they were changed is not kept.
    for row in sorted(filter(_watched, session.dirty), key=_place):
        if session.is_modified(row):
            session.info.setdefault("was", []).append((row, _before(row)))
            if isinstance(row, Versioned):
                row.version += 1
    for row in session.deleted:
        if _watched(row):
            _remember(session, row, _before(row), None)


def _after_flush(session: Session, _context: UOWTransaction) -> None:
    for row in session.new:
        if _watched(row):
            _remember(session, row, None, image_of(row))
    for row, was in session.info.pop("was", []):
        _remember(session, row, was, image_of(row))


def _counted(session: Session, table: str) -> int:
    """How far versions have counted in rows of this table that an undo took away.

    A row that is made after it begins beyond, lest a form drawn before the undo be taken for one of the new row.
    """
    counted: dict[str, int] = session.info.setdefault("counted", {})
    if table not in counted:
        taken = sa.select(sa.func.max(col(AuditChange.before)["version"].as_integer())).where(
            col(AuditChange.entry_id).in_(sa.select(col(AuditEntry.id)).where(col(AuditEntry.undoes).is_not(None))),
            col(AuditChange.table_name) == table,
            col(AuditChange.after).is_(sa.null()),
        )
        counted[table] = session.connection().scalar(taken) or 0
    return counted[table]


def _place(row: Table) -> tuple[str, int]:
    return table_name(type(row)), cast("int", sa.inspect(row).identity[0])


def _watched(row: object) -> TypeGuard[Table]:
    return isinstance(row, Table) and not isinstance(row, AuditEntry | AuditChange | Passing)


def _remember(session: Session, row: Table, before: Image | None, after: Image | None) -> None:
    salt = secrets.token_hex(8)
    session.info["changes"].append(
        AuditChange(
            entry_id=0,
            table_name=table_name(type(row)),
            row_id=(after or before or {})["id"],
            before=before,
            after=after,
            salt=salt,
            digest=image_digest(salt, before, after),
        )
    )


def _refuse_bulk(state: ORMExecuteState) -> None:
    if not state.is_select:
        raise Unaudited("bulk statements leave no row images; change the rows themselves")
