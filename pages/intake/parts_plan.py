"""What taking over would do, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.intake.plan import Step
from core.intake.reading.fields import FinalMark
from core.intake.reading.problems import Severity
from core.language.text import known
from pages.shared.words import number, plain, short, t

if TYPE_CHECKING:
    from core.intake.plan import Plan, PlannedRow
    from core.intake.reading.problems import Problem

WRAPPED = 62
"""Height of a row in pixels in which a sentence has two lines."""


def counts(plan: Plan) -> None:
    """The five figures: new, changed, unchanged, left out, to be mended."""
    for column, (step, found) in zip(st.columns(len(Step)), plan.counts.items(), strict=True):
        column.metric(plain(f"intake.step.{step}"), number(found), border=True)


def rows(plan: Plan, *, key: str) -> None:
    """The rows with what happens to each and why; the chips leave those of one kind."""
    steps = [step for step, found in plan.counts.items() if found]
    chosen = st.pills(
        plain("intake.upload.filter"),
        steps,
        selection_mode="multi",
        format_func=lambda step: plain(f"intake.step.{step}"),
        key=f"steps {key}",
        label_visibility="collapsed",
    )
    shown = [row for row in plan.rows if not chosen or row.step in chosen]
    st.dataframe(
        {
            plain("intake.upload.row"): [row.row.line for row in shown],
            plain("intake.upload.what"): [plain(f"intake.step.{row.step}", n=1) for row in shown],
            plain("intake.field.last_name"): [row.answers.last_name for row in shown],
            plain("intake.field.first_name"): [row.answers.first_name for row in shown],
            plain("intake.field.email"): [row.answers.mail for row in shown],
            plain("intake.upload.why"): [reasons(row) for row in shown],
        },
        column_config={plain("intake.upload.why"): st.column_config.TextColumn(width="large")},
        hide_index=True,
    )


def problems(plan: Plan) -> None:
    """The rows that are not taken until mended: where, what the file says, and the repair."""
    found = [
        (row, problem)
        for row in plan.rows
        if row.step is Step.ERROR
        for problem in row.row.problems
        if problem.severity is Severity.ERROR
    ]
    if not found:
        return
    st.subheader(t("intake.upload.to_mend", n=plan.counts[Step.ERROR]))
    st.dataframe(
        {
            plain("intake.upload.row"): [row.row.line for row, _ in found],
            plain("intake.upload.heading"): [problem.column for _, problem in found],
            plain("intake.upload.value"): [problem.value for _, problem in found],
            plain("intake.upload.repair"): [sentence(problem) for _, problem in found],
        },
        column_config={plain("intake.upload.repair"): st.column_config.TextColumn(width="large")},
        hide_index=True,
        row_height=WRAPPED,
    )


def sentence(problem: Problem, *, typed: bool = False) -> str:
    """What is wrong and how to mend it: in the file, or in the fields of a form."""
    told = f"intake.typed.{problem.code}"
    key = told if typed and known(told) else f"intake.problem.{problem.code}"
    return plain(key, **{"value": problem.value, **problem.params})


def reasons(row: PlannedRow) -> str:
    """Why this happens to the row: what changes, why it is left out, what to look at."""
    changes = [f"{_field(one.field)}: {answer(one.old)} → {answer(one.new)}" for one in row.changes]
    why = [plain(f"intake.why.{row.why}")] if row.why else []
    return " · ".join(changes + why + [sentence(problem) for problem in row.row.problems])


def answer(value: object) -> str:
    """An answer as people read it."""
    if value is None or value in ([], (), {}):
        return "–"
    if isinstance(value, FinalMark):
        return f"{value.points}{' L' if value.honours else ''}"
    if isinstance(value, dict):
        return plain("intake.answer.scale", mean=sum(value.values()) / len(value), n=len(value))
    if isinstance(value, bool):
        return plain(f"intake.answer.{'yes' if value else 'no'}")
    if isinstance(value, str):
        return plain(f"intake.answer.{value}") if known(f"intake.answer.{value}") else value
    return short(value)


def _field(name: str) -> str:
    return plain(f"intake.field.{name}") if known(f"intake.field.{name}") else name
