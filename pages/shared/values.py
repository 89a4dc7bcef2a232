"""How the record writes a value: words of the programme, moments, numbers, and what is hidden."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, cast

from core.accounts.rules import Role
from core.edition.rules import Milestone
from core.intake.reading.fields import Level, Mode
from core.language.text import Language
from core.learning.rules import Audience
from core.matching.rules import LockKind, Policy
from core.mentoring.rules import Way
from core.messages.rules import Channel, MessageState, Occasion
from core.office.lines import Number, Veiled
from core.people.rules import ConsentKind, Purpose, Result, Side
from core.selection.rules import Outcome
from core.speeddate.rules import Coming
from pages.shared.words import number, plain, short_day, short_moment

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS: dict[type[object], Callable[[Any], str]] = {
    Audience: lambda one: plain(f"learning.audience.{one}"),
    Channel: lambda one: plain(f"messages.channel.{one}"),
    Coming: lambda one: plain(f"speeddate.coming.{one}"),
    ConsentKind: lambda one: plain(f"people.consent.{one}"),
    Language: lambda one: one.upper(),
    Level: lambda one: plain(f"intake.answer.{one}"),
    LockKind: lambda one: plain(f"matching.locks.{one}"),
    MessageState: lambda one: plain(f"messages.state.{one}"),
    Milestone: lambda one: plain(f"edition.milestone.{one}"),
    Mode: lambda one: plain(f"intake.answer.{one}"),
    Occasion: lambda one: plain(f"messages.occasion.{one}"),
    Outcome: lambda one: plain(f"selection.outcome.{one}"),
    Policy: lambda one: plain(f"matching.policy.name.{one}"),
    Purpose: lambda one: plain(f"people.purpose.{one}"),
    Result: lambda one: plain(f"people.result.{one}"),
    Role: lambda one: plain(f"accounts.role.{one}"),
    Side: lambda one: plain(f"intake.side.{one}"),
    Way: lambda one: plain(f"mentoring.way.{one}"),
    Number: lambda one: plain("office.record.number", number=str(one.of)),
    Veiled: lambda _: plain("office.record.hidden"),
    bool: lambda one: plain(f"intake.answer.{'yes' if one else 'no'}"),
    datetime: short_moment,
    date: short_day,
    time: lambda one: f"{one:%H:%M}",
    int: str,
    float: number,
}
"""How a value of each kind is written; numbers without points, since most are years or numbers of something."""
CALLED: dict[str, Callable[[object], str]] = {
    "phase": lambda one: plain(f"edition.year.section_{one}"),
    "policy": lambda one: plain(f"matching.policy.name.{one}"),
}
"""Fields that keep a word of the programme as mere text."""
NOTHING = "–"


def shown(value: object, field: tuple[str, ...] = ()) -> str:
    """A value of the record as people read it."""
    if value is None:
        return NOTHING
    if type(value) in WORDS:
        return WORDS[type(value)](value)
    if isinstance(value, dict):
        return " / ".join(map(shown, cast("dict[str, object]", value).values()))
    if isinstance(value, list):
        return ", ".join(map(shown, cast("list[object]", value)))
    return CALLED[field[-1]](value) if field and field[-1] in CALLED else str(value)
