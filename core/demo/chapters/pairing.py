"""The coordinator binds two people, keeps two others apart, and publishes the pairs."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from core.demo.dates import moment
from core.matching import queries
from core.matching.actions import lock, publish
from core.matching.gathering import instance_of
from core.matching.proposal import proposed
from core.matching.rules import Infeasible, LockKind
from core.matching.solver import solve
from core.people.rules import Side
from core.store import database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.demo.story import Scene, Story
    from core.matching.gathering import Inputs

LEAST_RANKS = 2


def pairing(story: Story) -> Iterator[Scene]:
    """Two locks on the day after the ballots close, the publication some days later."""
    if story.taking_part(Side.MENTEE) and story.taking_part(Side.MENTOR):
        yield moment(story.year.ballots_close_on + timedelta(days=1), 10), partial(_locks, story)
        yield moment(story.year.published_on, 11), partial(_publish, story)


def _inputs(story: Story) -> Inputs:
    with database.reading() as session:
        return queries.inputs(session, story.edition_id, by=story.team["coordinator"])


def _locks(story: Story, at: datetime) -> None:
    """The first two with a second choice: one gets it, the other never."""
    wishes = sorted(_inputs(story).wishes.items())
    two = [(mentee, said.ranks[1][0]) for mentee, said in wishes if len(said.ranks) >= LEAST_RANKS]
    for number, ((mentee, mentor), kind) in enumerate(zip(two[:2], (LockKind.YES, LockKind.NEVER), strict=False)):
        with database.writing() as session:
            lock(
                session,
                edition_id=story.edition_id,
                mentee=mentee,
                mentor=mentor,
                kind=kind,
                by=story.team["coordinator"],
                at=at + timedelta(minutes=number),
            )


def _publish(story: Story, at: datetime) -> None:
    """What the page proposes is published, whole and unchanged."""
    inputs = _inputs(story)
    policy = inputs.settings.policy
    result = solve(instance_of(inputs), policy)
    if isinstance(result, Infeasible):
        raise TypeError("two locks of different people cannot contradict each other")
    seen = proposed(inputs, policy, result).fingerprint
    with database.writing() as session:
        publish(session, edition_id=story.edition_id, policy=policy, seen=seen, by=story.team["coordinator"], at=at)
