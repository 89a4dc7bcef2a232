"""Exact optimisation by many levels at once, stage by stage, without a number that a double cannot hold.

One assignment with weights (n+1)^k is wrong as soon as they pass 2^53. Instead:
1. Take as many levels as fit into one small integer cost an edge, the most important first.
2. Solve that one assignment: dense and by scipy's Jonker-Volgenant for few people, sparse for many.
3. Recover the row potentials of the optimum by Bellman-Ford over its residual graph, in integers.
4. Keep the chosen edges and the tight ones (reduced cost 0) on a cycle of chosen and tight edges: exactly the
   edges of the optimal assignments. Any assignment along them is again optimal for all levels so far.
5. Put aside the rows with one edge left; go on with the next levels until no row or no level is left.

Sources: rank by rank with pruned edges: Irving, Kavitha, Mehlhorn, Michail, Paluch, TALG 2(4), 2006; the same
by duals: Huang, Kavitha, Mehlhorn, Michail, Algorithmica 74, 2016.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, min_weight_full_bipartite_matching

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from core.matching.solver.graph import Edges, Flags, Ints

DENSE_ROWS = 300
"""Up to here (150 people on each side) the dense solver is as fast, and no instance slows it down."""

LIMIT = 2**30
"""The sparse solver slows down with the range of its costs: one instance took a minute at 2^51."""


@dataclass(frozen=True, slots=True)
class Level:
    """One aim: the sum over an assignment of what each edge costs (up to 2^30) shall be as small as possible.

    A wide level never fits beside others; it is asked for its costs only when it begins a stage.
    """

    cost: Callable[[Edges], Ints]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Play:
    """The rows that are not settled, numbered anew, with the edge each of them has in an assignment."""

    edges: Edges
    row: Ints
    col: Ints
    start: Ints

    @property
    def size(self) -> int:
        """How many rows, and as many columns, there are."""
        return len(self.start)


def settle(edges: Edges, levels: Iterable[Level]) -> tuple[Edges, Flags, int]:
    """The edges of all optimal assignments, a mask with one of these assignments, and the number of solves.

    The edges must contain a perfect matching, and a row with a single edge must have its column for itself.
    """
    waiting, solves = deque(levels), 0
    chosen = np.ones(len(edges), dtype=np.bool_)
    solved = False
    while True:
        open_ = _several(edges.row)
        play = _numbered(edges.only(open_))
        cost = _packed(play, waiting)
        if not play.size or (solved and not cost.any()):
            return edges, chosen, solves
        matched = _assign(play, cost)
        kept = np.ones(len(edges), dtype=np.bool_)
        kept[open_] = _optimal(play, cost, matched)
        chosen[open_] = matched
        edges, chosen, solves, solved = edges.only(kept), chosen[kept], solves + 1, True


def _several(row: Ints) -> Flags:
    """The edges whose row has another one."""
    return np.bincount(row)[row] > 1


def _numbered(edges: Edges) -> Play:
    """Rows and columns counted from 0 without gaps; the rows stay sorted."""
    first = np.flatnonzero(np.diff(edges.row, prepend=-1))
    row = np.repeat(np.arange(len(first)), np.diff(first, append=len(edges)))
    return Play(edges, row, np.unique(edges.col, return_inverse=True)[1].astype(np.int64), first)


def _packed(play: Play, waiting: deque[Level]) -> Ints:
    """Step 1: takes levels while they fit, each outweighing all that follow; one without a choice adds 0."""
    code = np.zeros(len(play.edges), dtype=np.int64)
    while waiting and play.size and not (waiting[0].wide and code.any()):
        cost = waiting[0].cost(play.edges)
        cost = cost - np.minimum.reduceat(cost, play.start)[play.row]
        span = int(np.maximum.reduceat(cost, play.start).sum())
        if code.any() and (int(code.max()) + 1) * (span + 1) >= LIMIT:
            break
        waiting.popleft()
        code = code * (span + 1) + cost
    return code


def _assign(play: Play, cost: Ints) -> Flags:
    """Step 2: a mask with one edge a row and a column, of the smallest total cost."""
    if play.size <= DENSE_ROWS:
        table = np.full((play.size, play.size), np.inf)
        table[play.row, play.col] = cost
        _, partner = linear_sum_assignment(table)
    else:
        # A stored 0 would be no edge; one more on each of them changes no order.
        links = (cost + 1.0, play.col, np.append(play.start, len(cost)))
        _, partner = min_weight_full_bipartite_matching(csr_array(links, shape=(play.size, play.size)))
    return partner[play.row] == play.col


def _optimal(play: Play, cost: Ints, matched: Flags) -> Flags:
    """Steps 3 and 4: a mask of the edges that lie in some assignment as cheap as the matched one."""
    owner = np.empty(play.size, dtype=np.int64)
    owner[play.col[matched]] = play.row[matched]
    holder = owner[play.col]
    extra = cost - cost[matched][holder]
    potential = np.zeros(play.size, dtype=np.int64)
    for _ in range(play.size + 1):
        lower = np.minimum.reduceat(potential[holder] + extra, play.start)
        if np.array_equal(lower, potential):
            break
        potential = lower
    else:
        raise ArithmeticError("the assignment is not optimal: its residual graph has a negative cycle")
    tight = potential[play.row] == potential[holder] + extra
    links = (np.ones(int(tight.sum())), (play.row[tight], holder[tight]))
    arcs = csr_array(links, shape=(play.size, play.size))
    _, part = connected_components(arcs, directed=True, connection="strong")
    return tight & (part[play.row] == part[holder])
