"""What a file is understood to say: its columns, and what it cannot say by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.intake.mapping import by_field, by_heading, likely_side
from core.intake.reading import guess_mapping
from core.intake.reading.fields import DateOrder
from core.intake.reading.form import FORMS
from core.intake.reading.headings import is_of_the_tool
from core.intake.reading.results import NeedKind
from pages.shared.words import plain, t

if TYPE_CHECKING:
    from core.intake.reading import Reading, Table
    from core.intake.reading.fields import Mapped
    from core.people.rules import Side


def columns(table: Table, side: Side, *, key: str) -> dict[str, Mapped]:
    """The columns with three sample values each, and the field that each answers: guessed, mended by hand."""
    guessed = by_heading(guess_mapping(table, side))
    labels = {field.name: plain(f"intake.field.{field.name}") for field in FORMS[side]}
    kept = [heading for heading in table.headings if heading not in table.never_kept]
    shown = pd.DataFrame(
        {
            "heading": kept,
            "sample": [_sample(table, heading) for heading in kept],
            "field": [labels.get(guessed.get(heading, "")) for heading in kept],
        }
    )
    open_ones = [heading for heading in kept if heading not in guessed and not is_of_the_tool(heading)]
    told = t("intake.upload.columns", n=len(open_ones)) if open_ones else t("intake.upload.columns_all")
    with st.expander(told, expanded=False, icon=":material/view_column:"):
        st.caption(t("intake.upload.columns_help"))
        edited = st.data_editor(
            shown,
            column_config={
                "heading": st.column_config.TextColumn(plain("intake.upload.heading"), disabled=True),
                "sample": st.column_config.TextColumn(plain("intake.upload.sample"), disabled=True, width="large"),
                "field": st.column_config.SelectboxColumn(plain("intake.upload.field"), options=list(labels.values())),
            },
            hide_index=True,
            key=f"columns {key}",
        )
    names = {label: name for name, label in labels.items()}
    pairs = zip(edited["heading"], edited["field"], strict=True)
    chosen = {heading: names[label] for heading, label in pairs if label in names}
    return by_field(chosen, side)


def unknown_columns(reading: Reading) -> None:
    """Ask about columns that nothing is taken from, and say which are never kept."""
    if reading.unknown_columns:
        st.warning(
            t("intake.upload.unknown", n=len(reading.unknown_columns), columns=", ".join(reading.unknown_columns)),
            icon=":material/help:",
        )
    if reading.never_kept:
        st.info(t("intake.upload.never_kept", columns=", ".join(reading.never_kept)), icon=":material/lock:")


def date_order(*, key: str) -> DateOrder | None:
    """Which comes first, day or month; None until it is said."""
    return st.segmented_control(
        plain("intake.upload.date_order"),
        list(DateOrder),
        format_func=lambda order: plain(f"intake.upload.order_{order.value}"),
        key=f"order {key}",
    )


def side_is_meant(table: Table, side: Side, *, key: str) -> bool:
    """Whether the file is one of this side, or the person says that it is all the same."""
    other = likely_side(table)
    if other is None or other is side:
        return True
    st.warning(t("intake.upload.other_side", side=plain(f"intake.side_form.{other}")), icon=":material/swap_horiz:")
    return st.checkbox(t("intake.upload.this_side", side=plain(f"intake.side_form.{side}")), key=f"side {key}")


def asked(reading: Reading) -> None:
    """The questions that are still open, a sentence each."""
    for need in reading.needs:
        values = {"column": need.column, "values": " · ".join(need.values)}
        if need.kind is NeedKind.COLUMN:
            values["field"] = plain(f"intake.field.{need.field}")
        st.warning(t(f"intake.need.{need.kind}", **values), icon=":material/help:")


def _sample(table: Table, heading: str) -> str:
    cells = [str(cell) for cell in table.columns[heading] if cell != ""]
    return " · ".join(cells[:3])
