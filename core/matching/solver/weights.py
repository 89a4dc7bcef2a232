"""What each possible pair weighs: all levels of a policy and its ties in one whole number.

For the second opinion only: shares nothing with the solver but the rules. A level takes as many bits as a sum
over all people needs, so the levels never mix; Python's whole numbers have no largest one.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from typing import TYPE_CHECKING

from core.matching.rules import FIT_UNIT, Instance, P, Policy, drawn, ranks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIT_BITS = 30
LOT_BITS = 28


def weights(instance: Instance[P], policy: Policy) -> dict[P, dict[P | None, int]]:
    """The weight of each mentor that a mentee may get, and of none; a locked mentee has her mentor only."""
    locked, forbidden = dict(instance.forced), frozenset(instance.forbidden)
    worst = worst_needed(instance) if policy is Policy.GREEDY_GENEROUS else instance.longest
    lacks, people, heads = _lacks(instance), len(instance.ballots).bit_length(), _heads(instance, policy)
    found: dict[P, dict[P | None, int]] = {}
    for mentee, lack in zip(instance.mentee_order, lacks, strict=True):
        if mentee in locked:
            found[mentee] = {locked[mentee]: 0}
            continue
        rank = ranks(instance.ballots[mentee])
        ties = _ties(lack, drawn(instance.seed, mentee, instance.mentor_order), people)
        found[mentee] = {None: heads[None]}
        for mentor, tie in zip(instance.mentor_order, ties, strict=True):
            here = rank.get(mentor, 0)
            may = here <= worst if here else instance.allow_unlisted
            if may and (mentee, mentor) not in forbidden:
                found[mentee][mentor] = heads[here] | tie
    return found


def worst_needed(instance: Instance[P]) -> int:
    """The last rank that lets somebody more be on the list, by augmenting paths; locked pairs count."""
    taken = Counter(mentor for _, mentor in instance.forced)
    capacity = {mentor: instance.mentors[mentor] - taken[mentor] for mentor in instance.mentors}
    locked, forbidden = dict(instance.forced), frozenset(instance.forbidden)
    wishes = {mentee: ranks(ballot) for mentee, ballot in instance.ballots.items()}
    worst = max((wishes[mentee].get(mentor, 0) for mentee, mentor in locked.items()), default=0)
    reach: dict[P, list[P]] = {mentee: [] for mentee in wishes if mentee not in locked}
    at: dict[P, P] = {}
    for rank in range(1, instance.longest + 1):
        for mentee, mentors in reach.items():
            new = [mentor for mentor, r in wishes[mentee].items() if r == rank and mentor in capacity]
            mentors.extend(mentor for mentor in new if (mentee, mentor) not in forbidden)
        before = len(at)
        for mentee in reach.keys() - at.keys():
            _augment(mentee, reach, capacity, at)
        worst = max(worst, rank) if len(at) > before else worst
    return worst


def _heads(instance: Instance[P], policy: Policy) -> dict[int | None, int]:
    """The weight of a rank before ties: the policy's levels, then nobody. 0 is unlisted, None nobody."""
    every = range(1, instance.longest + 1)
    people = len(instance.ballots).bit_length()
    heads: dict[int | None, int] = {}
    for rank in (None, 0, *every):
        code = 0
        for level in (*_levels(policy, every, rank), int(rank is None)):
            code = code << (people + len(every).bit_length()) | level
        heads[rank] = code << (people + FIT_BITS) + 8 * (people + LOT_BITS)
    return heads


def _levels(policy: Policy, every: Sequence[int], rank: int | None) -> list[int]:
    """What a rank costs at each level of a policy."""
    uncovered = int(not rank)
    match policy:
        case Policy.LEAST_SUM:
            return [uncovered, rank or 0]
        case Policy.GENEROUS:
            return [uncovered, *(int(rank == worst) for worst in reversed(every))]
        case Policy.RANK_MAXIMAL:
            return [int(rank != best) for best in every]
        case Policy.GREEDY | Policy.GREEDY_GENEROUS:
            return [uncovered, *(int(rank != best) for best in every)]


def _ties(lacks: Sequence[int], lots: bytes, people: int) -> list[int]:
    """The last levels of one mentee with each mentor: lack of fit, then the eight numbers of the lot."""
    ties: list[int] = []
    for column, lack in enumerate(lacks):
        code = lack
        for at in range(32 * column, 32 * column + 32, 4):
            code = code << (people + LOT_BITS) | int.from_bytes(lots[at : at + 4], "big") >> 4
        ties.append(code)
    return ties


def _lacks(instance: Instance[P]) -> list[list[int]]:
    """How far each pair stays behind the best fit, in millionths; 0 for all when there is no fit."""
    table, rows, columns = instance.fit, range(len(instance.ballots)), range(len(instance.mentors))
    if table is None:
        return [[0 for _ in columns] for _ in rows]
    fits = [[round(float(table[i][j]) * FIT_UNIT) for j in columns] for i in rows]
    top = max((fit for row in fits for fit in row), default=0)
    return [[top - fit for fit in row] for row in fits]


def _augment(start: P, reach: Mapping[P, list[P]], capacity: Mapping[P, int], at: dict[P, P]) -> None:
    """Finds a mentor for one more mentee, moving others on, if there is a way."""
    holders: defaultdict[P, list[P]] = defaultdict(list)
    for mentee, mentor in at.items():
        holders[mentor].append(mentee)
    came: dict[P, P] = {}
    queue = deque([start])
    while queue:
        mentee = queue.popleft()
        for mentor in reach[mentee]:
            if mentor in came:
                continue
            came[mentor] = mentee
            if len(holders[mentor]) < capacity[mentor]:
                _move_along(mentor, came, at)
                return
            queue.extend(holders[mentor])


def _move_along(mentor: P, came: Mapping[P, P], at: dict[P, P]) -> None:
    """Each mentee on the path takes the place that the next one leaves."""
    while True:
        mentee = came[mentor]
        left = at.get(mentee)
        at[mentee] = mentor
        if left is None:
            return
        mentor = left
