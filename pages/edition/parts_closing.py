"""What closing an edition keeps, in numbers before it and by name after it, and what is still unfinished."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.people.rules import Result, Side
from pages.shared.downloads import offer_sheet
from pages.shared.words import plain, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.office.queries import Closing, Kept
    from core.store.sheets import Value

SHOWN, HOUR = 200, 60


def table(found: Closing) -> None:
    """People by what became of them, and the certificates, for both sides."""
    results = [result for result in Result if any(found.people[side, result] for side in Side)]
    columns: dict[str, list[Value]] = {
        plain("edition.closing.result"): [
            *(plain(f"people.result.{one}") for one in results),
            plain("edition.closing.certificates"),
        ]
    }
    for side in Side:
        columns[plain(f"intake.side.{side}")] = [
            *(found.people[side, result] for result in results),
            found.certificates[side],
        ]
    st.dataframe(columns, hide_index=True, width="content")


def unfinished(found: Closing) -> None:
    """What would stay as it is for good."""
    for name, count in (("undecided", found.undecided), ("below_minimum", found.below_minimum)):
        if count:
            st.warning(t(f"edition.closing.{name}", n=count), icon=":material/pending_actions:")


def people(kept: Sequence[Kept]) -> None:
    """What became of everybody, the first of them on the page, all of them in the file."""
    columns: dict[str, list[Value]] = {
        plain("edition.closing.person"): [one.person for one in kept],
        plain("edition.closing.side"): [plain(f"intake.side.{one.side}") for one in kept],
        plain("edition.closing.result"): [plain(f"people.result.{one.result}") for one in kept],
        plain("edition.closing.partner"): [one.partner for one in kept],
        plain("edition.closing.meetings"): [one.meetings for one in kept],
        plain("edition.closing.hours"): [round(one.minutes / HOUR, 1) for one in kept],
        plain("edition.closing.certificate"): [plain("intake.answer.yes") if one.certificate else "" for one in kept],
    }
    hours = plain("edition.closing.hours")
    st.dataframe(
        {name: values[:SHOWN] for name, values in columns.items()},
        hide_index=True,
        column_config={hours: st.column_config.NumberColumn(format="localized")},
    )
    if len(kept) > SHOWN:
        st.caption(t("edition.closing.cut", shown=SHOWN, n=len(kept)))
    offer_sheet(t("edition.closing.sheet"), plain("edition.closing.sheet_name"), columns)
