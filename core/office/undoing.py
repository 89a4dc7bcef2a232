"""Whether an act can be taken back: by whom, and what of the programme has gone on since.

Three things stand in the way beyond the keys of the store (`core.store.undo`): a right that one lacks, a milestone
that the edition has passed since, and what a later phase has made since of the same thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core import PHASES
from core.accounts.guard import act_named, require
from core.accounts.rules import Actor, Right
from core.edition.models import Passed
from core.people.models import History
from core.speeddate.models import Choice, Veto
from core.store import undo
from core.store.audit import AuditChange, AuditEntry
from core.store.errors import NotAllowed, NotFound, Refused, Told
from core.store.images import APART, Subject, about, columns, editions, phase_of, references, tables
from core.store.table import table_name
from core.store.undo import DependedOn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.store.table import Table
    from core.store.undo import Touched


class UndoOfUndo(Refused):
    """An act that took another back is not taken back itself; the other is done anew."""


class AlreadyUndone(Refused):
    """Somebody has taken the act back already."""


class NeverUndone(Refused):
    """An act of this kind stays for good."""


class MilestonePassed(Refused):
    """The edition has passed a milestone since."""


def undoable(session: Session, entry_id: int, *, by: Actor) -> AuditEntry:
    """The act, when this person can take it back now.

    Raises `AlreadyUndone`, `MilestonePassed`, `NeverUndone`, `NotAllowed`, `NotFound`, `UndoOfUndo`, and what
    `core.store.undo` refuses.
    """
    entry = session.get(AuditEntry, entry_id)
    if entry is None:
        raise NotFound
    _require_right(entry, by)
    _require_not_undone(session, entry)
    try:
        rows = undo.undoable(session, entry)
        _require_before_milestones(session, entry, rows)
        _require_nothing_since(session, entry, rows)
    except DependedOn as refused:
        raise _without_vetoes(refused, by) from None
    return entry


def _without_vetoes(refused: DependedOn, by: Actor) -> DependedOn:
    """That somebody is rather not wanted is for those who may read it: for others it counts as a preference."""
    if by.may(Right.VETOES):
        return refused
    veto, choice = (undo.counted(kind, 0).key for kind in (Veto, Choice))
    counts: dict[str, int] = {}
    for one in cast("list[Told]", refused.values["things"]):
        key = choice if one.key == veto else one.key
        counts[key] = counts.get(key, 0) + one.values["n"]
    return DependedOn(things=[Told(key, {"n": number}) for key, number in counts.items()])


def may_read(entry: AuditEntry, by: Actor) -> bool:
    """Whether the person may know of the act: their own, or everybody's with the right to the record."""
    own = by.account_id is not None and entry.account_id == by.account_id
    return own or by.may(Right.AUDIT)


def _require_right(entry: AuditEntry, by: Actor) -> None:
    """Who may read of the act and may do it may take it back."""
    if not may_read(entry, by):
        raise NotAllowed
    if entry.undoes is not None:
        raise UndoOfUndo
    call = act_named(entry.act)
    if call is None or call.final:
        raise NeverUndone
    require(by, call.right)


def _require_not_undone(session: Session, entry: AuditEntry) -> None:
    done = session.exec(select(AuditEntry).where(AuditEntry.undoes == entry.id)).first()
    if done is not None:
        raise AlreadyUndone(who=done.actor, when=done.at)


def _require_before_milestones(session: Session, entry: AuditEntry, rows: Sequence[Touched]) -> None:
    passed = session.exec(
        select(Passed)
        .join(AuditChange, col(AuditChange.row_id) == Passed.id)
        .where(col(Passed.edition_id).in_(_editions(session, entry, rows)))
        .where(AuditChange.table_name == table_name(Passed), col(AuditChange.before).is_(sa.null()))
        .where(col(AuditChange.entry_id) > entry.id)
    ).first()
    if passed is not None:
        raise MilestonePassed(milestone=Told(f"edition.milestone.{passed.milestone}"), when=passed.at)


def _editions(session: Session, entry: AuditEntry, rows: Sequence[Touched]) -> set[int]:
    if entry.edition_id is not None:
        return {entry.edition_id}
    images = ((Subject(table_name(one.kind), one.row_id), one.after or one.before or {}) for one in rows)
    return editions(session, images)


def _require_nothing_since(session: Session, entry: AuditEntry, rows: Sequence[Touched]) -> None:
    if things := list(_made_since(session, entry, rows)):
        raise DependedOn(things=things)


def _made_since(session: Session, entry: AuditEntry, rows: Sequence[Touched]) -> Iterator[Told]:
    """What later phases have made since of the things that the act's rows are about, or that it changed.

    Nothing is made of a person's history: whoever applies again does so without it.
    """
    touched = {one.kind for one in rows}
    for kind in tables().values():
        there = columns(kind).c
        same_thing = [
            there[reference.column].in_(ids)
            for earlier in touched - {History}
            if PHASES.index(phase_of(earlier)) < PHASES.index(phase_of(kind))
            for table, ids in _things(entry, earlier)
            for reference in references(kind)
            if reference.table == table
        ]
        if same_thing:
            found = sa.select(sa.func.count()).select_from(columns(kind))
            found = found.where(sa.or_(*same_thing), there.id.in_(_made_after(entry, kind)))
            if number := session.connection().scalar(found):
                yield undo.counted(kind, number)


def _things(entry: AuditEntry, kind: type[Table]) -> Iterator[tuple[str, sa.Select[int]]]:
    """What the act's rows of this table are about, and the rows that it changed, each with their numbers."""
    own = sa.and_(col(AuditChange.entry_id) == entry.id, col(AuditChange.table_name) == table_name(kind))
    reference, before, after = about(kind), col(AuditChange.before), col(AuditChange.after)
    if reference is not None:
        number = sa.func.coalesce(after[reference.column].as_integer(), before[reference.column].as_integer())
        yield reference.table, sa.select(number).where(own)
    if table_name(kind) not in APART:
        changed = sa.and_(before.is_not(sa.null()), after.is_not(sa.null()))
        yield table_name(kind), sa.select(col(AuditChange.row_id)).where(own, changed)


def _made_after(entry: AuditEntry, kind: type[Table]) -> sa.Select[int]:
    return sa.select(col(AuditChange.row_id)).where(
        col(AuditChange.table_name) == table_name(kind),
        col(AuditChange.before).is_(sa.null()),
        col(AuditChange.entry_id) > entry.id,
    )
