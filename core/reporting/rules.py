"""Which numbers of people may be told without telling who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FEWEST = 5
"""Fewer people than this could be recognised."""


def discreet(counts: Iterable[int]) -> list[int | None]:
    """The counts of stages that lie within one another; None hides fewer than five people.

    Also hidden is what leaves fewer than five when it is taken from a number shown before, or that from it.
    """
    shown: list[int | None] = []
    told = [0]
    for count in counts:
        hides = any(0 < abs(count - other) < FEWEST for other in told)
        shown.append(None if hides else count)
        if not hides:
            told.append(count)
    return shown
