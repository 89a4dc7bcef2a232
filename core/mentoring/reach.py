"""Can a pair still reach the minimum of meetings? Computed from today, the months of the edition and its closed days.

Earliest first: with a least gap between two meetings, and days on which nobody meets, taking the earliest day that
is allowed each time lets the most meetings fit (an exchange argument: moving any meeting to that day hinders no later
one). Backwards from the last day, the same gives the latest day on which the next one can still be held.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.mentoring.rules import Settings


class State(StrEnum):
    """How a pair stands to the minimum of meetings."""

    REACHED = "reached"
    ON_TRACK = "on_track"
    """At the usual interval the minimum will be reached."""
    TIGHT = "tight"
    """Only with shorter intervals than usual."""
    OUT_OF_REACH = "out_of_reach"
    """Not even with the shortest interval between two meetings."""
    ENDED = "ended"
    """One of the two has left."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where a pair stands: meetings held and still to be had, and the days that matter.

    `reachable` counts the meetings held and those that still fit. `due` is the day by which the next one is usual, or
    needed; `late` that it has passed. `last_call` is the last day on which the next meeting keeps the minimum within
    reach. All three stay empty where no further meeting is needed or none can help.
    """

    state: State
    held: int
    reachable: int
    due: date | None = None
    late: bool = False
    last_call: date | None = None


def outlook(settings: Settings, held: Sequence[date], *, since: date, today: date, ended: bool = False) -> Outlook:
    """How a pair that exists `since` a day, and has met on the days `held`, stands on the day `today`."""
    count = len(held)
    if ended:
        return Outlook(State.ENDED, count, count)
    fast = count + len(_fitting(settings, _from(settings, held, settings.least_days_between, today), fast=True))
    if count >= settings.least_meetings:
        return Outlook(State.REACHED, count, fast)
    if fast < settings.least_meetings:
        return Outlook(State.OUT_OF_REACH, count, fast)
    usual = count + len(_fitting(settings, _from(settings, held, settings.most_days_between, today), fast=False))
    last = max(held, default=max(since, settings.first_day))
    last_call = _last_call(settings, settings.least_meetings - count)
    due = min(last_call, _open_from(settings, last + timedelta(days=settings.most_days_between)))
    return Outlook(
        state=State.ON_TRACK if usual >= settings.least_meetings else State.TIGHT,
        held=count,
        reachable=fast,
        due=due,
        late=today > due,
        last_call=last_call,
    )


def _from(settings: Settings, held: Sequence[date], gap: int, today: date) -> date:
    """The first day on which the next meeting can be."""
    after = [max(held) + timedelta(days=gap)] if held else []
    return max(today, settings.first_day, *after)


def _fitting(settings: Settings, first: date, *, fast: bool) -> list[date]:
    """The days of as many meetings as fit from a day on, at the shortest interval or at the usual one."""
    gap = timedelta(days=settings.least_days_between if fast else settings.most_days_between)
    days: list[date] = []
    day = _open_from(settings, first)
    while day <= settings.last_day:
        days.append(day)
        day = _open_from(settings, day + gap)
    return days


def _last_call(settings: Settings, needed: int) -> date:
    """The latest day for the first of so many meetings, at the shortest interval."""
    day = _open_until(settings, settings.last_day)
    for _ in range(needed - 1):
        day = _open_until(settings, day - timedelta(days=settings.least_days_between))
    return day


def _open_from(settings: Settings, day: date) -> date:
    """The day itself, or the first one after the closed days that it lies in."""
    for period in sorted(settings.closed, key=lambda one: one.first):
        if period.first <= day <= period.last:
            day = period.last + timedelta(days=1)
    return day


def _open_until(settings: Settings, day: date) -> date:
    """The day itself, or the last one before the closed days that it lies in."""
    for period in sorted(settings.closed, key=lambda one: one.last, reverse=True):
        if period.first <= day <= period.last:
            day = period.first - timedelta(days=1)
    return day
