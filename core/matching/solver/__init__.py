"""The best pairs by a policy: exact, the same on every machine, whatever the order of the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.matching.rules import Infeasible, Instance, P, Policy, Result, profile
from core.matching.solver.graph import listed, with_unlisted
from core.matching.solver.locks import conflict
from core.matching.solver.policies import aims, ties, worst_needed
from core.matching.solver.stages import settle

if TYPE_CHECKING:
    from core.matching.solver.graph import Edges, Graph


def solve(instance: Instance[P], policy: Policy) -> Result[P] | Infeasible[P]:
    """The best matching by a policy; of equally good ones the one with the most fit, then the one drawn.

    1. Refuse locks that contradict each other; set the locked pairs aside.
    2. Generous and greedy-generous: leave out every rank that can be done without.
    3. Settle the aims of the policy among the listed pairs, stage by stage.
    4. Offer those who may stay without on them any place that may stay free, but no veto.
    5. Settle the ties: fewest without a mentor, then the sum of fit over all pairs, then the draw.
    A locked pair counts at its rank, so greedy-generous never looks for less than the worst locked rank.
    Raises ValueError when `fit` does not suit the people, or holds fits that are not finite or too far apart.
    """
    if (trouble := conflict(instance)) is not None:
        return trouble
    graph, pairs = listed(instance)
    if policy in {Policy.GENEROUS, Policy.GREEDY_GENEROUS}:
        pairs = pairs[:, pairs[2] <= worst_needed(graph, pairs, instance)]
    edges = graph.edges(pairs, graph.waiting, np.arange(len(graph.mentor_of)))
    edges, _, stages = settle(edges, aims(policy, graph.last))
    if instance.allow_unlisted:
        edges = with_unlisted(graph, instance, edges)
    edges, chosen, more = settle(edges, ties(graph, instance))
    return _result(instance, graph, edges.only(chosen), stages + more)


def compare(instance: Instance[P]) -> dict[Policy, Result[P]] | Infeasible[P]:
    """The result of every policy, so that people choose; the same refusal of locks for all of them."""
    results: dict[Policy, Result[P]] = {}
    for policy in Policy:
        result = solve(instance, policy)
        if isinstance(result, Infeasible):
            return result
        results[policy] = result
    return results


def _result(instance: Instance[P], graph: Graph[P], chosen: Edges, stages: int) -> Result[P]:
    paired = chosen.only(chosen.mentor >= 0)
    rows: list[int] = paired.row.tolist()
    columns: list[int] = paired.mentor.tolist()
    together: dict[P, P] = dict(instance.forced)
    together.update((graph.mentees[i], graph.mentors[j]) for i, j in zip(rows, columns, strict=True))
    counts, unlisted = profile(instance, together)
    return Result(
        pairs={mentee: together[mentee] for mentee in graph.mentees if mentee in together},
        profile=counts,
        unlisted=unlisted,
        unmatched=tuple(mentee for mentee in graph.mentees if mentee not in together),
        stages=stages,
        seed=instance.seed,
    )
