"""The speed date: who comes, and what the ballots say."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from core.demo.ballots import ballot
from core.demo.chance import happens
from core.demo.dates import end_of
from core.demo.taxonomy import taxonomy
from core.people.rules import Side
from core.speeddate.actions import check_in, number_mentors, save_ballot
from core.store import database
from core.store.clock import ROME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.demo.applications import Applicant
    from core.demo.story import Scene, Story
    from core.speeddate.rules import Wishes

EARLY, LATE, SLOT = -15, 25, 5
"""When people arrive, in minutes from the beginning; they are noted every five minutes."""
ON_THE_DAY = 0.33


def begins(story: Story) -> datetime:
    """The beginning of the speed date."""
    return datetime.combine(story.year.speed_date, story.year.starts_at, tzinfo=ROME)


def speed_date(story: Story) -> Iterator[Scene]:
    """The mentors get their numbers the day before; whoever comes is noted at the door."""
    if not story.taking_part(Side.MENTOR):
        return
    yield begins(story) - timedelta(hours=20), partial(_number, story)
    arrived: defaultdict[int, list[int]] = defaultdict(list)
    for side in Side:
        for application, who in story.taking_part(side).items():
            if not stays_away(story, side, who):
                minutes = story.lots("arrives", who.person.mail).randrange(EARLY, LATE, SLOT)
                arrived[minutes].append(application)
    for minutes, people in arrived.items():
        yield begins(story) + timedelta(minutes=minutes), partial(_check_in, story, people)


def stays_away(story: Story, side: Side, who: Applicant) -> bool:
    """Whether a participant does not come."""
    return happens(story.lots("away", who.person.mail), taxonomy().distributions.withdrawals.no_show_event[side])


def _number(story: Story, at: datetime) -> None:
    with database.writing() as session:
        number_mentors(session, edition_id=story.edition_id, by=story.team["helper"], at=at)


def _check_in(story: Story, people: list[int], at: datetime) -> None:
    with database.writing() as session:
        check_in(session, edition_id=story.edition_id, applications=people, by=story.team["helper"], at=at)


def ballots(story: Story) -> Iterator[Scene]:
    """A third of the ballots come in on the day, the others until they close; some never."""
    mentors = story.taking_part(Side.MENTOR)
    share = taxonomy().distributions.ballots.mentee_submit
    for application, who in story.taking_part(Side.MENTEE).items():
        rng = story.lots("ballot", who.person.mail)
        if mentors and happens(rng, share) and not stays_away(story, Side.MENTEE, who):
            wishes = ballot(rng, who, mentors)
            at = begins(story) + timedelta(minutes=rng.randrange(12, 58))
            if not happens(rng, ON_THE_DAY):
                at = _later(story, rng.random())
            yield at, partial(_save, story, application, wishes)


def _later(story: Story, share: float) -> datetime:
    first, last = begins(story) + timedelta(hours=3), end_of(story.year.ballots_close_on)
    return (first + share * (last - first)).replace(second=0, microsecond=0)


def _save(story: Story, application: int, wishes: Wishes, at: datetime) -> None:
    by = story.team["coordinator" if wishes.vetoes else "helper"]
    with database.writing() as session:
        save_ballot(session, edition_id=story.edition_id, mentee=application, wishes=wishes, seen=0, by=by, at=at)
