"""The fields in which it is set what a certificate asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.certificates.rules import Settings, Thresholds
from core.people.rules import Side
from pages.shared.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable


def certificates(now: Settings, key: str) -> Callable[[], Settings]:
    """For each side the share of the training, the meetings and the hours."""
    left, right = st.columns(2)
    with left:
        mentees = _side(Side.MENTEE, now, key)
    with right:
        mentors = _side(Side.MENTOR, now, key)
    return lambda: Settings(mentees(), mentors())


def _side(side: Side, now: Settings, key: str) -> Callable[[], Thresholds]:
    asked = now.of(side)
    st.caption(plain(f"edition.year.certificate_{side}"))
    training = st.number_input(
        plain("edition.year.training"),
        0,
        100,
        asked.training,
        key=f"{key}.training {side}",
        help=plain(f"edition.year.training_{side}_help"),
    )
    meetings = st.number_input(plain("edition.year.meetings"), 0, 30, asked.meetings, key=f"{key}.meetings {side}")
    hours = st.number_input(
        plain("edition.year.hours"), 0.0, 200.0, float(asked.hours), 0.5, format="%.2f", key=f"{key}.hours {side}"
    )
    return lambda: Thresholds(int(training), int(meetings), float(hours))
