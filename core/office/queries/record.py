"""Who did what and when, what an act changed, and whether the record is whole.

Whoever may read the record sees the data of people in it, but texts and names together are for those with the
right to the applicants: for all others the columns that erasing a person empties are told as hidden.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from core.accounts.guard import query
from core.accounts.models import Account
from core.accounts.rules import Actor, Right
from core.edition.models import Edition
from core.office.lines import Line, lines_of
from core.office.undoing import may_read, undoable
from core.store import chain
from core.store.audit import AuditChange, AuditEntry
from core.store.clock import ROME
from core.store.errors import NotAllowed, NotFound, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.store.chain import Verdict

OWN = 50
AT_ONCE = 200
PROGRAMME = 0
"""Stands for the programme itself, and for whoever acts by a link, among the numbers of accounts."""

NUMBER: Any = col(AuditEntry.id)
OTHER, LATER = aliased(AuditEntry), aliased(AuditEntry)
LISTED = (
    sa.select(
        NUMBER,
        col(AuditEntry.at),
        col(AuditEntry.actor),
        col(AuditEntry.act),
        col(Edition.name),
        sa.select(sa.func.count()).where(col(AuditChange.entry_id) == NUMBER).scalar_subquery(),
        col(OTHER.act),
        sa.exists().where(col(LATER.undoes) == NUMBER),
    )
    .outerjoin(Edition, col(Edition.id) == col(AuditEntry.edition_id))
    .outerjoin(OTHER, col(OTHER.id) == col(AuditEntry.undoes))
    .order_by(NUMBER.desc())
)
"""In the order of an act's fields, the newest first."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act as lists show it; `undoes` is the name of the act that it took back."""

    id: int
    at: datetime
    who: str
    name: str
    edition: str | None
    rows: int
    undoes: str | None
    undone: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which acts are asked for; None is any. Both days are included."""

    who: int | None = None
    act: str | None = None
    edition: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """One act with what it changed, as far as it is shown at once, and why it cannot be taken back (None: it can)."""

    act: Act
    lines: tuple[Line, ...]
    whole: bool
    refused: Refused | None


@query(Right.ENTER)
def own_acts(session: Session, *, by: Actor) -> list[Act]:
    """The last 50 acts of one's own, the newest first."""
    return _acts(session, col(AuditEntry.account_id) == by.account_id, limit=OWN)


@query(Right.AUDIT)
def number_of_acts(session: Session, *, wanted: Wanted, by: Actor) -> int:
    """How many acts there are of those wanted."""
    return session.scalar(sa.select(sa.func.count()).select_from(AuditEntry).where(*_conditions(wanted))) or 0


@query(Right.AUDIT)
def acts(session: Session, *, wanted: Wanted, page: int = 1, by: Actor) -> list[Act]:
    """200 of the acts that are wanted, the newest first."""
    return _acts(session, *_conditions(wanted), limit=AT_ONCE, after=(page - 1) * AT_ONCE)


@query(Right.AUDIT)
def colleagues(session: Session, *, by: Actor) -> dict[int, str]:
    """Whose acts can be asked for: the accounts by name."""
    return dict(session.exec(select(Account.id, Account.name).order_by(Account.name)).all())  # pyright: ignore[reportReturnType] - a row that is kept has its number


@query(Right.ENTER)
def opened(session: Session, entry_id: int, *, by: Actor) -> Opened:
    """One act of one's own, or with the right to the record anybody's; raises `NotFound`, `NotAllowed`."""
    entry = session.get(AuditEntry, entry_id)
    if entry is None:
        raise NotFound
    if not may_read(entry, by):
        raise NotAllowed
    (act,) = _acts(session, col(AuditEntry.id) == entry_id, limit=1)
    changes = session.exec(
        select(AuditChange).where(AuditChange.entry_id == entry_id).order_by(col(AuditChange.id)).limit(AT_ONCE)
    ).all()
    lines = lines_of(session, changes, by=by)
    whole = act.rows <= AT_ONCE and len(lines) <= AT_ONCE
    return Opened(act, tuple(lines[:AT_ONCE]), whole, _refusal(session, entry_id, by))


@query(Right.AUDIT)
def verified(session: Session, *, by: Actor) -> Verdict:
    """Whether the record is whole, computed anew from the first act to the last."""
    return chain.verified(session)


def _refusal(session: Session, entry_id: int, by: Actor) -> Refused | None:
    try:
        undoable(session, entry_id, by=by)
    except Refused as refusal:
        return refusal
    return None


def _conditions(wanted: Wanted) -> Iterator[sa.ColumnElement[bool]]:
    at, who = col(AuditEntry.at), col(AuditEntry.account_id)
    if wanted.who is not None:
        yield who.is_(None) if wanted.who == PROGRAMME else who == wanted.who
    if wanted.act is not None:
        yield col(AuditEntry.act) == wanted.act
    if wanted.edition is not None:
        yield col(AuditEntry.edition_id) == wanted.edition
    if wanted.first is not None:
        yield at >= _midnight(wanted.first)
    if wanted.last is not None:
        yield at < _midnight(wanted.last + timedelta(days=1))


def _acts(session: Session, *conditions: sa.ColumnElement[bool], limit: int, after: int = 0) -> list[Act]:
    found = session.connection().execute(LISTED.where(*conditions).limit(limit).offset(after))
    return [Act(*row) for row in found]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=ROME)
