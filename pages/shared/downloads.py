"""Tables that people take with them: XLSX files made when the button is pressed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core.store import sheets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def offer_sheet(label: str, name: str, columns: Mapping[str, Sequence[sheets.Value]]) -> None:
    """A button that hands the table out as a file; its name changes with the content, so that no old one is served."""
    st.download_button(
        label,
        data=partial(sheets.workbook, name, columns),
        file_name=f"{name}-{sheets.content_hash(columns)}.xlsx",
        mime=sheets.XLSX,
        icon=":material/download:",
        on_click="ignore",
    )
