"""Ballots from a file: the template, the file, and what it would do row by row."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import streamlit as st

from core.speeddate.importer import State
from pages.shared.downloads import offer_sheet
from pages.shared.words import plain, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from core.speeddate.importer import Plan, Problem
    from core.speeddate.names import Listed
    from core.speeddate.queries import MenteeBallot
    from core.speeddate.rules import Wishes

FILE = "speeddate.file"
FORM = "speeddate.import."
USUAL_CHOICES = 5
LONG, TALL = 12, 480


def offer_template(ballots: Sequence[MenteeBallot], most: int) -> None:
    """An empty table with the mentees filled in."""
    people = [one.person for one in ballots]
    empty = [""] * len(people)
    table = {
        plain("speeddate.ballots.mail"): [one.mail for one in people],
        plain("speeddate.ballots.mentee"): [one.listed for one in people],
    }
    table |= {plain("speeddate.ballots.choice", n=rank): empty for rank in range(1, (most or USUAL_CHOICES) + 1)}
    table[plain("speeddate.ballots.vetoes")] = empty
    offer_sheet(t("speeddate.import.template"), plain("speeddate.import.template_name"), table)


def choose_file() -> UploadedFile | None:
    """The file, once it is there."""
    return st.file_uploader(plain("speeddate.import.file"), type=["xlsx", "csv"], key=FILE)


def preview(plan: Plan, mentors: Sequence[Listed]) -> None:
    """What each row would do: first the rows to be corrected, each with its cell and its repair, then the others."""
    counts = Counter(line.state for line in plan.lines)
    st.markdown(t("speeddate.import.summary", **{state.value: counts[state] for state in State}))
    problems = [line.problem for line in plan.lines if line.problem]
    if problems:
        _problems(problems)
    lines = [line for line in plan.lines if line.problem is None]
    if lines:
        names = {one.application_id: one.listed for one in mentors}
        st.dataframe(
            {
                plain("speeddate.import.row"): [line.row for line in lines],
                plain("speeddate.ballots.mentee"): [line.name for line in lines],
                plain("speeddate.import.state"): [plain(f"speeddate.import.states.{line.state}") for line in lines],
                plain("speeddate.import.before"): [_said(line.before, names) for line in lines],
                plain("speeddate.import.after"): [_said(line.wishes, names) for line in lines],
            },
            hide_index=True,
            height=TALL if len(lines) > LONG else "content",
        )


def _problems(problems: Sequence[Problem]) -> None:
    repair = plain("speeddate.import.trouble")
    st.dataframe(
        {
            plain("speeddate.import.row"): [one.row for one in problems],
            plain("speeddate.import.column"): [one.column for one in problems],
            plain("speeddate.import.value"): [one.value for one in problems],
            repair: [plain(f"speeddate.problem.{one.code}") for one in problems],
        },
        hide_index=True,
        column_config={repair: st.column_config.TextColumn(width="large")},
        height=TALL if len(problems) > LONG else "content",
    )


def _said(wishes: Wishes | None, names: dict[int, str]) -> str:
    if wishes is None:
        return ""
    parts = [
        plain("speeddate.ballots.rank", rank=rank, names=" = ".join(names[one] for one in group))
        for rank, group in enumerate(wishes.ranks, start=1)
    ]
    if wishes.vetoes:
        parts.append(plain("speeddate.ballots.rather_not", names=", ".join(names[one] for one in wishes.vetoes)))
    return "; ".join(parts)
