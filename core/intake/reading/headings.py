"""Which column answers which question? A proposal from headings and content, shown before it is used."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from core.intake.reading.fields import Cell, Field, Kind, Mapped
from core.intake.reading.form import FIRST_NAME, FORMS, FULL_NAME, LAST_NAME, NEVER_KEPT, OF_THE_TOOL

if TYPE_CHECKING:
    from core.people.rules import Side

EXACT, WITHIN, START = 10_000, 100, 50
# Columns whose content tells more than their heading.
CONTENT: Mapping[Kind, re.Pattern[str]] = {
    Kind.MAIL: re.compile(r"\S+@\S+"),
    Kind.LINKEDIN: re.compile(r"linkedin\.com/", re.IGNORECASE),
}
IP = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}", re.IGNORECASE)
TAX_CODE = re.compile(r"[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]", re.IGNORECASE)
# "settori[SQ003]" and "Autovalutazione [Lavoro di gruppo]": one question, several columns.
PART = re.compile(r"(?P<question>.*?)\s*\[(?P<part>[^\[\]]+)\]", re.DOTALL)

Columns = Mapping[str, Sequence[Cell]]


@lru_cache(maxsize=1_000)
def key(heading: str) -> str:
    """Write a heading in small letters without accents, signs and a leading number."""
    plain = unicodedata.normalize("NFKD", heading.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"^\d+ (?=\D)", "", " ".join(re.findall(r"[^\W_]+", letters)))


def question_of(heading: str) -> str:
    """Give the question of a heading that names one part of it."""
    found = PART.fullmatch(heading)
    return found["question"] if found else heading


def part_of(heading: str) -> str:
    """Give the part that a heading names, or nothing."""
    found = PART.fullmatch(heading)
    return found["part"] if found else ""


def fit(field: Field, heading: str) -> int:
    """Say how well a heading names a field: 0 is not at all, an exact name beats the longest phrase in it."""
    plain = key(question_of(heading) if field.takes_many else heading)
    if not plain or any(f" {word}" in f" {plain}" for word in field.never):
        return 0
    if plain in field.exact or plain in field.within:
        return EXACT
    return max((_phrase(phrase, plain) for phrase in field.within), default=0)


def is_known(heading: str) -> bool:
    """Whether a heading names a field of either form."""
    return any(fit(field, heading) for fields in FORMS.values() for field in fields)


def is_of_the_tool(heading: str) -> bool:
    """Whether the form tool adds this column on its own."""
    return fit(OF_THE_TOOL, heading) > 0


def is_never_kept(heading: str, column: Iterable[Cell]) -> bool:
    """Whether a column holds, by its heading or by all its answers, what the office must not keep."""
    if fit(NEVER_KEPT, heading):
        return True
    filled = [cell for cell in column if cell]
    return bool(filled) and any(
        all(isinstance(cell, str) and pattern.fullmatch(cell) for cell in filled) for pattern in (IP, TAX_CODE)
    )


def guess(columns: Columns, side: Side) -> dict[str, Mapped]:
    """Propose the columns of each field, each column once, the best pairs first.

    Microsoft Forms calls a question "Name2" when "Name" is its own column, the account's.
    """
    candidates = sorted(
        ((*_worth(field, heading, cells), -at, field, heading)
         for field in FORMS[side] for at, (heading, cells) in enumerate(columns.items())
         if field.kind is not Kind.NAME or f"{heading}2" not in columns),
        key=lambda candidate: candidate[:3], reverse=True,
    )  # fmt: skip
    chosen: dict[str, Mapped] = {}
    taken: set[str] = set()
    for _, worth, _, field, heading in candidates:
        if worth and field.name not in chosen and heading not in taken:
            parts = _together(field, heading, columns) if field.takes_many else heading
            chosen[field.name] = parts
            taken.update((parts,) if isinstance(parts, str) else parts)
    _settle_names(chosen)
    return {field.name: chosen[field.name] for field in FORMS[side] if field.name in chosen}


def _phrase(phrase: str, plain: str) -> int:
    at = f" {plain}".find(f" {phrase}")
    return 0 if at < 0 else WITHIN + len(phrase) + (START if at == 0 else 0)


def _worth(field: Field, heading: str, cells: Sequence[Cell]) -> tuple[bool, int]:
    """Whether the column is filled, and how well it fits by heading and content."""
    filled = [cell for cell in cells if cell]
    worth = fit(field, heading)
    content = CONTENT.get(field.kind)
    if content and filled:
        alike = sum(1 for cell in filled if isinstance(cell, str) and content.search(cell))
        if alike * 2 < len(filled):
            # A known heading over mostly bad answers is still the column whose answers must be mended.
            return True, min(worth, alike, 1)
        worth += 1
    return bool(filled), worth


def _together(field: Field, heading: str, columns: Columns) -> Mapped:
    """Give all columns of a question in parts, and of the self-assessment all its items."""
    if field.kind is Kind.SCALE:
        return tuple(other for other in columns if fit(field, other))
    if not part_of(heading):
        return heading
    return tuple(other for other in columns if part_of(other) and question_of(other) == question_of(heading))


def _settle_names(chosen: dict[str, Mapped]) -> None:
    """Keep either the full name or its two parts; a lone "Nome" beside "Nome e cognome" is an account's."""
    full, first, last = FULL_NAME.name, FIRST_NAME.name, LAST_NAME.name
    if first in chosen and last in chosen:
        chosen.pop(full, None)
        return
    only_first = chosen.pop(first, None)
    if full in chosen:
        chosen.pop(last, None)
    elif only_first and last not in chosen:
        chosen[full] = only_first
