"""The proposed pairs with their people: what is shown, and what is published when it is still the same."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.matching import solver
from core.matching.fit import sectors_in_common
from core.matching.gathering import Inputs, capacity, instance_of
from core.matching.rules import Infeasible, Policy, Result, ranks

if TYPE_CHECKING:
    from core.selection.participants import Participant


@dataclass(frozen=True, slots=True)
class ProposedPair:
    """Two people; `rank` is None outside the mentee's list, `has_ballot` says whether there is a ballot at all."""

    mentee: Participant
    mentor: Participant
    rank: int | None
    has_ballot: bool
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many mentees got their 1st, 2nd, ... choice, somebody outside their list, nobody."""

    profile: tuple[int, ...]
    unlisted: int
    unmatched: int

    def at(self, rank: int) -> int:
        """How many got their choice of this rank."""
        return sum(self.profile[rank - 1 : rank])

    def beyond(self, rank: int) -> int:
        """How many got a choice after this rank."""
        return sum(self.profile[rank:])


@dataclass(frozen=True, slots=True)
class Proposal:
    """The pairs by one policy, by the mentee's surname, and who stays without."""

    policy: Policy
    seed: int
    pairs: tuple[ProposedPair, ...]
    counts: Counts
    unmatched: tuple[Participant, ...]
    free: tuple[tuple[Participant, int], ...]

    @property
    def fingerprint(self) -> int:
        """A number that differs when a pair, somebody without a mentor, the policy or the draw differs."""
        pairs = sorted((one.mentee.application_id, one.mentor.application_id) for one in self.pairs)
        without = sorted(one.application_id for one in self.unmatched)
        told = repr((self.policy.value, self.seed, pairs, without))
        return int.from_bytes(hashlib.sha256(told.encode()).digest()[:6], "big")


def results(inputs: Inputs) -> dict[Policy, Result[int]] | Infeasible[int]:
    """What each policy would give; or why the locks cannot be kept."""
    return solver.compare(instance_of(inputs))


def proposed(inputs: Inputs, policy: Policy, result: Result[int]) -> Proposal:
    """The result with its people, and the mentors who have places left with how many."""
    mentors = {one.application_id: one for one in inputs.mentors}
    taken = Counter(result.pairs.values())
    free = ((one, capacity(one, inputs.settings) - taken[one.application_id]) for one in inputs.mentors)
    return Proposal(
        policy=policy,
        seed=result.seed,
        pairs=tuple(
            _pair(inputs, mentee, mentors[result.pairs[mentee.application_id]])
            for mentee in inputs.mentees
            if mentee.application_id in result.pairs
        ),
        counts=Counts(result.profile, result.unlisted, len(result.unmatched)),
        unmatched=tuple(one for one in inputs.mentees if one.application_id not in result.pairs),
        free=tuple((one, places) for one, places in free if places),
    )


def _pair(inputs: Inputs, mentee: Participant, mentor: Participant) -> ProposedPair:
    ballot = inputs.wishes.get(mentee.application_id)
    return ProposedPair(
        mentee=mentee,
        mentor=mentor,
        rank=ranks(ballot.ranks).get(mentor.application_id) if ballot else None,
        has_ballot=ballot is not None,
        sectors=tuple(sectors_in_common(mentee, mentor)),
    )
