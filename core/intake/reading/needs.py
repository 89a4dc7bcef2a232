"""What must be asked before rows can be taken: columns, the order of dates, codes, options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.intake.reading.codes import untranslated
from core.intake.reading.dates import readings
from core.intake.reading.fields import Kind
from core.intake.reading.problems import Code
from core.intake.reading.results import Need, NeedKind, OrderSource, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.intake.reading.questions import Plan

SHOWN = 5


def needs_of(plan: Plan, rows: Sequence[Row]) -> tuple[Need, ...]:
    """Give what must be asked: columns, the order of dates, the meaning of codes, the offered answers."""
    needs = [Need(NeedKind.COLUMN, field.name) for field in plan.missing]
    if plan.date_order_source is OrderSource.UNKNOWN:
        name = next(question.field.name for question in plan.questions if question.field.kind is Kind.MOMENT)
        needs.append(_need(plan, NeedKind.DATE_ORDER, name, _undecided_dates(plan)))
    for question in plan.questions:
        name = question.field.name
        if codes := untranslated(question.field, question.headings, plan.table, plan.value_map):
            needs.append(_need(plan, NeedKind.VALUE_MAP, name, codes))
        if unclear := [
            problem.value
            for row in rows
            for problem in row.problems
            if problem.code is Code.CHOICES_UNCLEAR and problem.field == name
        ]:
            needs.append(_need(plan, NeedKind.OPTIONS, name, unclear))
    return tuple(needs)


def _need(plan: Plan, kind: NeedKind, name: str, values: Sequence[str]) -> Need:
    return Need(kind, name, plan.headings[name][0], tuple(dict.fromkeys(values))[:SHOWN])


def _undecided_dates(plan: Plan) -> list[str]:
    columns = plan.table.columns
    cells = [
        cell
        for question in plan.questions
        if question.field.kind is Kind.MOMENT
        for cell in columns[question.headings[0]]
        if isinstance(cell, str)
    ]
    return [cell for cell in cells if len(set(readings(cell))) > 1]
