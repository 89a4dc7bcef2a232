"""Locks that cannot be kept together, answered with the people and the rule to relax."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from core.matching.rules import Conflict, Infeasible, Instance, P

if TYPE_CHECKING:
    from collections.abc import Iterator


def conflict(instance: Instance[P]) -> Infeasible[P] | None:
    """The first conflict among the locks, or None: then a matching exists, since anybody may stay without.

    The people are the mentee and the mentor of a pair; for a mentee locked twice she and her mentors; for a
    mentor locked beyond capacity he and his mentees.
    """
    return next(_conflicts(instance), None)


def _conflicts(instance: Instance[P]) -> Iterator[Infeasible[P]]:
    forced, forbidden = sorted(set(instance.forced)), frozenset(instance.forbidden)
    for mentee, mentor in forced:
        if mentee not in instance.ballots or mentor not in instance.mentors:
            yield Infeasible((mentee, mentor), Conflict.UNKNOWN)
        if (mentee, mentor) in forbidden:
            yield Infeasible((mentee, mentor), Conflict.VETOED)
    for mentee, times in Counter(mentee for mentee, _ in forced).items():
        if times > 1:
            yield Infeasible((mentee, *(b for a, b in forced if a == mentee)), Conflict.MENTEE_TWICE)
    for mentor, load in Counter(mentor for _, mentor in forced).items():
        if load > instance.mentors[mentor]:
            yield Infeasible((mentor, *(a for a, b in forced if b == mentor)), Conflict.MENTOR_FULL)
