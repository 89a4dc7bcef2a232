"""The rules of the store's copies: when one is due, and when people must be told that there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from core.store import log
from core.store.backup.copies import Copy, Kind, keep_to_plan, last_good, listing
from core.store.backup.making import make
from core.store.clock import ROME

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

LATE = timedelta(days=2)
"""Age of the last good copy at which people are told."""
GRACE = timedelta(days=1)
"""How long a new store may be without a copy."""


@dataclass(frozen=True, slots=True)
class Safety:
    """The last good copy, and whether that is too long ago."""

    last: Copy | None
    late: bool


def safety(copies: Sequence[Copy], *, first_act: datetime | None, at: datetime) -> Safety:
    """How safe a store is whose first act was then; an empty store misses nothing."""
    last = last_good(copies)
    if last is not None:
        return Safety(last, at - last.at > LATE)
    return Safety(None, first_act is not None and at - first_act > GRACE)


def daily_due(folder: Path, *, at: datetime) -> bool:
    """Whether this day in Rome has no good daily copy yet."""
    days = {copy.at.astimezone(ROME).date() for copy in listing(folder) if copy.good and copy.kind is Kind.DAILY}
    return at.astimezone(ROME).date() not in days


def add(store: Path, folder: Path, *, kind: Kind, at: datetime) -> Copy:
    """Make a copy, then delete what the plan no longer keeps; raises what `make` raises."""
    copy = make(store, folder, kind=kind, at=at)
    gone = keep_to_plan(folder)
    log.note(f"copy {copy.file.name} made, restored and compared; {len(gone)} older ones deleted")
    return copy
