"""Drawing by lot: always from a `Random` that is handed over, so that one seed always draws the same."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.demo.spreads import Bell

T = TypeVar("T")


def lots(*about: object) -> Random:
    """The lots for one matter: whatever else is drawn, before or not at all, these stay the same."""
    return Random(" ".join(map(str, about)))  # noqa: S311 - a story is drawn here, no secret


def one_of(rng: Random, shares: Mapping[str, float]) -> str:
    """One of several things, as often as its share says."""
    return rng.choices(list(shares), list(shares.values()))[0]


def weighted(rng: Random, things: Iterable[tuple[T, float]]) -> T:
    """One of several things with their weights."""
    all_of_them = list(things)
    return rng.choices([one for one, _ in all_of_them], [weight for _, weight in all_of_them])[0]


def from_bell(rng: Random, bell: Bell) -> float:
    """A number of a normal distribution; one beyond its ends is drawn again."""
    while not bell.min <= (drawn := rng.gauss(bell.mean, bell.sd)) <= bell.max:
        pass
    return drawn


def happens(rng: Random, share: float) -> bool:
    """Whether what befalls this share of all befalls now."""
    return rng.random() < share


def in_bounds(value: float, low: float, high: float) -> float:
    """The number, or the end that it lies beyond."""
    return min(max(value, low), high)
