"""The one clock: UTC for the store, Europe/Rome for people."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable

ROME = ZoneInfo("Europe/Rome")


def _system() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system


def now() -> datetime:
    """The present moment in UTC."""
    return _source().astimezone(UTC)


def today() -> date:
    """The present day in Rome."""
    return now().astimezone(ROME).date()


def use(source: Callable[[], datetime] | None) -> None:
    """Read the time from `source` from now on; None gives the system's clock back."""
    global _source  # noqa: PLW0603 - the one place where the clock is exchanged
    _source = source or _system
