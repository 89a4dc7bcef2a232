"""Dates as iCalendar files, read back as a calendar reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from icalendar import Calendar

from core.language.text import Language
from core.messages.calendars import Entry, calendar_file, clean
from core.store.clock import ROME

CHANGED = datetime(2026, 10, 1, 9, 30, 15, 500, tzinfo=UTC)
FOLDED = 75
anything = some.text(some.characters(exclude_categories=["Cs"]), max_size=200)
moments = some.integers(0, 4 * 366 * 24 * 3600).map(
    lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


def entry(begins: datetime | date = CHANGED, **facts: Any) -> Entry:
    usual = {"key": "training.1", "minutes": 120, "title": "Formazione", "told": "", "changed": CHANGED}
    return Entry(begins=begins, **{**usual, **facts})


def file(*entries: Entry) -> bytes:
    return calendar_file(entries, name="Mentoring 2026/27", language=Language.ITALIAN)


def read(*entries: Entry) -> list[Any]:
    return list(Calendar.from_ical(file(*entries)).walk("VEVENT"))


@given(title=anything, told=anything, place=anything)
def test_any_words_come_back_as_they_were_said(title: str, told: str, place: str) -> None:
    (event,) = read(entry(title=title, told=told, place=place))
    read_back = (str(event["summary"]), str(event.get("description", "")), str(event.get("location", "")))
    assert read_back == (clean(title), clean(told), clean(place))


@given(title=anything, place=anything)
def test_no_line_is_longer_than_calendars_read_and_each_ends_as_they_want(title: str, place: str) -> None:
    lines = file(entry(title=title, place=place)).split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= FOLDED
    assert not any(b"\n" in line or b"\r" in line for line in lines)


@given(text=anything)
def test_a_text_that_can_be_printed_in_one_line_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not once or once.isprintable()


@given(begins=moments, minutes=some.integers(15, 480))
def test_a_date_comes_back_at_its_moment_and_as_long_as_it_takes(begins: datetime, minutes: int) -> None:
    (event,) = read(entry(begins.astimezone(ROME), minutes=minutes))
    assert event["dtstart"].dt == begins
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("day", "hour", "begins", "ends"),
    [
        (date(2026, 10, 25), time(1, 30), "20261024T233000Z", "20261025T013000Z"),
        (date(2026, 10, 25), time(2, 30), "20261025T003000Z", "20261025T023000Z"),
        (date(2026, 10, 25), time(14), "20261025T130000Z", "20261025T150000Z"),
        (date(2026, 10, 24), time(14), "20261024T120000Z", "20261024T140000Z"),
        (date(2027, 3, 28), time(1, 30), "20270328T003000Z", "20270328T023000Z"),
        (date(2027, 3, 28), time(2, 30), "20270328T013000Z", "20270328T033000Z"),
        (date(2027, 3, 28), time(14), "20270328T120000Z", "20270328T140000Z"),
        (date(2027, 3, 27), time(14), "20270327T130000Z", "20270327T150000Z"),
    ],
)
def test_around_the_change_of_the_hour_the_moment_is_right(day: date, hour: time, begins: str, ends: str) -> None:
    lines = file(entry(datetime.combine(day, hour, tzinfo=ROME))).decode().splitlines()
    assert f"DTSTART:{begins}" in lines
    assert f"DTEND:{ends}" in lines


def test_a_day_without_an_hour_is_a_whole_day_on_which_nobody_is_busy() -> None:
    lines = file(entry(date(2026, 12, 31))).decode().splitlines()
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert "TRANSP:TRANSPARENT" in lines


def test_a_later_file_replaces_the_date_of_an_earlier_one() -> None:
    (before,) = read(entry())
    (after,) = read(entry(changed=CHANGED + timedelta(seconds=1)))
    assert before["uid"] == after["uid"] == "training.1@mentoring-dashboard"
    assert after["sequence"] == before["sequence"] + 1
    assert after["last-modified"].dt == after["dtstamp"].dt == datetime(2026, 10, 1, 9, 30, 16, tzinfo=UTC)


def test_the_same_dates_give_the_same_bytes() -> None:
    assert file(entry()) == file(entry())


def test_a_calendar_without_dates_can_be_read() -> None:
    calendar: Any = Calendar.from_ical(file())
    assert (calendar["version"], calendar["method"], str(calendar["x-wr-calname"])) == (
        "2.0",
        "PUBLISH",
        "Mentoring 2026/27",
    )
    assert read() == []
