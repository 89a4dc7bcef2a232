"""The edition is set up, and applications arrive."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from core.demo.dates import moment
from core.demo.form import export
from core.demo.taxonomy import resources, taxonomy
from core.edition import actions as editions
from core.edition.queries import settings_with_version
from core.intake.actions import take_over
from core.intake.queries import preview
from core.intake.reading import guess_mapping, open_table, read_rows
from core.learning.actions import add
from core.learning.queries import resources as listed
from core.people.rules import Side
from core.store import database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from core.demo.story import Scene, Story
    from core.edition.queries import Defaults
    from core.intake.reading.results import Row
    from core.learning.rules import Draft

IMPORTS = (25, 50, 68, 76, 78)
"""On which days the office takes an export over, counted from the first one; the last for those who were late."""


def opening(story: Story) -> Iterator[Scene]:
    """The coordinator sets the dates and the sectors."""
    first = moment(story.year.opens_on - timedelta(days=7), 11)
    for number, settings in enumerate(story.year.settings(taxonomy().offered)):
        yield first + timedelta(minutes=5 * number), partial(_set, story, settings)


def _set(story: Story, settings: Defaults, at: datetime) -> None:
    by = story.team["admin"]
    with database.writing() as session:
        seen = settings_with_version(session, story.edition_id, type(settings), by=by)[1]
        editions.save_settings(session, edition_id=story.edition_id, settings=settings, seen=seen, by=by, at=at)


def materials(story: Story) -> Iterator[Scene]:
    """The first edition fills the self-learning area; the next one takes it over from there."""
    with database.reading() as session:
        if listed(session, story.edition_id, by=story.team["coordinator"]):
            return
    first = moment(story.year.opens_on + timedelta(days=3), 15)
    for number, draft in enumerate(resources()):
        yield first + timedelta(minutes=9 * number), partial(_offer, story, draft)


def _offer(story: Story, draft: Draft, at: datetime) -> None:
    with database.writing() as session:
        add(session, edition_id=story.edition_id, draft=draft, by=story.team["coordinator"], at=at)


def applications(story: Story) -> Iterator[Scene]:
    """Every few weeks the form's new answers are taken over, one file for each side."""
    opens = moment(story.year.opens_on, 0)
    for after, at in pairwise([opens, *(_morning(story.year.opens_on, days) for days in IMPORTS)]):
        for number, side in enumerate(Side):
            yield at + timedelta(minutes=10 * number), partial(_import, story, side, after, at)


def _morning(opens: date, days: int) -> datetime:
    return moment(opens + timedelta(days=days), 9, 30)


def _import(story: Story, side: Side, after: datetime, until: datetime, at: datetime) -> None:
    new = [one for one in story.people.of(side) if after < one.sent_at <= until]
    if not new:
        return
    rows, by = read(export(new, side), side), story.team["coordinator"]
    with database.reading() as session:
        seen = preview(session, story.edition_id, side=side, rows=rows, by=by).digest
    with database.writing() as session:
        take_over(session, edition_id=story.edition_id, side=side, rows=rows, seen=seen, by=by, at=at)


def read(file: bytes, side: Side) -> tuple[Row, ...]:
    """The rows of an export, read as the page reads them."""
    table = open_table(file, "candidature.csv")
    sectors = taxonomy().offered
    options = {"sectors": sectors, "sector": sectors}
    return read_rows(table, side, guess_mapping(table, side), options=options).rows
