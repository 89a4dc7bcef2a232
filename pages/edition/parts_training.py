"""The fields in which the training sessions of both sides are set; gives a way to build the settings."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.edition.rules import given, given_day, given_whole
from core.store.clock import ROME
from core.training.rules import Session, Settings, succeeding
from pages.shared import fields
from pages.shared.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, time

COLUMNS = ["day", "hour", "minutes"]
USUAL_MINUTES = 120
NUMBER = "number"
"""By which a session is known for good: it travels with its row unseen, so that another date keeps the attendance."""


def training(now: Settings, key: str) -> Callable[[], Settings]:
    """Both sides' sessions, as tables that grow."""
    left, right = st.columns(2)
    with left:
        mentors = _sessions(f"{key}.mentors", plain("edition.year.mentor_sessions"), now.mentor_sessions)
    with right:
        mentees = _sessions(f"{key}.mentees", plain("edition.year.mentee_sessions"), now.mentee_sessions)
    return lambda: Settings(
        mentor_sessions=succeeding(now.mentor_sessions, _read_sessions(mentors)),
        mentee_sessions=succeeding(now.mentee_sessions, _read_sessions(mentees)),
    )


def _sessions(key: str, label: str, now: tuple[Session, ...]) -> pd.DataFrame:
    st.caption(label)
    moments = [one.starts_at.astimezone(ROME) for one in now]
    rows = [(at.date(), at.time(), one.minutes, one.number) for at, one in zip(moments, now, strict=True)]
    return st.data_editor(
        pd.DataFrame(rows, columns=[*COLUMNS, NUMBER]),
        column_config={
            "day": st.column_config.DateColumn(plain("edition.year.session_day"), format=fields.DAY),
            "hour": st.column_config.TimeColumn(plain("edition.year.session_hour"), format="HH:mm"),
            "minutes": st.column_config.NumberColumn(plain("edition.year.session_minutes"), default=USUAL_MINUTES),
            NUMBER: None,
        },
        num_rows="dynamic",
        hide_index=True,
        key=key,
    )


def _read_sessions(table: pd.DataFrame) -> tuple[Session, ...]:
    """The sessions in their order; one that was added has no number yet."""
    sessions = [_session(*row) for row in fields.rows(table)]
    return tuple(sorted(sessions, key=lambda one: one.starts_at))


def _session(day: date | None, hour: time | None, minutes: float | None, number: float | None) -> Session:
    on = given_day(day, what="edition.year.session_day")
    begins = given(hour, what="edition.year.session_hour")
    lasts = given_whole(minutes, what="edition.year.session_minutes")
    return Session(datetime.combine(on, begins, tzinfo=ROME), lasts, int(number or 0))
