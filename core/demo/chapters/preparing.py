"""Mentors say whether they may be thanked by name; both sides are trained."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from core.demo.chance import happens
from core.demo.chapters.answering import session_of
from core.demo.dates import moment
from core.demo.story import shortly
from core.demo.taxonomy import taxonomy
from core.intake.queries import opened
from core.people.actions import give_consent
from core.people.rules import ConsentKind, Side
from core.store import database
from core.training.actions import tick

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.demo.story import Scene, Story

CONSENTING = 0.8


def consents(story: Story) -> Iterator[Scene]:
    """Most new mentors agree to be thanked by name on the website; who has agreed once has agreed."""
    first = moment(story.year.decided_on + timedelta(days=3), 10)
    people = [one for one in story.taking_part(Side.MENTOR).items() if one[1].person.mail not in story.people.back]
    for number, (application, who) in enumerate(people):
        if happens(story.lots("consent", who.person.mail), CONSENTING):
            yield shortly(first, number), partial(_consent, story, application)


def _consent(story: Story, application: int, at: datetime) -> None:
    by = story.team["coordinator"]
    with database.writing() as session:
        person = opened(session, application, by=by).application.person_id
        give_consent(session, [person], kind=ConsentKind.ACKNOWLEDGEMENT, by=by, at=at)


def training(story: Story) -> Iterator[Scene]:
    """In the evening of each session the coordinator notes who was there."""
    year = story.year
    for number, day in enumerate((year.mentor_session_1, year.mentor_session_2, year.mentor_session_3), 1):
        yield moment(day, 20, 15), partial(_of_mentors, story, number)
    for number, day in enumerate((year.mentee_session_1, year.mentee_session_2), 1):
        yield moment(day, 16, 15), partial(_of_mentees, story, number)


def _of_mentors(story: Story, number: int, at: datetime) -> None:
    share = taxonomy().distributions.attendance.mentor_session[number - 1]
    people = story.taking_part(Side.MENTOR).items()
    there = [one for one, who in people if happens(story.lots("trained", number, who.person.mail), share)]
    _tick(story, number, there, at)


def _of_mentees(story: Story, number: int, at: datetime) -> None:
    """Mentees come to one of the two sessions."""
    share = taxonomy().distributions.attendance.mentee_session
    there: list[int] = []
    for application, who in story.taking_part(Side.MENTEE).items():
        came = happens(story.lots("came", who.person.mail), share)
        if came and session_of(story, who.person.mail) == number:
            there.append(application)
    _tick(story, number, there, at)


def _tick(story: Story, number: int, there: list[int], at: datetime) -> None:
    if there:
        added = {(application, number) for application in there}
        by = story.team["coordinator"]
        with database.writing() as session:
            tick(session, edition_id=story.edition_id, added=added, removed=set(), by=by, at=at)
