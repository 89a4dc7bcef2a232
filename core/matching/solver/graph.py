"""Who may get whom, as a graph in which every result is a perfect matching.

Legend: n mentees, m places (a mentor with capacity 2 has two). A row is a mentee (0 .. n-1) or the shadow of
a place (n .. n+m-1); a column is a place (0 .. m-1) or a mentee's "nobody" (m .. m+n-1). A mentee takes a
place or her nobody; a shadow takes its own place when it stays free, else the nobody of a mentee. So "at most
one a place" becomes "exactly one a column", and later stages go on from the edges of the optimal matchings.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Generic, TypeAlias

import numpy as np
import numpy.typing as npt

from core.matching.rules import Instance, P, ranks

Ints: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]

NO_PAIR = 0
"""The rank of an edge that says nothing about people."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Edges sorted by row; ranks 1, 2, ... on the list, then unlisted, then nobody; mentor -1 where none."""

    row: Ints
    col: Ints
    rank: Ints
    mentor: Ints

    def __len__(self) -> int:
        """How many edges there are."""
        return len(self.row)

    def only(self, kept: Flags) -> Edges:
        """The edges that a mask keeps."""
        return Edges(self.row[kept], self.col[kept], self.rank[kept], self.mentor[kept])


@dataclass(frozen=True, slots=True)
class Graph(Generic[P]):
    """The people by number, the mentees without a lock, the mentor of each place, the last rank on a list."""

    mentees: list[P]
    mentors: list[P]
    waiting: Ints
    mentor_of: Ints
    last: int

    @property
    def unlisted(self) -> int:
        """The rank of a pair outside the mentee's list."""
        return self.last + 1

    @property
    def nobody(self) -> int:
        """The rank of staying without a mentor."""
        return self.last + 2

    def edges(self, pairs: Ints, waiting: Ints, free: Ints) -> Edges:
        """Pairs (3 x k: mentee, place, rank) and their mirrors, who may stay without, what may stay free."""
        n, m = len(self.mentees), len(self.mentor_of)
        mentee, place, rank = pairs
        row = np.concatenate([mentee, waiting, n + place, n + free])
        col = np.concatenate([place, m + waiting, m + mentee, free])
        ranked = np.full(len(row), NO_PAIR)
        ranked[: len(rank)] = rank
        ranked[len(rank) : len(rank) + len(waiting)] = self.nobody
        mentor = np.full(len(row), -1)
        mentor[: len(rank)] = self.mentor_of[place]
        order = np.argsort(row, kind="stable")
        return Edges(row[order], col[order], ranked[order], mentor[order])


def listed(instance: Instance[P]) -> tuple[Graph[P], Ints]:
    """The people, and the listed pairs (3 x k: mentee, place, rank) without vetoes and locked mentees."""
    mentees, mentors = instance.mentee_order, instance.mentor_order
    taken = Counter(mentor for _, mentor in instance.forced)
    places = [min(instance.mentors[b] - taken[b], len(mentees)) for b in mentors]
    locked, forbidden = {mentee for mentee, _ in instance.forced}, frozenset(instance.forbidden)
    number = {b: j for j, b in enumerate(mentors)}
    waiting = [i for i, a in enumerate(mentees) if a not in locked]
    first = np.cumsum([0, *places]).tolist()
    pairs = [
        (i, place, rank)
        for i in waiting
        for b, rank in ranks(instance.ballots[mentees[i]]).items()
        if b in number and (mentees[i], b) not in forbidden
        for place in range(first[number[b]], first[number[b] + 1])
    ]
    mentor_of = np.repeat(np.arange(len(mentors)), places)
    graph = Graph(mentees, mentors, np.array(waiting, dtype=np.int64), mentor_of, instance.longest)
    return graph, np.array(pairs, dtype=np.int64).reshape(-1, 3).T


def with_unlisted(graph: Graph[P], instance: Instance[P], edges: Edges) -> Edges:
    """The same edges and, for those who may stay without on them, every place that may stay free.

    A listed pair among these can never be used: it would have improved the profile.
    """
    waiting = edges.row[edges.rank == graph.nobody]
    free = edges.col[edges.row == edges.col + len(graph.mentees)]
    allowed = np.ones((len(waiting), len(free)), dtype=np.bool_)
    line: dict[P, int] = {graph.mentees[i]: k for k, i in enumerate(waiting.tolist())}
    number = {b: j for j, b in enumerate(graph.mentors)}
    for mentee, mentor in instance.forbidden:
        if mentee in line and mentor in number:
            allowed[line[mentee], graph.mentor_of[free] == number[mentor]] = False
    i, j = np.nonzero(allowed)
    new = np.stack([waiting[i], free[j], np.full(len(i), graph.unlisted)])
    old = edges.only(edges.mentor >= 0)
    return graph.edges(np.hstack([[old.row, old.col, old.rank], new]), waiting, free)
