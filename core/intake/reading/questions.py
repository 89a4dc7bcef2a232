"""Which questions does this file answer, and by which terms is it read? The plan of a reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.intake.reading.codes import as_tuple
from core.intake.reading.convert import Terms, reader_of
from core.intake.reading.dates import may_be_swapped, order_of
from core.intake.reading.fields import Cell, DateOrder, Field, Kind, Limits, Mapped, Options, ValueMap
from core.intake.reading.form import FIRST_NAME, FORMS, FULL_NAME, LAST_NAME, SUBMITTED
from core.intake.reading.headings import key, part_of
from core.intake.reading.refusals import ColumnNotKept, UnknownColumn
from core.intake.reading.results import OrderSource

if TYPE_CHECKING:
    from core.intake.reading.problems import Found
    from core.intake.reading.table import Table
    from core.people.rules import Side

Headings = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Question:
    """A field of the form with its columns in this file and the function that reads its cells."""

    field: Field
    headings: tuple[str, ...]
    places: tuple[int, ...]
    read: Callable[[Cell], Found]

    @property
    def in_parts(self) -> bool:
        """Whether the columns are the parts of one question, each ticked or not."""
        return self.field.takes_many and (len(self.headings) > 1 or any(map(part_of, self.headings)))


@dataclass(frozen=True, slots=True)
class Plan:
    """How a file is read: its questions, the fields it must answer, those among them without a column."""

    table: Table
    questions: tuple[Question, ...]
    value_map: ValueMap
    wanted: frozenset[str]
    missing: tuple[Field, ...]
    date_order: DateOrder | None
    date_order_source: OrderSource

    @property
    def headings(self) -> dict[str, tuple[str, ...]]:
        """The columns of each field."""
        return {question.field.name: question.headings for question in self.questions}


def plan_of(
    table: Table,
    side: Side,
    mapping: Mapping[str, Mapped],
    *,
    options: Options,
    value_map: ValueMap,
    date_order: DateOrder | None,
    limits: Limits,
    required: frozenset[str] | None,
) -> Plan:
    """Settle how a file is read; a mapping that names other columns than the file's is refused."""
    headings = _resolved(table, mapping)
    fields = tuple(field for field in FORMS[side] if field.name in headings)
    dates = _dates(table, fields, headings)
    order, source = order_of(dates.values(), dates.get(SUBMITTED.name, ()))
    if date_order is not None:
        order, source = date_order, OrderSource.ANSWERED
    swapped = frozenset(name for name, cells in dates.items() if may_be_swapped(cells))
    terms = Terms(order, options, limits, _with_semicolons(table, headings), swapped)
    wanted = _wanted(side, headings, required)
    return Plan(
        table=table,
        questions=tuple(_question(table, field, headings[field.name], terms) for field in fields),
        value_map=value_map,
        wanted=wanted,
        missing=tuple(field for field in FORMS[side] if field.name in wanted and field not in fields),
        date_order=order,
        date_order_source=source,
    )


def _resolved(table: Table, mapping: Mapping[str, Mapped]) -> dict[str, tuple[str, ...]]:
    """Find the mapped headings in the file, however their spaces and capitals are written."""
    by_key = {key(heading): heading for heading in reversed(table.headings)}
    resolved: dict[str, tuple[str, ...]] = {}
    for name, mapped in mapping.items():
        asked = as_tuple(mapped)
        found = [heading if heading in table.headings else by_key.get(key(heading)) for heading in asked]
        for heading, there in zip(asked, found, strict=True):
            if there is None:
                raise UnknownColumn(column=heading)
            if there in table.never_kept:
                raise ColumnNotKept(column=heading)
        resolved[name] = tuple(there for there in found if there is not None)
    return {name: there for name, there in resolved.items() if there}


def _question(table: Table, field: Field, headings: tuple[str, ...], terms: Terms) -> Question:
    places = tuple(table.headings.index(heading) for heading in headings)
    return Question(field, headings, places, reader_of(field, terms))


def _dates(table: Table, fields: Sequence[Field], headings: Headings) -> dict[str, Sequence[Cell]]:
    columns = table.columns
    return {field.name: columns[headings[field.name][0]] for field in fields if field.kind is Kind.MOMENT}


def _with_semicolons(table: Table, headings: Headings) -> frozenset[str]:
    """Give the fields where several answers stand in one cell with semicolons between them."""
    columns = table.columns
    return frozenset(
        name
        for name, (heading, *_) in headings.items()
        if any(isinstance(cell, str) and ";" in cell for cell in columns[heading])
    )


def _wanted(side: Side, headings: Headings, required: frozenset[str] | None) -> frozenset[str]:
    """Give the fields that must be answered; a person has either a full name or its parts."""
    wanted = required or frozenset(field.name for field in FORMS[side] if field.required)
    parts = {FIRST_NAME.name, LAST_NAME.name}
    in_parts = FULL_NAME.name not in headings and parts.intersection(headings)
    return wanted - ({FULL_NAME.name} if in_parts else parts)
