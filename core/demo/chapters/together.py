"""The months in which pairs meet; one never does, one tells of all its meetings in a single evening."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from core.demo.chapters.choosing import leave
from core.demo.dates import closed_between, end_of, moment
from core.demo.meetings import Course, course, in_one_evening, meetings
from core.mentoring.actions import log
from core.mentoring.rules import Settings
from core.mentoring.tally import tallies
from core.office.actions import close_edition
from core.store import database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.demo.meetings import Met
    from core.demo.story import Scene, Story

CLOSED_AFTER = 45
"""Days after the last meetings."""


def together(story: Story) -> Iterator[Scene]:
    """Meetings are entered soon or late; a pair that ends early has somebody withdraw."""
    year = story.year
    season = Settings(year.first_day, year.last_day, closed_between(year.first_day, year.last_day))
    with database.reading() as session:
        pairs = tallies(session, story.edition_id)
    rare = story.lots("rare pairs").sample(sorted(pairs), min(2, len(pairs)))
    for pair, who in sorted(pairs.items()):
        rng = story.lots("pair", pair)
        how = Course.SILENT if pair == rare[0] else Course.STEADY if pair in rare else course(rng)
        met = meetings(rng, how, season)
        for one in in_one_evening(met) if pair == rare[-1] else met:
            yield min(one.entered_at, end_of(year.last_day)), partial(_enter, story, pair, one)
        if how is Course.ENDED_EARLY and met:
            leaving = who.mentor_id if rng.random() < 0.4 else who.mentee_id  # noqa: PLR2004 - mentees leave more often
            yield moment(met[-1].held_on + timedelta(days=15), 11), partial(leave, story, leaving)


def _enter(story: Story, pair: int, met: Met, at: datetime) -> None:
    with database.writing() as session:
        log(session, edition_id=story.edition_id, pair_id=pair, report=met.report, by=story.team["coordinator"], at=at)


def closing(story: Story) -> Iterator[Scene]:
    """Some days after the last one the coordinator closes the edition."""
    yield moment(story.year.last_day + timedelta(days=CLOSED_AFTER), 10), partial(_close, story)


def _close(story: Story, at: datetime) -> None:
    with database.writing() as session:
        close_edition(session, edition_id=story.edition_id, by=story.team["coordinator"], at=at)
