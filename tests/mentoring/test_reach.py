"""Can a pair still reach the minimum? Held against a search that tries every calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.mentoring.reach import State, outlook
from core.mentoring.rules import ClosedPeriod, Settings, latest_first_meeting

YEAR = Settings.defaults(2026)
FIRST = date(2026, 11, 1)
SINCE = date(2026, 11, 5)


def stands(*held: date, today: date, rules: Settings = YEAR, ended: bool = False):
    return outlook(rules, held, since=SINCE, today=today, ended=ended)


def test_a_pair_that_has_not_met_in_november_is_on_track() -> None:
    found = stands(today=date(2026, 11, 20))
    assert (found.state, found.held, found.late) == (State.ON_TRACK, 0, False)
    assert found.due == date(2026, 12, 3)
    assert found.last_call == date(2027, 1, 15)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 12, 11), State.ON_TRACK),
        (date(2026, 12, 12), State.TIGHT),
        (date(2027, 1, 15), State.TIGHT),
        (date(2027, 1, 16), State.OUT_OF_REACH),
        (date(2027, 5, 1), State.OUT_OF_REACH),
    ],
)
def test_the_days_of_the_programme_by_which_the_first_meeting_must_be(today: date, state: State) -> None:
    assert latest_first_meeting(YEAR, every=28) == date(2026, 12, 11)
    assert latest_first_meeting(YEAR, every=21) == date(2027, 1, 15)
    assert stands(today=today).state is state


def test_the_minimum_once_reached_stays_reached() -> None:
    held = [FIRST + timedelta(days=21 * at) for at in range(6)]
    found = stands(*held, today=date(2027, 5, 9))
    assert (found.state, found.held, found.reachable, found.due, found.last_call) == (State.REACHED, 6, 6, None, None)


def test_a_pair_that_somebody_has_left_is_ended_whatever_it_could_reach() -> None:
    found = stands(date(2026, 11, 9), today=date(2026, 11, 20), ended=True)
    assert (found.state, found.held, found.reachable, found.late) == (State.ENDED, 1, 1, False)


def test_a_pair_is_late_the_day_after_the_usual_interval_has_passed() -> None:
    met = date(2026, 11, 9)
    assert stands(met, today=met + timedelta(days=28)).late is False
    assert stands(met, today=met + timedelta(days=29)).late is True


def test_a_day_that_falls_into_closed_days_moves_behind_them() -> None:
    found = stands(date(2026, 11, 28), today=date(2026, 12, 1))
    assert found.due == date(2027, 1, 7)


def test_the_last_call_lies_before_closed_days_not_in_them() -> None:
    rules = replace(YEAR, closed=(ClosedPeriod("x", date(2027, 1, 10), date(2027, 1, 20)),))
    assert stands(today=date(2026, 11, 20), rules=rules).last_call == date(2027, 1, 9)


# ---- Properties, on small calendars


@some.composite
def calendars(draw: some.DrawFn) -> tuple[Settings, list[date], date]:
    length = draw(some.integers(5, 40))
    starts = draw(some.lists(some.integers(0, length), max_size=2))
    closed = tuple(
        ClosedPeriod("x", FIRST + timedelta(days=at), FIRST + timedelta(days=at + draw(some.integers(0, 6))))
        for at in starts
    )
    gap = draw(some.integers(1, 6))
    rules = Settings(
        first_day=FIRST,
        last_day=FIRST + timedelta(days=length),
        closed=closed,
        least_meetings=draw(some.integers(1, 6)),
        most_meetings=30,
        least_days_between=gap,
        most_days_between=gap + draw(some.integers(0, 3)),
    )
    today = FIRST + timedelta(days=draw(some.integers(-3, length + 3)))
    held = sorted({FIRST + timedelta(days=one) for one in draw(some.lists(some.integers(0, length), max_size=3))})
    return rules, [day for day in held if day <= today], today


def most_by_trying(rules: Settings, first: date) -> int:
    """The most meetings from a day on, found by trying to meet, or not, on each day."""

    @cache
    def best(day: date) -> int:
        if day > rules.last_day:
            return 0
        rest = best(day + timedelta(days=1))
        closed = any(one.first <= day <= one.last for one in rules.closed)
        return rest if closed else max(rest, 1 + best(day + timedelta(days=rules.least_days_between)))

    return best(first)


@given(calendars())
def test_what_is_reachable_is_what_trying_every_calendar_finds(case: tuple[Settings, list[date], date]) -> None:
    rules, held, today = case
    found = outlook(rules, held, since=FIRST, today=today)
    first = max([today, rules.first_day, *(day + timedelta(days=rules.least_days_between) for day in held)])
    assert found.reachable == len(held) + most_by_trying(rules, first)


@given(calendars())
def test_meeting_on_the_last_call_keeps_the_minimum_within_reach_and_a_day_later_does_not(
    case: tuple[Settings, list[date], date],
) -> None:
    rules, held, today = case
    found = outlook(rules, held, since=FIRST, today=today)
    if found.last_call is None:
        return
    needed = rules.least_meetings - len(held)
    assert most_by_trying(rules, found.last_call) >= needed
    assert most_by_trying(rules, found.last_call + timedelta(days=1)) < needed


@given(calendars())
def test_a_day_that_passes_without_a_meeting_never_makes_it_better(case: tuple[Settings, list[date], date]) -> None:
    rules, held, today = case
    order = [State.ON_TRACK, State.TIGHT, State.OUT_OF_REACH]
    now, then = (outlook(rules, held, since=FIRST, today=day).state for day in (today, today + timedelta(days=1)))
    assert now is State.REACHED or order.index(now) <= order.index(then)
