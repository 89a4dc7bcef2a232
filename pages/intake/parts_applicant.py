"""The applicants as a table, and one of them opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.intake.reading.form import FORMS
from core.people.rules import Side
from pages.intake.parts_plan import answer
from pages.shared import tables
from pages.shared.words import escape, plain, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.intake.queries import Applicant, OpenedApplication

OF_THE_PERSON = frozenset({"email", "full_name", "first_name", "last_name"})
LONG = frozenset({"motivation"})
WIDTHS = (125, 120, 80, 64)


def table(found: Sequence[Applicant], side: Side, *, key: str) -> Applicant | None:
    """The applicants with what tells them apart; gives the chosen one. Another key begins with nobody chosen."""
    columns = {
        plain("intake.applicants.name"): [one.listed for one in found],
    }
    if side is Side.MENTEE:
        columns[plain("intake.field.course")] = [answer(one.course) for one in found]
        columns[plain("intake.applicants.mark")] = [mark(one) for one in found]
    else:
        columns[plain("intake.field.company")] = [answer(one.company) for one in found]
        columns[plain("intake.field.years_experience")] = [answer(one.years_experience) for one in found]
    columns[plain("intake.applicants.withdrawn")] = [answer(True) if one.withdrawn else "" for one in found]
    event = st.dataframe(
        tables.table(columns),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config=tables.at_least(columns, WIDTHS),
        key=key,
    )
    rows = event["selection"]["rows"]
    return found[rows[0]] if rows and rows[0] < len(found) else None


def mark(one: Applicant) -> str:
    """The degree mark out of 110 where there is one, else the mean out of 30."""
    if one.final_mark is not None:
        return f"{one.final_mark}/110{' L' if one.honours else ''}"
    return "–" if one.mean_30 is None else f"{answer(one.mean_30)}/30"


def card(opened: OpenedApplication) -> None:
    """One application with every answer given; links are shown, not followed."""
    person, application = opened.person, opened.application
    st.subheader(escape(person.spoken))
    st.text(person.mail)
    facts = {**application.model_dump(), "phone": person.phone}
    fields = [field.name for field in FORMS[application.side] if field.name not in OF_THE_PERSON | LONG]
    st.dataframe(
        {
            plain("intake.upload.field"): [plain(f"intake.field.{name}") for name in fields],
            plain("intake.upload.value"): [_shown(name, facts) for name in fields],
        },
        hide_index=True,
        height="content",
    )
    for name in LONG:
        st.caption(plain(f"intake.field.{name}"))
        st.text(facts[name] or "–")


def _shown(name: str, facts: dict[str, object]) -> str:
    if name == "final_mark" and facts["honours"]:
        return t("intake.applicants.honours")
    return answer(facts[name])
