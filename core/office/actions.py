"""What the staff can do about the whole: copy the store, take an act back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.accounts.guard import act
from core.accounts.rules import Actor, Right
from core.office import copies
from core.office.undoing import undoable
from core.store import audit
from core.store.backup.copies import Copy, Kind
from core.store.database import file_of
from core.store.undo import undo

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlmodel import Session


@act(Right.BACKUPS, final=True)
def make_copy(session: Session, folder: Path, *, by: Actor, at: datetime) -> Copy:
    """Copy the store that this session reads, now; raises what `make` raises. No row changes, so the log notes it."""
    return copies.add(file_of(session), folder, kind=Kind.DEMAND, at=at)


@act(Right.ENTER, final=True)
def undo_act(session: Session, *, entry_id: int, by: Actor, at: datetime) -> None:
    """Put back what an act of the record changed; needs the right of that act, and for others' acts the record's too.

    Raises what `core.office.undoing` and `core.store.undo` refuse.
    """
    entry = undoable(session, entry_id, by=by)
    audit.undoes(session, entry)
    undo(session, entry)
