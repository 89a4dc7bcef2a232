"""The fields in which it is set what a certificate asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.certificates.rules import Settings, Thresholds
from core.people.rules import Side
from pages.shared import fields
from pages.shared.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.delta_generator import DeltaGenerator


def certificates(now: Settings, key: str) -> Callable[[], Settings]:
    """For each side the share of the training, the meetings and the hours."""
    left, right = st.columns(2)
    mentees = _side(left, Side.MENTEE, now, key)
    mentors = _side(right, Side.MENTOR, now, key)
    return lambda: Settings(mentees(), mentors())


def _side(place: DeltaGenerator, side: Side, now: Settings, key: str) -> Callable[[], Thresholds]:
    asked = now.of(side)
    place.caption(plain(f"edition.year.certificate_{side}"))
    training = fields.whole(
        place,
        "edition.year.training",
        asked.training,
        key=f"{key}.training {side}",
        tip=plain(f"edition.year.training_{side}_help"),
    )
    meetings = fields.whole(place, "edition.year.meetings", asked.meetings, key=f"{key}.meetings {side}")
    hours = fields.decimal(place, "edition.year.hours", asked.hours, key=f"{key}.hours {side}", step=0.5)
    return lambda: Thresholds(training(), meetings(), hours())
