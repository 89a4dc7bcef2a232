"""How a pair's months go: when they meet, how, for how long, and when somebody hears of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from core.demo.chance import from_bell, happens, one_of
from core.demo.dates import moment
from core.demo.taxonomy import taxonomy
from core.mentoring.rules import Report, Way

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from core.mentoring.rules import Settings

STALLED_AFTER, FADING_BY, FADING_TO = 2, 1.5, 4
LATE_START = (50, 80)
PLACES = ("Milano", "In ateneo", "In azienda", "Bar in zona Statale")


class Course(StrEnum):
    """How it goes with a pair."""

    STEADY = "steady"
    LATE_STARTER = "late_starter"
    FADING = "fading"
    STALLED = "stalled_after_2"
    ENDED_EARLY = "ended_early"
    SILENT = "silent"
    """They never meet."""


@dataclass(frozen=True, slots=True)
class Met:
    """One meeting, and when it was entered."""

    report: Report
    entered_at: datetime

    @property
    def held_on(self) -> date:
        """The day of the meeting."""
        return self.report.held_on


def course(rng: Random) -> Course:
    """Draw how it goes with a pair."""
    return Course(one_of(rng, taxonomy().distributions.meetings.pair_profiles))


def meetings(rng: Random, how: Course, season: Settings) -> list[Met]:
    """The meetings of a pair in these months, none on closed days and none after the last day."""
    days = [day for day in _days(rng, how, season) if day <= season.last_day]
    return [_met(rng, day, number) for number, day in enumerate(days)]


def in_one_evening(met: Sequence[Met]) -> list[Met]:
    """The same meetings, all entered at once, on the day after the last one."""
    if not met:
        return []
    at = moment(met[-1].held_on + timedelta(days=1), 21)
    return [replace(one, entered_at=at + timedelta(minutes=number)) for number, one in enumerate(met)]


def _days(rng: Random, how: Course, season: Settings) -> list[date]:
    spread = taxonomy().distributions.meetings
    wanted = {Course.STALLED: STALLED_AFTER, Course.ENDED_EARLY: rng.randint(1, 3), Course.SILENT: 0}
    wanted[Course.FADING] = FADING_TO
    first = rng.randint(*LATE_START) if how is Course.LATE_STARTER else max(1, from_bell(rng, spread.first_within_days))
    day = _open_day(season.first_day + timedelta(days=round(first)), season)
    found: list[date] = []
    for number in range(wanted.get(how, rng.randint(*spread.target))):
        found.append(day)
        gap = from_bell(rng, spread.gap_days) * (FADING_BY**number if how is Course.FADING else 1)
        day = _open_day(day + timedelta(days=round(min(gap, spread.gap_days.max))), season)
    return found


def _open_day(day: date, season: Settings) -> date:
    for period in season.closed:
        if period.first <= day <= period.last:
            return period.last + timedelta(days=1)
    return day


def _met(rng: Random, day: date, number: int) -> Met:
    spread = taxonomy().distributions.meetings
    way = Way(one_of(rng, spread.mode))
    late = rng.randint(8, 21) if happens(rng, spread.logged_late_share) else rng.randint(0, 2)
    agenda = taxonomy().topics.meeting_agenda
    report = Report(
        held_on=day,
        minutes=int(one_of(rng, spread.duration_min)),
        way=way,
        place=rng.choice(PLACES) if way is Way.IN_PERSON else "",
        note=agenda[min(number, len(agenda) - 1)][0] if happens(rng, 0.5) else "",
    )
    return Met(report, moment(day + timedelta(days=late), 20, rng.randrange(60)))
