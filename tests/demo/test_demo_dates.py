"""The demo's calendar: whatever day it is, today lies in the phase that is shown."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from core.demo.dates import Calendar, Until, calendar, closed_between, year_before
from core.demo.taxonomy import taxonomy
from core.speeddate.rules import Settings as SpeedDate
from core.speeddate.rules import Window, window

DAYS = [
    date(2028, 2, 29),
    date(2027, 1, 1),
    date(2026, 12, 31),
    date(2026, 8, 15),
    date(2027, 3, 28),
    date(2026, 10, 25),
]
HOURS = (0, 12, 22)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def within(until: Until, year: Calendar, today: date) -> bool:
    return {
        Until.INTAKE: year.opens_on < today < year.closes_on,
        Until.SELECTION: year.closes_on < today < year.decided_on,
        Until.TRAINING: year.mentor_session_1 < today < year.mentor_session_3,
        Until.SPEEDDATE: today == year.speed_date,
        Until.MATCHING: year.ballots_close_on < today < year.published_on,
        Until.MENTORING: year.first_day < today < year.last_day,
        Until.END: year.last_day < today,
    }[until]


@pytest.mark.parametrize("until", Until)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_today_lies_in_the_phase_that_is_shown(until: Until, day: date) -> None:
    assert within(until, calendar(until, noon(day)), day)


@pytest.mark.parametrize("until", Until)
def test_today_lies_in_the_phase_on_every_day_of_four_years(until: Until) -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(4 * 365 + 1)]
    assert [day for day in days if not within(until, calendar(until, noon(day)), day)] == []


@pytest.mark.parametrize("until", Until)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_last_year_is_over_and_both_years_have_valid_settings(until: Until, day: date) -> None:
    this = calendar(until, noon(day))
    before = this.a_year_before()
    assert before.year == this.year - 1
    assert before.last_day < day
    assert [len(year.settings(taxonomy().offered)) for year in (this, before)] == [6, 6]


@pytest.mark.parametrize("hour", HOURS)
def test_on_the_day_of_the_speed_date_ballots_are_being_taken(hour: int) -> None:
    now = datetime(2026, 6, 3, hour, 30, tzinfo=UTC)
    (settings,) = [one for one in calendar(Until.SPEEDDATE, now).settings(("A",)) if isinstance(one, SpeedDate)]
    assert window(settings, now) is Window.OPEN


def test_a_year_before_the_29th_of_february_is_the_28th() -> None:
    assert year_before(date(2028, 2, 29)) == date(2027, 2, 28)
    assert year_before(date(2026, 12, 31)) == date(2025, 12, 31)


def test_holidays_are_those_of_the_months_in_which_pairs_meet() -> None:
    winter = closed_between(date(2026, 11, 1), date(2027, 4, 30))
    summer = closed_between(date(2026, 6, 1), date(2026, 11, 30))
    assert sorted((one.name, one.first) for one in winter) == [
        ("Natale", date(2026, 12, 24)),
        ("Pasqua", date(2027, 3, 25)),
    ]
    assert [one.name for one in summer] == ["Ferragosto"]
