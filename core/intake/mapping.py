"""Which column answers which field: the guess turned around for the eye, and what was chosen turned back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.intake.reading import guess_mapping
from core.intake.reading.form import FORMS
from core.people.rules import Side
from core.store.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.intake.reading import Table
    from core.intake.reading.fields import Mapped

CLEARLY = 2


class ColumnTwice(Refused):
    """Two columns are said to answer one question that takes a single answer."""


def by_heading(mapping: Mapping[str, Mapped]) -> dict[str, str]:
    """The field of each heading that has one."""
    return {
        heading: name
        for name, headings in mapping.items()
        for heading in ([headings] if isinstance(headings, str) else headings)
    }


def by_field(chosen: Mapping[str, str], side: Side) -> dict[str, Mapped]:
    """The heading, or headings, of each field; raises `ColumnTwice` naming both columns."""
    many = {field.name for field in FORMS[side] if field.takes_many}
    found: dict[str, tuple[str, ...]] = {}
    for heading, name in chosen.items():
        if name in found and name not in many:
            raise ColumnTwice(first=", ".join(found[name]), second=heading)
        found[name] = (*found.get(name, ()), heading)
    return {name: headings[0] if len(headings) == 1 else headings for name, headings in found.items()}


def likely_side(table: Table) -> Side | None:
    """The side whose form knows clearly more of the file's columns (two at least); None when it cannot be told."""
    known = {side: len(by_heading(guess_mapping(table, side))) for side in Side}
    ahead = known[Side.MENTEE] - known[Side.MENTOR]
    if abs(ahead) < CLEARLY:
        return None
    return Side.MENTEE if ahead > 0 else Side.MENTOR
