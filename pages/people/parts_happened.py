"""All that has happened with somebody, as a table, the latest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.office.happened import By
from core.store.clock import ROME
from pages.shared import tables
from pages.shared.words import plain, short_day, short_moment, t

if TYPE_CHECKING:
    from core.office.happened import Happened
    from core.office.queries import OpenedPerson

MOST = 200
LONG, TALL = 18, 700
WIDTHS, EDITION = (125, 200, 100), 60
"""Of when, what and who; and of the edition."""


def timeline(one: OpenedPerson) -> None:
    """The lines in the order of time; beyond 200 the latest."""
    st.subheader(t("people.person.happened"))
    shown = one.lines[:MOST]
    if not shown:
        st.caption(t("people.person.nothing"))
        return
    if len(shown) < len(one.lines):
        st.caption(t("people.person.cut", shown=len(shown), all=len(one.lines)))
    columns = {
        plain("people.person.when"): [_when(line) for line in shown],
        plain("people.person.what"): [plain(f"office.happened.{line.what}", **line.values) for line in shown],
        plain("people.person.by"): [_by(line, one) for line in shown],
        plain("people.person.edition"): [one.editions.get(line.edition_id or 0, "") for line in shown],
    }
    if len(one.editions) < 2:  # noqa: PLR2004 - with one edition the column says nothing
        del columns[plain("people.person.edition")]
    widths = tables.at_least(columns, [*WIDTHS, *([EDITION] if len(columns) > len(WIDTHS) else [])])
    height = TALL if len(shown) > LONG else "content"
    st.dataframe(tables.table(columns), hide_index=True, height=height, column_config=widths)


def _when(line: Happened) -> str:
    return short_day(line.at.astimezone(ROME).date()) if line.whole_day else short_moment(line.at)


def _by(line: Happened, one: OpenedPerson) -> str:
    if line.by is By.PERSON:
        return plain("people.person.by_person")
    return one.staff.get(line.account_id or 0, "") if line.by is By.STAFF else ""
