"""The copies in a folder: what they are called, which of them are good, and which the plan keeps.

A copy is good when its SHA-256 lies beside it: that file is written last, after the copy was restored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from core.store.clock import ROME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

DAYS, WEEKS, OTHERS = 7, 5, 3
MOMENT = "%Y%m%d-%H%M%S"
NAME = re.compile(r"mentoring-(\d{8}-\d{6})-([a-z]+)\.db")


class Kind(StrEnum):
    """Why a copy was made."""

    DAILY = "daily"
    DEMAND = "demand"
    MIGRATION = "migration"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy: when it was made, why, how many bytes it has, and whether it was restored and compared."""

    file: Path
    kind: Kind
    at: datetime
    size: int
    good: bool


def named(at: datetime, kind: Kind) -> str:
    """The file name of a copy; its moment is in UTC, since one hour of October comes twice in Rome."""
    return f"mentoring-{at.astimezone(UTC):{MOMENT}}-{kind}.db"


def digest_of(file: Path) -> Path:
    """The file that holds a copy's SHA-256."""
    return file.with_name(file.name + ".sha256")


def listing(folder: Path) -> list[Copy]:
    """The copies in a folder, the newest first; files of other names are none of ours."""
    found = [copy for file in folder.glob("mentoring-*.db") if (copy := _read(file))]
    return sorted(found, key=lambda copy: (copy.at, copy.kind), reverse=True)


def last_good(copies: Sequence[Copy]) -> Copy | None:
    """The newest copy that was restored and compared."""
    return next((copy for copy in copies if copy.good), None)


def surplus(copies: Iterable[Copy]) -> list[Copy]:
    """The good copies that the plan does not keep.

    Kept are the newest of all; of the daily ones the newest of each of the last days and weeks that have one;
    of every other kind the newest few. What is not good is left to whoever knows why.
    """
    good = sorted((copy for copy in copies if copy.good), key=lambda copy: copy.at, reverse=True)
    kept = set(good[:1])
    for kind in Kind:
        ours = [copy for copy in good if copy.kind is kind]
        kept.update(_daily_kept(ours) if kind is Kind.DAILY else ours[:OTHERS])
    return [copy for copy in good if copy not in kept]


def keep_to_plan(folder: Path) -> list[Copy]:
    """Delete what the plan does not keep and say what that was."""
    gone = surplus(listing(folder))
    for copy in gone:
        copy.file.unlink(missing_ok=True)
        digest_of(copy.file).unlink(missing_ok=True)
    return gone


def _read(file: Path) -> Copy | None:
    found = NAME.fullmatch(file.name)
    try:
        kind, at = Kind(found[2] if found else ""), datetime.strptime(found[1] if found else "", MOMENT)  # noqa: DTZ007 - made aware below
        size = file.stat().st_size
    except (ValueError, FileNotFoundError):
        return None
    return Copy(file, kind, at.replace(tzinfo=UTC), size, digest_of(file).exists())


def _daily_kept(newest_first: Sequence[Copy]) -> list[Copy]:
    days = _newest_of_each(newest_first, lambda copy: copy.at.astimezone(ROME).date(), DAYS)
    return days + _newest_of_each(newest_first, lambda copy: copy.at.astimezone(ROME).isocalendar()[:2], WEEKS)


def _newest_of_each(newest_first: Sequence[Copy], period: Callable[[Copy], object], many: int) -> list[Copy]:
    newest: dict[object, Copy] = {}
    for copy in newest_first:
        newest.setdefault(period(copy), copy)
    return list(newest.values())[:many]
