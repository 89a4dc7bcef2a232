"""What do the codes of a form tool stand for? Cells are translated before they are read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.intake.reading.choices import NO
from core.intake.reading.fields import Cell, Field, Kind, Mapped, ValueMap
from core.intake.reading.headings import part_of, question_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.intake.reading.table import Table

CODE = re.compile(r"[A-Z]{1,3}\d{1,4}")
CODED_KINDS = frozenset({Kind.LEVEL, Kind.MODE, Kind.CHOICE, Kind.CHOICES, Kind.CONSENT})
OTHER = frozenset({"other", "altro"})


def as_tuple(mapped: Mapped) -> tuple[str, ...]:
    """Give the headings of a field, one or many, as a tuple."""
    return (mapped,) if isinstance(mapped, str) else mapped


def untranslated(field: Field, headings: Sequence[str], table: Table, value_map: ValueMap) -> tuple[str, ...]:
    """Give the codes of a field that nobody has explained: A1, SQ003."""
    if field.kind not in CODED_KINDS or question_of(headings[0]) in value_map:
        return ()
    if part_of(headings[0]):
        seen = [part_of(heading) for heading in headings]
    else:
        seen = [cell for cell in table.columns[headings[0]] if isinstance(cell, str)]
    return tuple(dict.fromkeys(cell for cell in seen if CODE.fullmatch(cell)))


def translated(heading: str, cell: Cell, value_map: ValueMap) -> Cell:
    """Give the meaning of a cell; a code that the map does not know stays."""
    if not value_map:
        return cell
    meaning = value_map.get(question_of(heading), {}).get(cell if isinstance(cell, str) else "")
    if meaning is None:
        return cell
    return str(meaning).lower() if isinstance(meaning, bool) else meaning


def ticked(headings: Sequence[str], cells: Sequence[Cell], value_map: ValueMap) -> tuple[str, ...]:
    """Give the parts of a question that were ticked, and the words written beside "other"."""
    answers: list[str] = []
    for heading, cell in zip(headings, cells, strict=True):
        part = part_of(heading) or heading
        if not isinstance(cell, str) or not cell:
            continue
        if part.lower() in OTHER:
            answers.append(cell)
        elif not NO.fullmatch(cell.lower()):
            answers.append(str(value_map.get(question_of(heading), {}).get(part, part)))
    return tuple(dict.fromkeys(answers))
