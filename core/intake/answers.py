"""From the answers of a form, as read, to the facts that an application keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from core.intake.reading.fields import FinalMark
from core.people.names import split_name
from core.store.clock import ROME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.intake.reading.fields import Value

OF_THE_PERSON = ("first_name", "last_name", "full_name", "email", "phone")


@dataclass(frozen=True, slots=True)
class Answers:
    """Who answered, and the facts given; what was left open is not among them and erases nothing."""

    first_name: str
    last_name: str
    mail: str
    phone: str | None
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])


def answers_of(values: Mapping[str, Value]) -> Answers:
    """The facts of one row; a full name is parted into first name and surname."""
    first, last = _text(values, "first_name"), _text(values, "last_name")
    if not (first and last):
        first, last = split_name(_text(values, "full_name") or f"{first} {last}".strip())
    return Answers(first, last, _text(values, "email"), _text(values, "phone") or None, _facts(values))


def _facts(values: Mapping[str, Value]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for name, value in values.items():
        if name in OF_THE_PERSON or value is None or value in ("", (), {}):
            continue
        if isinstance(value, FinalMark):
            facts["final_mark"], facts["honours"] = value.points, value.honours
        elif isinstance(value, tuple):
            facts[name] = list(value)
        elif name == "submitted_at" and isinstance(value, date):
            facts[name] = _moment(value)
        else:
            facts[name] = value
    return facts


def _moment(value: date) -> datetime:
    """A form tool's own time is Rome's; a day without a time counts from its beginning."""
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=ROME)).astimezone(UTC)


def _text(values: Mapping[str, Value], name: str) -> str:
    return str(values.get(name) or "")
