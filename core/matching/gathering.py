"""All that decides the pairs, gathered into one instance."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.matching.fit import fits
from core.matching.rules import Instance, LockKind, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.selection.participants import Participant
    from core.speeddate.rules import Wishes


@dataclass(frozen=True, slots=True)
class HeldLock:
    """A lock with the names of its two; one of them may have left."""

    id: int
    mentee_id: int
    mentor_id: int
    kind: LockKind
    mentee: str
    mentor: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """Who takes part, what the ballots say, what binds, and what the edition decided."""

    mentees: tuple[Participant, ...]
    mentors: tuple[Participant, ...]
    wishes: Mapping[int, Wishes]
    locks: tuple[HeldLock, ...]
    settings: Settings

    @property
    def ballots(self) -> int:
        """How many of the mentees have a ballot."""
        return sum(one.application_id in self.wishes for one in self.mentees)

    @property
    def missing(self) -> int:
        """How many of the mentees have none."""
        return len(self.mentees) - self.ballots

    def locked(self, kind: LockKind) -> int:
        """How many locks of a kind there are."""
        return sum(one.kind is kind for one in self.locks)

    @property
    def without_places(self) -> tuple[Participant, ...]:
        """The mentors who offered no place."""
        return tuple(one for one in self.mentors if capacity(one, self.settings) == 0)

    @property
    def digest(self) -> str:
        """SHA-256 of everything that decides the pairs but the policy; the order of the rows never matters."""
        people = [
            sorted((one.application_id, one.sector, one.sectors, one.mode, one.capacity) for one in side)
            for side in (self.mentees, self.mentors)
        ]
        locks = sorted((one.mentee_id, one.mentor_id, one.kind.value) for one in self.locks)
        wishes = sorted((mentee, one.ranks, one.vetoes) for mentee, one in self.wishes.items())
        rules = (self.settings.seed, self.settings.allow_unlisted, self.settings.mentor_capacity)
        return hashlib.sha256(repr((people, locks, wishes, rules)).encode()).hexdigest()


def capacity(mentor: Participant, settings: Settings) -> int:
    """How many mentees a mentor may get: as many as offered (one if nothing was said), at most the edition's."""
    return min(1 if mentor.capacity is None else mentor.capacity, settings.mentor_capacity)


def instance_of(inputs: Inputs) -> Instance[int]:
    """The matching to be solved, people named by their applications.

    A "rather not" and a lock "never" forbid a pair, a lock "yes" fixes it; who has no ballot wishes for nobody.
    """
    mentees = sorted(inputs.mentees, key=lambda one: one.application_id)
    mentors = sorted(inputs.mentors, key=lambda one: one.application_id)
    present = {one.application_id for one in mentees}
    wishes = {mentee: said for mentee, said in inputs.wishes.items() if mentee in present}
    vetoed = {(mentee, mentor) for mentee, said in wishes.items() for mentor in said.vetoes}
    locked = {kind: {(one.mentee_id, one.mentor_id) for one in inputs.locks if one.kind is kind} for kind in LockKind}
    return Instance(
        ballots={
            one.application_id: wishes[one.application_id].ranks if one.application_id in wishes else ()
            for one in mentees
        },
        mentors={one.application_id: capacity(one, inputs.settings) for one in mentors},
        forbidden=vetoed | locked[LockKind.NEVER],
        forced=locked[LockKind.YES],
        fit=fits(mentees, mentors),
        seed=inputs.settings.seed,
        allow_unlisted=inputs.settings.allow_unlisted,
    )
