"""Mentees or mentors: which side a page shows."""

from __future__ import annotations

import streamlit as st

from core.people.rules import Side
from pages.shared.words import plain


def choose_side(*, first: Side = Side.MENTEE, locked: bool = False) -> Side:
    """The side chosen; both stand beside each other."""
    return Side(
        st.segmented_control(
            plain("intake.applicants.side"),
            list(Side),
            default=first,
            required=True,
            format_func=lambda one: plain(f"intake.side.{one}"),
            label_visibility="collapsed",
            key="side",
            disabled=locked,
        )
    )
