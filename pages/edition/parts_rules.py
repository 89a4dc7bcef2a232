"""The fields in which an edition's rules are set, one function a phase; each gives a way to build the settings.

Building checks the values and may refuse, so it is left to the act.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.intake.rules import Settings as Intake
from core.mentoring.rules import ClosedPeriod
from core.mentoring.rules import Settings as Mentoring
from pages.shared.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.matching.rules import Settings as Matching
    from core.speeddate.rules import Settings as SpeedDate

DAY = "DD/MM/YYYY"


def intake(now: Intake, key: str) -> Callable[[], Intake]:
    """The application window and the sectors that the form offers, one a line."""
    left, right = st.columns(2)
    opens = left.date_input(plain("edition.year.opens_on"), now.opens_on, key=f"{key}.first", format=DAY)
    closes = right.date_input(plain("edition.year.closes_on"), now.closes_on, key=f"{key}.last", format=DAY)
    sectors = st.text_area(plain("edition.year.sectors"), "\n".join(now.sectors), key=f"{key}.sectors", height=200)
    lines = tuple(line.strip() for line in sectors.splitlines() if line.strip())
    return lambda: Intake(opens, closes, lines)


def mentoring(now: Mentoring, key: str) -> Callable[[], Mentoring]:
    """How many meetings, how long, how often, between which days, and when the University is closed."""
    first, second, third = st.columns(3)
    first_day = first.date_input(plain("edition.year.first_day"), now.first_day, key=f"{key}.first", format=DAY)
    last_day = second.date_input(plain("edition.year.last_day"), now.last_day, key=f"{key}.last", format=DAY)
    minutes = third.number_input(plain("edition.year.minutes"), 15, 480, now.minutes, 5, key=f"{key}.minutes")
    columns = st.columns(4)
    numbers = [
        column.number_input(plain(f"edition.year.{name}"), 1, 120, getattr(now, name), key=f"{key}.{name}")
        for column, name in zip(
            columns, ("least_meetings", "most_meetings", "least_days_between", "most_days_between"), strict=True
        )
    ]
    st.caption(plain("edition.year.closed"))
    closed = st.data_editor(
        pd.DataFrame([(one.name, one.first, one.last) for one in now.closed], columns=["name", "first", "last"]),
        column_config={
            "name": st.column_config.TextColumn(plain("edition.year.closed_name"), required=True),
            "first": st.column_config.DateColumn(plain("edition.year.closed_first"), required=True, format=DAY),
            "last": st.column_config.DateColumn(plain("edition.year.closed_last"), required=True, format=DAY),
        },
        num_rows="dynamic",
        hide_index=True,
        key=f"{key}.closed",
    )
    return lambda: Mentoring(
        first_day=first_day,
        last_day=last_day,
        closed=tuple(ClosedPeriod(row.name, row.first, row.last) for row in _full(closed)),
        least_meetings=int(numbers[0]),
        most_meetings=int(numbers[1]),
        minutes=int(minutes),
        least_days_between=int(numbers[2]),
        most_days_between=int(numbers[3]),
    )


def _full(table: pd.DataFrame) -> list:
    """The rows in which nothing is left open, as tuples named by their columns."""
    return list(table.dropna().itertuples(index=False))


def speed_date(now: SpeedDate, key: str) -> Callable[[], SpeedDate]:
    """The day, open until it is set, and how long ballots are taken."""
    first, second, third = st.columns(3)
    window_first = first.date_input(
        plain("edition.year.window_first"), now.window_first, key=f"{key}.first", format=DAY
    )
    window_last = second.date_input(plain("edition.year.window_last"), now.window_last, key=f"{key}.last", format=DAY)
    most = third.number_input(plain("edition.year.most_choices"), 0, 50, now.most_choices, key=f"{key}.most")
    day = first.date_input(
        plain("edition.year.day"), now.day, key=f"{key}.day", format=DAY, help=plain("edition.year.day_help")
    )
    starts = second.time_input(plain("edition.year.starts_at"), now.starts_at, key=f"{key}.starts")
    stays = third.number_input(plain("edition.year.ballot_days"), 0, 60, now.ballot_days_open, key=f"{key}.days")
    return lambda: replace(
        now,
        window_first=window_first,
        window_last=window_last,
        day=day,
        starts_at=starts,
        ballot_days_open=int(stays),
        most_choices=int(most),
    )


def matching(now: Matching, key: str) -> Callable[[], Matching]:
    """How many mentees a mentor takes at most, and whether pairs outside the lists are made."""
    capacity = st.number_input(plain("edition.year.capacity"), 1, 20, now.mentor_capacity, key=f"{key}.first")
    unlisted = st.checkbox(plain("edition.year.allow_unlisted"), now.allow_unlisted, key=f"{key}.unlisted")
    return lambda: replace(now, mentor_capacity=int(capacity), allow_unlisted=unlisted)
