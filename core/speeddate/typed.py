"""A ballot as it is typed: "3, 7=12, 5; -9" is 3 first, then 7 and 12 alike, then 5, and rather not 9."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from core.speeddate.rules import Wishes

if TYPE_CHECKING:
    from collections.abc import Mapping

DASHES = str.maketrans("−–—‐‑", "-----")
# A dash belongs to one number and stands apart from the one before: "3-7" could mean anything.
ENTRY = re.compile(r"(?:[0-9]{1,9}(?:\s*=\s*[0-9]{1,9})*|(?<![0-9])-\s*[0-9]{1,9})(?![0-9])")
DIGITS = re.compile("[0-9]+")
BETWEEN = re.compile(r"[\s,;.]*")
SHOWN = 12


class Slip(StrEnum):
    """What is wrong with a ballot; each has its sentence in words.toml under `slip`."""

    UNREADABLE = "UNREADABLE"
    NUMBER_UNKNOWN = "NUMBER_UNKNOWN"
    MENTOR_TWICE = "MENTOR_TWICE"
    WISHED_AND_VETOED = "WISHED_AND_VETOED"
    TOO_MANY = "TOO_MANY"


@dataclass(frozen=True, slots=True)
class Slipped:
    """The first thing that is wrong, and the sign or number where it is."""

    slip: Slip
    value: str


def read(text: str, mentor_of: Mapping[int, int], *, most: int) -> Wishes | Slipped:
    """What the text says; `mentor_of` gives the application of each number, `most` 0 knows no limit."""
    entries = _entries(text.translate(DASHES))
    if isinstance(entries, Slipped):
        return entries
    unknown = next((number for _, numbers in entries for number in numbers if number not in mentor_of), None)
    if unknown is not None:
        return Slipped(Slip.NUMBER_UNKNOWN, str(unknown))
    wishes = Wishes(
        ranks=tuple(tuple(sorted(mentor_of[one] for one in numbers)) for veto, numbers in entries if not veto),
        vetoes=tuple(sorted(mentor_of[one] for veto, numbers in entries if veto for one in numbers)),
    )
    if (wrong := contradiction(wishes, most=most)) is None:
        return wishes
    slip, mentor = wrong
    number = next((number for number, of in mentor_of.items() if of == mentor), most)
    return Slipped(slip, str(number))


def contradiction(wishes: Wishes, *, most: int) -> tuple[Slip, int] | None:
    """The first thing that a ballot cannot say, with the mentor (0 where it is nobody's)."""
    for several in (wishes.wished, wishes.vetoes):
        twice = next((mentor for at, mentor in enumerate(several) if mentor in several[:at]), None)
        if twice is not None:
            return Slip.MENTOR_TWICE, twice
    both = next((mentor for mentor in wishes.wished if mentor in wishes.vetoes), None)
    if both is not None:
        return Slip.WISHED_AND_VETOED, both
    if most and len(wishes.wished) > most:
        return Slip.TOO_MANY, 0
    return None


def written(wishes: Wishes, number_of: Mapping[int, int]) -> str:
    """The ballot as somebody would type it; `read` gives the same wishes back."""
    groups = ", ".join("=".join(map(str, sorted(number_of[one] for one in group))) for group in wishes.ranks)
    vetoes = " ".join(f"-{number}" for number in sorted(number_of[one] for one in wishes.vetoes))
    return "; ".join(part for part in (groups, vetoes) if part)


def _entries(text: str) -> list[tuple[bool, list[int]]] | Slipped:
    """Whether it is a veto, and the numbers, of each entry."""
    entries: list[tuple[bool, list[int]]] = []
    at = _skip(text, 0)
    while at < len(text):
        found = ENTRY.match(text, at)
        if found is None:
            return Slipped(Slip.UNREADABLE, text[at : at + SHOWN])
        entries.append((found[0].startswith("-"), [int(one) for one in DIGITS.findall(found[0])]))
        at = _skip(text, found.end())
    return entries


def _skip(text: str, at: int) -> int:
    found = BETWEEN.match(text, at)
    return found.end() if found else at
