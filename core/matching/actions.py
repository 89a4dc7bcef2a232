"""Locking two people, and publishing the pairs: one act, of exactly what was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import Session, select

from core.accounts.guard import act
from core.accounts.rules import Actor, Right
from core.edition import actions as editions
from core.edition.rules import Milestone
from core.matching import queries
from core.matching.gathering import instance_of
from core.matching.models import Lock, Pair, Publication
from core.matching.proposal import proposed
from core.matching.rules import Infeasible, LockKind, Policy
from core.matching.solver import solve
from core.matching.solver.verify import verify
from core.people.rules import Side
from core.selection.participants import participants
from core.store.errors import NotFound, Refused

if TYPE_CHECKING:
    from datetime import datetime


class AlreadyPublished(Refused):
    """The pairs of this edition have been published."""


class AlreadyLocked(Refused):
    """There is a lock for these two."""


class ProposalMoved(Refused):
    """The pairs are no longer those that were shown."""


class LocksContradict(Refused):
    """The locks cannot be kept together, so there is nothing to publish."""


class NothingToPublish(Refused):
    """There is not one pair."""


class Unproven(RuntimeError):
    """The separate checker finds a better matching than the solver: a bug, and nothing is published."""


@act(Right.MATCH)
def lock(
    session: Session, *, edition_id: int, mentee: int, mentor: int, kind: LockKind, by: Actor, at: datetime
) -> None:
    """Bind two participants, together or apart; raises `NotFound`, `AlreadyLocked`, `AlreadyPublished`."""
    _require_open(session, edition_id, by=by)
    for side, application in ((Side.MENTEE, mentee), (Side.MENTOR, mentor)):
        if application not in {one.application_id for one in participants(session, edition_id, side)}:
            raise NotFound
    there = select(Lock.id).where(Lock.mentee_id == mentee, Lock.mentor_id == mentor)
    if session.exec(there).first() is not None:
        raise AlreadyLocked
    session.add(
        Lock(
            edition_id=edition_id,
            mentee_id=mentee,
            mentor_id=mentor,
            kind=kind,
            account_id=by.account_id,
            made_at=at,
        )
    )


@act(Right.MATCH)
def unlock(session: Session, *, edition_id: int, lock_id: int, by: Actor, at: datetime) -> None:
    """Take a lock away; raises `NotFound`, `AlreadyPublished`."""
    _require_open(session, edition_id, by=by)
    found = session.get(Lock, lock_id)
    if found is None or found.edition_id != edition_id:
        raise NotFound
    session.delete(found)


@act(Right.MATCH)
def publish(session: Session, *, edition_id: int, policy: Policy, seen: int, by: Actor, at: datetime) -> int:
    """Write the pairs that a policy gives now; the number of them.

    `seen` is the fingerprint of the proposal that was shown. Raises `ProposalMoved` when it differs from what the
    store gives now, `AlreadyPublished`, `LocksContradict`, `NothingToPublish`.
    """
    _require_open(session, edition_id, by=by)
    inputs = queries.inputs(session, edition_id, by=by)
    instance = instance_of(inputs)
    result = solve(instance, policy)
    if isinstance(result, Infeasible):
        raise LocksContradict
    proposal = proposed(inputs, policy, result)
    if proposal.fingerprint != seen:
        raise ProposalMoved
    if not proposal.pairs:
        raise NothingToPublish
    if flaws := verify(instance, policy, result):
        raise Unproven(", ".join(sorted({flaw.what for flaw in flaws})))
    publication = Publication(
        edition_id=edition_id,
        policy=policy,
        seed=proposal.seed,
        profile=list(proposal.counts.profile),
        unlisted=proposal.counts.unlisted,
        unmatched=proposal.counts.unmatched,
        inputs=inputs.digest,
        account_id=by.account_id,
        published_at=at,
    )
    session.add(publication)
    session.flush()
    session.add_all(
        Pair(
            publication_id=publication.id or 0,
            mentee_id=pair.mentee.application_id,
            mentor_id=pair.mentor.application_id,
            rank=pair.rank,
        )
        for pair in proposal.pairs
    )
    editions.pass_milestone(session, edition_id=edition_id, milestone=Milestone.PAIRS_PUBLISHED, by=by, at=at)
    return len(proposal.pairs)


def _require_open(session: Session, edition_id: int, *, by: Actor) -> None:
    if queries.publication(session, edition_id, by=by) is not None:
        raise AlreadyPublished
