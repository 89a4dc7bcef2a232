"""The best matching by its definition: look at every one of them. For four people on each side."""

from __future__ import annotations

from hashlib import sha256
from itertools import product

from core.matching.rules import Policy


def best(instance, policy):
    """The pairs that come first by a policy, then fit, then lots; None when no matching keeps the locks."""
    every = [pairs for pairs in _matchings(instance) if set(instance.forced) <= set(pairs.items())]
    if not every:
        return None
    if policy is Policy.GREEDY_GENEROUS:
        generous = min(every, key=lambda pairs: _key(instance, Policy.GENEROUS, pairs))
        worst = _worst(instance, generous)
        every = [pairs for pairs in every if _worst(instance, pairs) <= worst]
        policy = Policy.GREEDY
    return min(every, key=lambda pairs: _key(instance, policy, pairs))


def counts(instance, pairs):
    """The profile."""
    ranks = [_rank(instance, *pair) for pair in pairs.items()]
    return tuple(ranks.count(rank) for rank in range(1, _last(instance) + 1))


def _matchings(instance):
    mentees = sorted(instance.ballots)
    for choice in product([None, *instance.mentors], repeat=len(mentees)):
        pairs = {a: b for a, b in zip(mentees, choice, strict=True) if b is not None}
        if (
            all(choice.count(b) <= most for b, most in instance.mentors.items())
            and not any(pair in instance.forbidden for pair in pairs.items())
            and (
                instance.allow_unlisted
                or all(_rank(instance, *pair) or pair in instance.forced for pair in pairs.items())
            )
        ):
            yield pairs


def _key(instance, policy, pairs):
    profile = counts(instance, pairs)
    most = -sum(profile)
    first = {
        Policy.GREEDY: (most, *(-n for n in profile)),
        Policy.GENEROUS: (most, *reversed(profile)),
        Policy.RANK_MAXIMAL: tuple(-n for n in profile),
        Policy.LEAST_SUM: (most, sum(rank * n for rank, n in enumerate(profile, 1))),
    }
    return first[policy], -len(pairs), -_fit(instance, pairs), _lots(instance, pairs)


def _fit(instance, pairs):
    rows, columns = sorted(instance.ballots), sorted(instance.mentors)
    return sum(instance.fit[rows.index(a)][columns.index(b)] for a, b in pairs.items()) if instance.fit else 0


def _lots(instance, pairs):
    lots = [sha256(f"{instance.seed}|{a}|{b}".encode()).hexdigest() for a, b in pairs.items()]
    return tuple(sum(int(lot[at : at + 7], 16) for lot in lots) for at in range(0, 64, 8))


def _rank(instance, mentee, mentor):
    return next((rank for rank, group in enumerate(instance.ballots[mentee], 1) if mentor in group), 0)


def _worst(instance, pairs):
    return max((_rank(instance, *pair) for pair in pairs.items()), default=0)


def _last(instance):
    return max(len(ballot) for ballot in instance.ballots.values())
