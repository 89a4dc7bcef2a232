"""What the staff can do about the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.accounts.guard import act
from core.accounts.rules import Actor, Right
from core.office import copies
from core.store.backup.copies import Copy, Kind
from core.store.database import file_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlmodel import Session


@act(Right.BACKUPS)
def make_copy(session: Session, folder: Path, *, by: Actor, at: datetime) -> Copy:
    """Copy the store that this session reads, now; raises what `make` raises. No row changes, so the log notes it."""
    return copies.add(file_of(session), folder, kind=Kind.DEMAND, at=at)
