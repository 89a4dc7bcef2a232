"""The fields in which the training sessions of both sides are set; gives a way to build the settings."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.store.clock import ROME
from core.training.rules import Session, Settings, succeeding
from pages.shared.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = "DD/MM/YYYY"
COLUMNS = ["day", "hour", "minutes"]
PLACES = "places"
NUMBER = "number"
"""By which a session is known for good: it travels with its row unseen, so that another date keeps the attendance."""


def training(now: Settings, key: str) -> Callable[[], Settings]:
    """Both sides' sessions, as tables that grow."""
    left, right = st.columns(2)
    with left:
        mentors = _sessions(f"{key}.mentors", plain("edition.year.mentor_sessions"), now.mentor_sessions)
    with right:
        # Only mentees choose one of several: a mentor's place is never taken by another.
        mentees = _sessions(f"{key}.mentees", plain("edition.year.mentee_sessions"), now.mentee_sessions, places=True)
    return lambda: Settings(
        mentor_sessions=succeeding(now.mentor_sessions, _read_sessions(mentors)),
        mentee_sessions=succeeding(now.mentee_sessions, _read_sessions(mentees)),
    )


def _sessions(key: str, label: str, now: tuple[Session, ...], *, places: bool = False) -> pd.DataFrame:
    st.caption(label)
    moments = [one.starts_at.astimezone(ROME) for one in now]
    rows = [(at.date(), at.time(), one.minutes, one.places, one.number) for at, one in zip(moments, now, strict=True)]
    return st.data_editor(
        pd.DataFrame(rows, columns=[*COLUMNS, PLACES, NUMBER]),
        column_config={
            "day": st.column_config.DateColumn(plain("edition.year.session_day"), required=True, format=DAY),
            "hour": st.column_config.TimeColumn(plain("edition.year.session_hour"), required=True, format="HH:mm"),
            "minutes": st.column_config.NumberColumn(
                plain("edition.year.session_minutes"), required=True, min_value=15, max_value=480, default=120
            ),
            PLACES: st.column_config.NumberColumn(plain("training.places"), default=0) if places else None,
            NUMBER: None,
        },
        num_rows="dynamic",
        hide_index=True,
        key=key,
    )


def _read_sessions(table: pd.DataFrame) -> tuple[Session, ...]:
    """The rows in which nothing is left open; one that was added has no number yet."""
    full = table.dropna(subset=COLUMNS).fillna({PLACES: 0, NUMBER: 0})
    sessions = [
        Session(datetime.combine(day, hour, tzinfo=ROME), int(minutes), int(number), int(places))
        for day, hour, minutes, places, number in full.itertuples(index=False, name=None)
    ]
    return tuple(sorted(sessions, key=lambda one: one.starts_at))
