"""The aims of each policy, in their order, and those that break ties: fit, then the draw.

Sources: rank-maximal: Irving, Kavitha, Mehlhorn, Michail, Paluch, TALG 2(4), 2006; generous ("fair"): Huang,
Kavitha, Mehlhorn, Michail, Algorithmica 74, 2016; greedy and generous maximum: Kwanashie, Irving, Manlove,
Sng, IWOCA 2014.
"""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from core.matching.rules import FIT_SPAN, FIT_UNIT, Instance, P, Policy, drawn, ranks
from core.matching.solver.stages import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.matching.solver.graph import Edges, Graph, Ints


def aims(policy: Policy, last: int) -> list[Level]:
    """The levels of a policy on the listed edges, whose ranks go from 1 to `last`."""
    best_first = [Level(partial(_all_but, rank)) for rank in range(1, last + 1)]
    if policy is Policy.RANK_MAXIMAL:
        return best_first
    coverage = Level(partial(_beyond, last))
    if policy is Policy.GENEROUS:
        return [coverage, *(Level(partial(_beyond, rank)) for rank in range(last - 1, 0, -1))]
    if policy is Policy.LEAST_SUM:
        return [coverage, Level(partial(_sum, last))]
    return [coverage, *best_first]


def worst_needed(graph: Graph[P], pairs: Ints, instance: Instance[P]) -> int:
    """The smallest worst rank at which as many are on their list as can be at all; locked pairs count.

    This is the worst rank of the generous optimum: it leaves out every rank that can be done without.
    1. Count the largest matching along all listed pairs (Hopcroft-Karp).
    2. Halve the ranks: the first up to which the pairs still reach that count.
    """
    locked = [ranks(instance.ballots[mentee]).get(mentor, 0) for mentee, mentor in instance.forced]
    most = _largest(graph, pairs)
    low, high = max(locked, default=0), graph.last
    while low < high:
        middle = (low + high) // 2
        if _largest(graph, pairs[:, pairs[2] <= middle]) == most:
            high = middle
        else:
            low = middle + 1
    return low


def ties(graph: Graph[P], instance: Instance[P]) -> Iterator[Level]:
    """The levels behind every policy: fewest without a mentor, largest sum of fit, smallest sum of lots."""
    yield Level(partial(_beyond, graph.unlisted))
    if instance.fit is not None:
        yield Level(partial(_misfit, _millionths(graph, instance)), wide=True)
    for word in range(8):
        yield Level(partial(_lots, graph, instance.seed, word), wide=True)


def _all_but(rank: int, edges: Edges) -> Ints:
    return (edges.rank != rank).astype(np.int64)


def _beyond(rank: int, edges: Edges) -> Ints:
    return (edges.rank > rank).astype(np.int64)


def _sum(last: int, edges: Edges) -> Ints:
    return np.where(edges.rank <= last, edges.rank, 0)


def _misfit(fit: Ints, edges: Edges) -> Ints:
    cost = np.zeros(len(edges), dtype=np.int64)
    pair = edges.mentor >= 0
    cost[pair] = fit.max() - fit[edges.row[pair], edges.mentor[pair]]
    return cost


def _lots(graph: Graph[P], seed: int, word: int, edges: Edges) -> Ints:
    pair = edges.mentor >= 0
    rows: list[int] = edges.row[pair].tolist()
    mentors: list[int] = edges.mentor[pair].tolist()
    lots = b"".join(
        drawn(seed, graph.mentees[i], [graph.mentors[j] for _, j in pairs])
        for i, pairs in groupby(zip(rows, mentors, strict=True), key=_first)
    )
    cost = np.zeros(len(edges), dtype=np.int64)
    cost[pair] = np.frombuffer(lots, dtype=">u4").reshape(-1, 8)[:, word] >> 4
    return cost


def _first(pair: tuple[int, int]) -> int:
    return pair[0]


def _millionths(graph: Graph[P], instance: Instance[P]) -> Ints:
    """Fit in whole millionths, mentees x mentors; raises ValueError when it is no such table."""
    fit = np.asarray(instance.fit, dtype=np.float64)
    if fit.size and fit.shape != (len(graph.mentees), len(graph.mentors)):
        raise ValueError(f"fit must have a row a mentee and a column a mentor, not the shape {fit.shape}")
    if fit.size and not np.ptp(fit) <= FIT_SPAN:
        raise ValueError(f"fits must be finite and at most {FIT_SPAN} apart")
    return np.rint(fit * FIT_UNIT).astype(np.int64)


def _largest(graph: Graph[P], pairs: Ints) -> int:
    """The size of the largest matching along some pairs."""
    links = (np.ones(pairs.shape[1]), (pairs[0], pairs[1]))
    table = csr_array(links, shape=(len(graph.mentees), len(graph.mentor_of)))
    return int((maximum_bipartite_matching(table) >= 0).sum())
