"""Tables for `st.dataframe` that do not take the way through pandas: it costs several times as much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa  # pyright: ignore[reportMissingTypeStubs] - it has none
import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from streamlit.elements.lib.column_types import ColumnConfig


def table(columns: Mapping[str, Sequence[Any]]) -> pa.Table:
    """Equally long columns by their headings, each of one kind of value; None is nothing."""
    return pa.table({heading: list(values) for heading, values in columns.items()})


def at_least(headings: Iterable[str], widths: Sequence[int]) -> dict[str, ColumnConfig]:
    """The widths of these columns in pixels; on a wide screen each gets its part of what is left.

    What a table needs fits into 726 pixels over the whole page at 1024, beside something else into some 380.
    """
    return {heading: st.column_config.Column(width=width) for heading, width in zip(headings, widths, strict=True)}
