"""Tables for `st.dataframe` that do not take the way through pandas: it costs several times as much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa  # pyright: ignore[reportMissingTypeStubs] - it has none

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def table(columns: Mapping[str, Sequence[Any]]) -> pa.Table:
    """Equally long columns by their headings, each of one kind of value; None is nothing."""
    return pa.table({heading: list(values) for heading, values in columns.items()})
