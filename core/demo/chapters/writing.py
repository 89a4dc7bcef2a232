"""The coordinator writes to people: outcomes, invitations and pairs, read in batches and sent by a mail merge."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from core.demo.dates import moment
from core.demo.story import shortly
from core.messages import queries as messages
from core.messages.actions import approve, mark_sent, prepare
from core.messages.rules import READ_AT_ONCE, Channel, Occasion, Part
from core.office import queries as office
from core.store import database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from core.demo.story import Scene, Story

OUTCOMES = (
    Occasion.SELECTED_MENTEE,
    Occasion.SELECTED_MENTOR,
    Occasion.WAITING,
    Occasion.NOT_SELECTED_MENTEE,
    Occasion.NOT_SELECTED_MENTOR,
)


def outcomes(story: Story) -> Iterator[Scene]:
    """Everybody hears the outcome on the day of the decision."""
    yield from _letters(story, story.year.decided_on, OUTCOMES)


def invitations(story: Story) -> Iterator[Scene]:
    """Mentors are invited to their training, and everybody to the speed date."""
    yield from _letters(story, story.year.mentor_session_1 - timedelta(days=7), (Occasion.TRAINING_MENTOR,))
    yield from _letters(story, story.year.speed_date - timedelta(days=20), (Occasion.SPEED_DATE,))


def pairs(story: Story) -> Iterator[Scene]:
    """Both sides of each pair hear of each other on the day after the publication."""
    days = story.year.published_on + timedelta(days=1)
    yield from _letters(story, days, (Occasion.PAIRED_MENTEE, Occasion.PAIRED_MENTOR))


def _letters(story: Story, day: date, occasions: tuple[Occasion, ...]) -> Iterator[Scene]:
    """One letter after another, where the programme has an address to which their links can lead."""
    if database.current().config.public_url:
        for number, occasion in enumerate(occasions):
            yield moment(day, 15) + timedelta(minutes=20 * number), partial(_write, story, occasion)


def _write(story: Story, occasion: Occasion, at: datetime) -> None:
    edition, by, settings = story.edition_id, story.team["coordinator"], database.current().config
    today = at.date()
    with database.reading() as session:
        listed = office.recipients(session, edition, occasion, today=today, by=by)
        ends = office.links_end(session, edition, today=today, by=by)
    waiting = [one.recipient for one in listed if one.waits]
    if not waiting:
        return
    with database.writing() as session:
        prepare(
            session,
            edition_id=edition,
            occasion=occasion,
            recipients=waiting,
            settings=settings,
            links_until=ends,
            by=by,
            at=at,
        )
    _send(story, occasion, shortly(at, 1))


def _send(story: Story, occasion: Occasion, at: datetime) -> None:
    """Read and approve the drafts in batches, then take them all to the mail merge."""
    edition, by, settings = story.edition_id, story.team["coordinator"], database.current().config
    with database.reading() as session:
        drafts = messages.found(session, edition, part=Part.TO_READ, occasion=occasion, by=by)
        shown = messages.in_full(session, edition, messages=drafts, settings=settings, by=by)
    for first in range(0, len(shown), READ_AT_ONCE):
        seen = {one.id: one.fingerprint for one in shown[first : first + READ_AT_ONCE]}
        with database.writing() as session:
            approve(
                session, edition_id=edition, seen=seen, settings=settings, by=by, at=shortly(at, first // READ_AT_ONCE)
            )
    with database.writing() as session:
        mark_sent(session, edition_id=edition, messages=drafts, channel=Channel.MERGE, by=by, at=shortly(at, 9))
