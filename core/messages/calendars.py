"""Dates as an iCalendar file, to be sent with a letter or fetched by a calendar again and again.

Moments are written in UTC: a calendar shows them in its own zone, and no table of summer times can be wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from icalendar import Calendar, Event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.language.text import Language

PRODUCT = "-//Career Service//Mentoring dashboard//IT"
DOMAIN = "mentoring-dashboard"
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
"""From which moment on changes are counted."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One date of a person: from a moment on for so many minutes, or a whole day of which no hour is known.

    `key` tells it from all other dates for good, so that a later file with the same key replaces it; `changed` is when
    it became as it is.
    """

    key: str
    begins: datetime | date
    minutes: int
    title: str
    told: str
    changed: datetime
    place: str = ""


def calendar_file(entries: Sequence[Entry], *, name: str, language: Language) -> bytes:
    """The dates as an iCalendar file called `name`; the same dates give the same bytes."""
    calendar: Any = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", clean(name))
    calendar.add("name", clean(name), parameters={"language": language.tongue})
    for one in entries:
        calendar.add_component(_event(one))
    return calendar.to_ical()


def clean(text: str) -> str:
    """The text in one line, without signs that cannot be printed: a calendar may stumble over them."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _event(one: Entry) -> Event:
    event: Any = Event()
    event.add("uid", f"{one.key}@{DOMAIN}")
    event.add("summary", clean(one.title))
    if isinstance(one.begins, datetime):
        # Added in UTC: in Rome's own time an event over the change of the hour would be one hour too long or short.
        begins = one.begins.astimezone(UTC)
        event.add("dtstart", begins)
        event.add("dtend", begins + timedelta(minutes=one.minutes))
    else:
        event.add("dtstart", one.begins)
        event.add("dtend", one.begins + timedelta(days=1))
        event.add("transp", "TRANSPARENT")  # nobody is busy all day for a meeting of an hour
    event.add("dtstamp", one.changed.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", one.changed.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", max(0, int((one.changed - BEGINNING).total_seconds())))
    for field, text in (("description", clean(one.told)), ("location", clean(one.place))):
        if text:
            event.add(field, text)
    return event
