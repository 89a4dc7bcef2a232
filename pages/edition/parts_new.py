"""Which edition a new one is made like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.shared.words import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.edition.queries import EditionSummary


def choose_model(every: Sequence[EditionSummary], now: EditionSummary) -> int | None:
    """The edition whose rules and resources the new one takes over; None for the programme's own values."""
    names = {one.id: plain("edition.year.like", name=one.name) for one in every}
    return st.selectbox(
        plain("edition.year.model"),
        [*names, None],
        index=list(names).index(now.id),
        format_func=lambda one: plain("edition.year.usual") if one is None else names[one],
        help=plain("edition.year.model_help"),
        key="edition.model",
    )
