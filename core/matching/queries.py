"""What decides the pairs, and the pairs that were published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from core.accounts.guard import query
from core.accounts.models import Account
from core.accounts.rules import Actor, Right
from core.edition import queries as editions
from core.intake.models import Application
from core.matching.gathering import HeldLock, Inputs
from core.matching.models import Lock, Pair, Publication
from core.matching.paired import paired
from core.matching.proposal import Counts
from core.matching.rules import Policy, Settings
from core.people.models import Person
from core.people.names import search_key
from core.people.rules import Side
from core.selection.participants import participants
from core.speeddate.wishes import wishes

if TYPE_CHECKING:
    from datetime import datetime

OF_MENTEE, OF_MENTOR, MENTEE, MENTOR = aliased(Application), aliased(Application), aliased(Person), aliased(Person)
LOCKS = (
    sa.select(
        col(Lock.id),
        col(Lock.mentee_id),
        col(Lock.mentor_id),
        col(Lock.kind),
        sa.func.trim(col(MENTEE.last_name) + " " + MENTEE.first_name),
        sa.func.trim(col(MENTOR.last_name) + " " + MENTOR.first_name),
    )
    .join(OF_MENTEE, col(OF_MENTEE.id) == Lock.mentee_id)
    .join(OF_MENTOR, col(OF_MENTOR.id) == Lock.mentor_id)
    .join(MENTEE, col(MENTEE.id) == OF_MENTEE.person_id)
    .join(MENTOR, col(MENTOR.id) == OF_MENTOR.person_id)
    .where(col(Lock.edition_id) == sa.bindparam("edition"))
    .order_by(MENTEE.search_key, MENTOR.search_key)
)
"""In the order of a held lock's fields; put together once, which costs more than asking it."""

PUBLISHED = (
    sa.select(sa.func.count(col(Pair.id)), sa.func.max(col(Publication.published_at)))
    .select_from(Publication)
    .outerjoin(Pair, col(Pair.publication_id) == Publication.id)
    .where(col(Publication.edition_id) == sa.bindparam("edition"))
)


@dataclass(frozen=True, slots=True)
class Published:
    """How the pairs of an edition came about."""

    policy: Policy
    seed: int
    counts: Counts
    inputs: str
    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class PublishedPair:
    """A pair with both names as lists show them, and both addresses."""

    mentee: str
    mentee_mail: str
    mentor: str
    mentor_mail: str
    rank: int | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How many pairs were published, and when; no moment while none are."""

    pairs: int
    at: datetime | None


@query(Right.MATCH)
def inputs(session: Session, edition_id: int, *, by: Actor) -> Inputs:
    """Everything that decides the pairs at this moment."""
    return Inputs(
        mentees=tuple(participants(session, edition_id, Side.MENTEE)),
        mentors=tuple(participants(session, edition_id, Side.MENTOR)),
        wishes=wishes(session, edition_id),
        locks=_locks(session, edition_id),
        settings=editions.settings(session, edition_id, Settings, by=by),
    )


@query(Right.PAIRS)
def publication(session: Session, edition_id: int, *, by: Actor) -> Published | None:
    """How and by whom the pairs were published; None while they are not."""
    row = session.exec(
        select(Publication, Account.name)
        .outerjoin(Account, col(Account.id) == Publication.account_id)
        .where(Publication.edition_id == edition_id)
    ).first()
    if row is None:
        return None
    made, who = row
    return Published(
        policy=made.policy,
        seed=made.seed,
        counts=Counts(tuple(made.profile), made.unlisted, made.unmatched),
        inputs=made.inputs,
        at=made.published_at,
        who=who or "",
    )


@query(Right.PAIRS)
def pairs(session: Session, edition_id: int, *, search: str = "", by: Actor) -> list[PublishedPair]:
    """The published pairs by the mentee's surname; of a search each word must be in a name or an address."""
    words = search_key(search).split()
    return [
        PublishedPair(one.mentee, one.mentee_mail, one.mentor, one.mentor_mail, one.rank)
        for one in paired(session, edition_id)
        if all(word in one.search_key for word in words)
    ]


@query(Right.PAIRS)
def progress(session: Session, edition_id: int, *, by: Actor) -> Progress:
    """How many pairs the edition has published."""
    return Progress(*session.connection().execute(PUBLISHED, {"edition": edition_id}).one())


def _locks(session: Session, edition_id: int) -> tuple[HeldLock, ...]:
    return tuple(HeldLock(*row) for row in session.connection().execute(LOCKS, {"edition": edition_id}))
