"""What people answer: they take their places, mentees choose a training date, and both sides say whether they come."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from core.accounts.rules import Actor, ActorKind
from core.demo.chance import happens
from core.demo.chapters.event import stays_away
from core.demo.dates import moment
from core.intake.models import Application
from core.people.models import Person
from core.people.rules import Side
from core.selection.actions import answer_place
from core.speeddate.actions import reply
from core.speeddate.rules import Coming
from core.store import database
from core.training.actions import choose_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from core.demo.story import Scene, Story

TAKING, CHOOSING, REPLYING = 0.96, 0.9, 0.85
"""How many answer at all: the others are silent."""
REMOTE = 0.12
ANSWER_DAYS, CHOICE_DAYS, REPLY_DAYS = (1, 12), (13, 20), (3, 18)
"""In which days after the decision places are taken and dates chosen; how long before the speed date replies come."""


def places(story: Story) -> Iterator[Scene]:
    """Nearly all take the place that they were offered, within two weeks."""
    for side in Side:
        for application, who in story.taking_part(side).items():
            rng = story.lots("takes", who.person.mail)
            if happens(rng, TAKING):
                yield _after_decision(story, rng, ANSWER_DAYS), partial(answer, story, application, accepted=True)


def dates(story: Story) -> Iterator[Scene]:
    """Most mentees choose the session at which they will be."""
    for application, who in story.taking_part(Side.MENTEE).items():
        number, rng = session_of(story, who.person.mail), story.lots("chooses", who.person.mail)
        if happens(rng, CHOOSING):
            yield _after_decision(story, rng, CHOICE_DAYS), partial(_choose, story, application, number)


def session_of(story: Story, mail: str) -> int:
    """The training session at which a mentee will be, unless something comes between."""
    return story.lots("trained", mail).choice((1, 2))


def replies(story: Story) -> Iterator[Scene]:
    """Most say beforehand whether they come to the speed date; of those who stay away some say so."""
    for side in Side:
        for application, who in story.taking_part(side).items():
            rng = story.lots("replies", who.person.mail)
            day = story.year.speed_date - timedelta(days=rng.randint(*REPLY_DAYS))
            here = Coming.REMOTE if happens(rng, REMOTE) else Coming.IN_PERSON
            coming = Coming.NO if stays_away(story, side, who) else here
            if happens(rng, REPLYING):
                yield moment(day, rng.randrange(8, 23), rng.randrange(60)), partial(_reply, story, application, coming)


def answer(story: Story, application: int, at: datetime, *, accepted: bool) -> None:
    """Somebody takes or gives up the place by the link in the letter."""
    where = {"edition_id": story.edition_id, "application_id": application}
    with database.writing() as session:
        answer_place(session, **where, accepted=accepted, by=_person(application), at=at)


def _choose(story: Story, application: int, number: int, at: datetime) -> None:
    where = {"edition_id": story.edition_id, "application_id": application}
    with database.writing() as session:
        choose_date(session, **where, number=number, by=_person(application), at=at)


def _reply(story: Story, application: int, coming: Coming, at: datetime) -> None:
    where = {"edition_id": story.edition_id, "application_id": application}
    with database.writing() as session:
        reply(session, **where, coming=coming, by=_person(application), at=at)


def _person(application: int) -> Actor:
    """Whose application this is, as the record names whoever comes by a link."""
    with database.reading() as session:
        person = session.get_one(Person, session.get_one(Application, application).person_id)
        return Actor(ActorKind.LINK, person.spoken, person_id=person.id)


def _after_decision(story: Story, rng: Random, days: tuple[int, int]) -> datetime:
    day = story.year.decided_on + timedelta(days=rng.randint(*days))
    return moment(day, rng.randrange(8, 23), rng.randrange(60))
