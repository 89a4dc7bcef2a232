"""Instances to try the matching on: tiny ones of every kind, larger ones with popular mentors."""

from __future__ import annotations

import math
from random import Random

from hypothesis import strategies as st

from core.matching.rules import Instance


@st.composite
def tiny(draw):
    """At most four on each side: ties, vetoes, locks, capacities, fit and withdrawn names, all at once."""
    mentees = [f"a{i}" for i in range(draw(st.integers(1, 4)))]
    mentors = [f"b{j}" for j in range(draw(st.integers(1, 4)))]
    order = st.permutations([*mentors, "withdrawn"])
    ballots = {
        mentee: [names[:cut], names[cut : cut + 1], names[cut + 1 : end]]
        for mentee in mentees
        for names, cut, end in [(draw(order), draw(st.integers(0, 2)), draw(st.integers(0, 5)))]
    }
    capacities = {mentor: draw(st.sampled_from([1, 1, 1, 2, 0])) for mentor in mentors}
    pair = st.tuples(st.sampled_from(mentees), st.sampled_from(mentors))
    fits = st.sampled_from([0.0, 0.5, 1.0, -2.25])
    return Instance(
        ballots,
        capacities,
        forbidden=draw(st.frozensets(pair, max_size=3)),
        forced=draw(st.frozensets(pair, max_size=1)),
        fit=draw(st.none() | st.just([[draw(fits) for _ in mentors] for _ in mentees])),
        seed=draw(st.integers(0, 3)),
        allow_unlisted=draw(st.booleans()),
    )


def popular(people, *, listed, seed, tied=1, places=1, fits=False):
    """Plackett-Luce lists: some mentors are on many of them. The first `tied` wishes share a rank."""
    dice = Random(seed)  # noqa: S311 - examples that repeat, no secrets
    mentors = range(people // places)
    appeal = [dice.gauss(0, 1) for _ in mentors]
    ballots = {}
    for mentee in range(people):
        keen = [appeal[mentor] - math.log(-math.log(dice.random())) for mentor in mentors]
        names = sorted(mentors, key=keen.__getitem__, reverse=True)[:listed]
        ballots[mentee] = [names[:tied], *([name] for name in names[tied:])]
    fit = [[round(dice.random(), 2) for _ in mentors] for _ in range(people)] if fits else None
    return Instance(ballots, dict.fromkeys(mentors, places), fit=fit, seed=seed)
