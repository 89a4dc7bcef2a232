"""The meetings of all pairs month by month, and the attendance at the training by sector. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from core.reporting.rules import FEWEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class Month:
    """The meetings of one month: how many, how many minutes, of how many pairs; `first` is its first day."""

    first: date
    meetings: int
    minutes: int
    pairs: int


@dataclass(frozen=True, slots=True)
class Group:
    """How many people share a first sector (None: all the small groups together), and what share was at each session.

    The shares, 0 to 1, are in the order of the sessions asked for; None where a session has not begun.
    """

    sector: str | None
    people: int
    shares: tuple[float | None, ...]


def months(held: Iterable[tuple[int, date, int]], *, first: date, last: date) -> list[Month]:
    """The months from `first` to `last`, and earlier or later ones with a meeting; `held`: pair, day, minutes."""
    found: defaultdict[date, list[tuple[int, int]]] = defaultdict(list)
    for pair, on, minutes in held:
        found[on.replace(day=1)].append((pair, minutes))
    begins, ends = (pick([day.replace(day=1), *found]) for pick, day in ((min, first), (max, last)))
    every = [begins + relativedelta(months=at) for at in range(_between(begins, ends) + 1)]
    return [
        Month(one, len(met), sum(minutes for _, minutes in met), len({pair for pair, _ in met}))
        for one in every
        for met in (found[one],)
    ]


def groups(people: Sequence[tuple[str | None, frozenset[int]]], sessions: Mapping[int, bool]) -> list[Group]:
    """The people by their first sector, the largest first; fewer than five are told among all others.

    Where all others together are fewer than five, they are not told.

    `people`: the first sector and the numbers of the sessions attended; `sessions`: whether each number has begun.
    """
    by_sector: defaultdict[str | None, list[frozenset[int]]] = defaultdict(list)
    for sector, was_at in people:
        by_sector[sector].append(was_at)
    small = [sector for sector, members in by_sector.items() if sector is not None and len(members) < FEWEST]
    for sector in small:
        by_sector[None] += by_sector.pop(sector)
    ordered = sorted(by_sector.items(), key=lambda one: (one[0] is None, -len(one[1]), one[0] or ""))
    return [
        Group(sector, len(members), _shares(members, sessions)) for sector, members in ordered if len(members) >= FEWEST
    ]


def _shares(members: Sequence[frozenset[int]], sessions: Mapping[int, bool]) -> tuple[float | None, ...]:
    return tuple(
        sum(number in was_at for was_at in members) / len(members) if begun else None
        for number, begun in sessions.items()
    )


def _between(first: date, last: date) -> int:
    """How many months lie between two first days of months."""
    return 12 * (last.year - first.year) + last.month - first.month
