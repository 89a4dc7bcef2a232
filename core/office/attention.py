"""What wants attention in each phase: counts of the phases' own queries, as far as the person may ask them.

Not guarded: the query that asks gives each person what the own rights include.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from core.accounts.rules import Actor, Right
from core.certificates import queries as certificates
from core.intake import queries as intake
from core.learning import queries as learning
from core.matching import queries as matching
from core.mentoring import queries as mentoring
from core.mentoring.reach import State
from core.office.phases import Phase
from core.people import queries as people
from core.people.rules import Side
from core.selection import queries as selection
from core.speeddate import queries as speeddate
from core.store.clock import ROME
from core.training import queries as training

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sqlmodel import Session

LATELY = timedelta(days=30)
WEEK = timedelta(days=7)
MOST = 3
"""So many counts are shown; the others wait."""


class Matter(StrEnum):
    """What is counted."""

    RESOURCES = "resources"
    MENTEES_APPLIED = "mentees_applied"
    MENTORS_APPLIED = "mentors_applied"
    APPLIED_LATELY = "applied_lately"
    MY_REVIEWS = "my_reviews"
    REVIEWS_MISSING = "reviews_missing"
    UNDECIDED_MENTEES = "undecided_mentees"
    UNDECIDED_MENTORS = "undecided_mentors"
    MENTEES_UNTRAINED = "mentees_untrained"
    MENTORS_UNTRAINED = "mentors_untrained"
    ARRIVED = "arrived"
    ABSENT = "absent"
    BALLOTS_MISSING = "ballots_missing"
    MENTEES_TO_PAIR = "mentees_to_pair"
    MENTORS_TO_PAIR = "mentors_to_pair"
    PAIRS_LATE = "pairs_late"
    PAIRS_AT_RISK = "pairs_at_risk"
    MEETINGS_LATELY = "meetings_lately"
    CERTIFICATES_EARNED = "certificates_earned"
    PAIRS_BELOW = "pairs_below"
    TO_THANK = "to_thank"
    PAIRS = "pairs"
    CORRECTIONS = "corrections"
    """Of contact data, asked for by the people themselves: in any phase, and only while some wait."""


class Asked(NamedTuple):
    """Who asks, about which edition, when."""

    session: Session
    edition_id: int
    by: Actor
    at: datetime


Counted = tuple[Matter, int]


def matters(phase: Phase, asked: Asked) -> list[Counted]:
    """At most three counts of this phase, those of one's own rights only."""
    waiting = list(_corrections(asked))
    return [*list(OF_PHASE[phase](asked))[: MOST - len(waiting)], *waiting]


def _corrections(asked: Asked) -> Iterator[Counted]:
    if asked.by.may(Right.APPLICANTS) and (changes := people.contact_changes(asked.session, by=asked.by)):
        yield Matter.CORRECTIONS, len(changes)


def _applications(asked: Asked) -> Iterator[Counted]:
    if asked.by.may(Right.APPLICANTS):
        counts = intake.counts(asked.session, asked.edition_id, by=asked.by)
        yield Matter.MENTEES_APPLIED, counts[Side.MENTEE]
        yield Matter.MENTORS_APPLIED, counts[Side.MENTOR]


def _preparation(asked: Asked) -> Iterator[Counted]:
    yield from _applications(asked)
    yield from _resources(asked)


def _resources(asked: Asked) -> Iterator[Counted]:
    if asked.by.may(Right.LEARNING):
        yield Matter.RESOURCES, len(learning.resources(asked.session, asked.edition_id, by=asked.by))


def _intake(asked: Asked) -> Iterator[Counted]:
    yield from _applications(asked)
    if asked.by.may(Right.APPLICANTS):
        since = asked.at - WEEK
        yield Matter.APPLIED_LATELY, intake.applied_since(asked.session, asked.edition_id, since=since, by=asked.by)


