"""What did each person answer? One bad row never costs the good ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.intake.reading.codes import ticked, translated
from core.intake.reading.duplicates import status_of
from core.intake.reading.fields import Cell, Kind, Value
from core.intake.reading.form import EMAIL, SUBMITTED
from core.intake.reading.problems import Code, Flaw, Found, Problem, Severity
from core.intake.reading.results import Row, Status
from core.intake.reading.whole_rows import is_trial, left_out, was_not_recorded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.intake.reading.questions import Plan, Question

NOTES = frozenset({Code.NAME_CASE})
ERRORS = frozenset({Code.SCALE_OUT_OF_RANGE, Code.ROW_TOO_LONG})
WHOLE_ROW = "*"
SHOWN_LENGTH = 200


def row_of(number: int, plan: Plan) -> Row:
    """Read one row: its values, what is wrong with them, and what becomes of it."""
    table = plan.table
    cells = table.rows[number - 1]
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    for question in plan.questions:
        found = _answer(question, [cells[at] for at in question.places], plan)
        values[question.field.name] = found.value
        problems += _problems(number, question, found, cells, wanted=question.field.name in plan.wanted)
    problems += [Problem(number, "", field.name, Code.REQUIRED_MISSING, "", Severity.ERROR) for field in plan.missing]
    if is_trial(values):
        column = plan.headings.get(EMAIL.name, ("",))[0]
        problems.append(Problem(number, column, EMAIL.name, Code.TEST_ROW, "", Severity.WARNING))
    if number in table.too_long:
        problems.append(Problem(number, "", WHOLE_ROW, Code.ROW_TOO_LONG, "", Severity.ERROR))
    status = status_of(problems)
    if reason := left_out(table.headings, cells, _sent(plan, cells)):
        values = values if reason is Code.INCOMPLETE_RESPONSE else {}
        problems, status = [_whole(number, reason, plan)], Status.SKIP
    raw = {
        heading: str(cell)
        for heading, cell in zip(table.headings, cells, strict=True)
        if heading not in table.never_kept
    }
    return Row(number, table.line(number), status, values, tuple(problems), raw)


def _whole(number: int, reason: Code, plan: Plan) -> Problem:
    """Say why a row is left out: an answer never sent lacks its moment, else it is the whole row."""
    if reason is Code.INCOMPLETE_RESPONSE:
        column = plan.headings[SUBMITTED.name][0]
        return Problem(number, column, SUBMITTED.name, reason, "", Severity.NOTE)
    return Problem(number, "", WHOLE_ROW, reason, "", Severity.NOTE)


def _sent(plan: Plan, cells: Sequence[Cell]) -> Cell | None:
    if not plan.table.limesurvey or SUBMITTED.name not in plan.headings:
        return None
    return cells[plan.table.headings.index(plan.headings[SUBMITTED.name][0])]


def _answer(question: Question, cells: Sequence[Cell], plan: Plan) -> Found:
    field, headings = question.field, question.headings
    if field.kind is Kind.SCALE:
        return _scale(question, cells)
    if question.in_parts:
        return Found(ticked(headings, cells, plan.value_map) or None)
    cell = translated(headings[0], cells[0], plan.value_map)
    if not cell:
        return Found(value=False if field.kind is Kind.CONSENT else None)
    if plan.table.limesurvey and was_not_recorded(cell, field.name):
        return Found(None, (Flaw(Code.DATE_NOT_RECORDED),))
    return question.read(cell)


def _scale(question: Question, cells: Sequence[Cell]) -> Found:
    """Give each answered item under its heading."""
    answers = {heading: question.read(cell) for heading, cell in zip(question.headings, cells, strict=True) if cell}
    values = {heading: found.value for heading, found in answers.items() if isinstance(found.value, int)}
    flaws = (
        Flaw(flaw.code, {**flaw.params, "column": heading})
        for heading, found in answers.items()
        for flaw in found.flaws
    )
    return Found(values or None, tuple(flaws))


def _problems(number: int, question: Question, found: Found, cells: Sequence[Cell], *, wanted: bool) -> list[Problem]:
    field = question.field
    empty = found.value is None or found.value is False
    flaws = found.flaws
    if empty and wanted and not flaws:
        flaws = (Flaw(Code.CONSENT_MISSING if field.kind is Kind.CONSENT else Code.REQUIRED_MISSING),)
    problems: list[Problem] = []
    for flaw in flaws:
        params = dict(flaw.params)
        column = str(params.pop("column", question.headings[0]))
        place = question.places[question.headings.index(column)]
        shown = str(params.pop("value", str(cells[place])))[:SHOWN_LENGTH]
        severity = _severity(flaw.code, matters=empty and (wanted or field.blocks))
        problems.append(Problem(number, column, field.name, flaw.code, shown, severity, params))
    return problems


def _severity(code: Code, *, matters: bool) -> Severity:
    if code in NOTES:
        return Severity.NOTE
    return Severity.ERROR if matters or code in ERRORS else Severity.WARNING
