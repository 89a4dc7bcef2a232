"""What stands on a certificate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from core.people.rules import Side


@dataclass(frozen=True, slots=True)
class Done:
    """All that somebody did: training sessions and meetings with every partner, each with its minutes.

    `period` is the first and the last day of a meeting, None when there was none.
    """

    sessions: int = 0
    session_minutes: int = 0
    meetings: int = 0
    minutes: int = 0
    period: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """One certificate: whose (as sentences and as lists name the person), for what, and the day that stands on it."""

    name: str
    listed: str
    side: Side
    edition: str
    done: Done
    issued_on: date