def _selection(asked: Asked) -> Iterator[Counted]:
    if asked.by.may(Right.SCORE):
        queues = [selection.queue(asked.session, asked.edition_id, side=side, by=asked.by) for side in Side]
        yield Matter.MY_REVIEWS, sum(len(one.waiting) for one in queues)
    if asked.by.may(Right.DECIDE):
        counts = selection.counts(asked.session, asked.edition_id, by=asked.by)
        if not asked.by.may(Right.SCORE):
            yield Matter.REVIEWS_MISSING, sum(one.reviews_wanted - one.reviews_given for one in counts.values())
        yield Matter.UNDECIDED_MENTEES, counts[Side.MENTEE].undecided
        yield Matter.UNDECIDED_MENTORS, counts[Side.MENTOR].undecided


def _training(asked: Asked) -> Iterator[Counted]:
    if asked.by.may(Right.TRAINING):
        for side, matter in ((Side.MENTEE, Matter.MENTEES_UNTRAINED), (Side.MENTOR, Matter.MENTORS_UNTRAINED)):
            roll = training.attendance(asked.session, asked.edition_id, side=side, by=asked.by)
            yield matter, sum(not one.completed for one in roll.people)
    yield from _resources(asked)


def _speed_date(asked: Asked) -> Iterator[Counted]:
    if asked.by.may(Right.CHECK_IN):
        people = speeddate.arrivals(asked.session, asked.edition_id, by=asked.by)
        arrived = sum(one.at is not None for one in people)
        yield Matter.ARRIVED, arrived
        yield Matter.ABSENT, len(people) - arrived
    yield from _ballots(asked)


def _ballots(asked: Asked) -> Iterator[Counted]:
    if asked.by.may(Right.BALLOTS):
        ballots = speeddate.ballots(asked.session, asked.edition_id, by=asked.by)
        yield Matter.BALLOTS_MISSING, sum(one.wishes is None for one in ballots)


def _matching(asked: Asked) -> Iterator[Counted]:
    yield from _ballots(asked)
    if asked.by.may(Right.MATCH):
        inputs = matching.inputs(asked.session, asked.edition_id, by=asked.by)
        yield Matter.MENTEES_TO_PAIR, len(inputs.mentees)
        yield Matter.MENTORS_TO_PAIR, len(inputs.mentors)


def _mentoring(asked: Asked) -> Iterator[Counted]:
    if asked.by.may(Right.MEETINGS):
        today = asked.at.astimezone(ROME).date()
        pairs = mentoring.followed(asked.session, asked.edition_id, today=today, by=asked.by)
        risk = {State.TIGHT, State.OUT_OF_REACH}
        yield Matter.PAIRS_LATE, sum(one.outlook.late for one in pairs)
        yield Matter.PAIRS_AT_RISK, sum(one.outlook.state in risk for one in pairs)
        yield Matter.MEETINGS_LATELY, sum(met.on > today - LATELY for one in pairs for met in one.meetings)


def _certificates(asked: Asked) -> Iterator[Counted]:
    if asked.by.may(Right.CERTIFICATES):
        people = certificates.standings(asked.session, asked.edition_id, by=asked.by)
        yield Matter.CERTIFICATES_EARNED, sum(one.earned for one in people)
    if asked.by.may(Right.MEETINGS):
        today = asked.at.astimezone(ROME).date()
        pairs = mentoring.followed(asked.session, asked.edition_id, today=today, by=asked.by)
        yield Matter.PAIRS_BELOW, sum(one.outlook.state is State.OUT_OF_REACH for one in pairs)
    if asked.by.may(Right.CERTIFICATES):
        thanked = certificates.thanks(asked.session, asked.edition_id, by=asked.by)
        yield Matter.TO_THANK, sum(one.consents for one in thanked)


def _closed(asked: Asked) -> Iterator[Counted]:
    yield from _applications(asked)
    if asked.by.may(Right.PAIRS):
        yield Matter.PAIRS, matching.progress(asked.session, asked.edition_id, by=asked.by).pairs


OF_PHASE: dict[Phase, Callable[[Asked], Iterator[Counted]]] = {
    Phase.PREPARATION: _preparation,
    Phase.INTAKE: _intake,
    Phase.SELECTION: _selection,
    Phase.TRAINING: _training,
    Phase.SPEED_DATE: _speed_date,
    Phase.MATCHING: _matching,
    Phase.MENTORING: _mentoring,
    Phase.CERTIFICATES: _certificates,
    Phase.CLOSED: _closed,
}
