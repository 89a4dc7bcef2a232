"""The fields in which an edition's rules are set, one function a phase; each gives a way to build the settings.

Building checks the values and may refuse, so it is left to the act.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.edition.rules import given, given_day
from core.intake.rules import Settings as Intake
from core.mentoring.rules import ClosedPeriod
from core.mentoring.rules import Settings as Mentoring
from pages.shared import fields
from pages.shared.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from core.matching.rules import Settings as Matching
    from core.speeddate.rules import Settings as SpeedDate


def intake(now: Intake, key: str) -> Callable[[], Intake]:
    """The application window and the sectors that the form offers, one a line."""
    left, right = st.columns(2)
    opens = fields.day(left, "edition.year.opens_on", now.opens_on, key=f"{key}.first")
    closes = fields.day(right, "edition.year.closes_on", now.closes_on, key=f"{key}.last")
    sectors = st.text_area(plain("edition.year.sectors"), "\n".join(now.sectors), key=f"{key}.sectors", height=200)
    lines = tuple(line.strip() for line in sectors.splitlines() if line.strip())
    return lambda: Intake(opens(), closes(), lines)


def mentoring(now: Mentoring, key: str) -> Callable[[], Mentoring]:
    """How many meetings, how long, how often, between which days, and when the University is closed."""
    first, second, third = st.columns(3)
    first_day = fields.day(first, "edition.year.first_day", now.first_day, key=f"{key}.first")
    last_day = fields.day(second, "edition.year.last_day", now.last_day, key=f"{key}.last")
    minutes = fields.whole(third, "edition.year.minutes", now.minutes, key=f"{key}.minutes", step=5)
    least, most, fast, slow = (
        fields.whole(column, f"edition.year.{name}", getattr(now, name), key=f"{key}.{name}")
        for column, name in zip(
            st.columns(4), ("least_meetings", "most_meetings", "least_days_between", "most_days_between"), strict=True
        )
    )
    closed = _closed(now, key)
    return lambda: Mentoring(
        first_day=first_day(),
        last_day=last_day(),
        closed=tuple(_period(*row) for row in fields.rows(closed)),
        least_meetings=least(),
        most_meetings=most(),
        minutes=minutes(),
        least_days_between=fast(),
        most_days_between=slow(),
    )


def _closed(now: Mentoring, key: str) -> pd.DataFrame:
    st.caption(plain("edition.year.closed"))
    return st.data_editor(
        pd.DataFrame([(one.name, one.first, one.last) for one in now.closed], columns=["name", "first", "last"]),
        column_config={
            "name": st.column_config.TextColumn(plain("edition.year.closed_name")),
            "first": st.column_config.DateColumn(plain("edition.year.closed_first"), format=fields.DAY),
            "last": st.column_config.DateColumn(plain("edition.year.closed_last"), format=fields.DAY),
        },
        num_rows="dynamic",
        hide_index=True,
        key=f"{key}.closed",
    )


def _period(name: str | None, first: date | None, last: date | None) -> ClosedPeriod:
    return ClosedPeriod(
        given(name, what="edition.year.closed_period_name"),
        given_day(first, what="edition.year.closed"),
        given_day(last, what="edition.year.closed"),
    )


def speed_date(now: SpeedDate, key: str) -> Callable[[], SpeedDate]:
    """The day, open until it is set, and how long ballots are taken."""
    first, second, third = st.columns(3)
    window_first = fields.day(first, "edition.year.window_first", now.window_first, key=f"{key}.first")
    window_last = fields.day(second, "edition.year.window_last", now.window_last, key=f"{key}.last")
    most = fields.whole(third, "edition.year.most_choices", now.most_choices, key=f"{key}.most")
    day = fields.open_day(first, "edition.year.day", now.day, key=f"{key}.day", tip=plain("edition.year.day_help"))
    starts = fields.hour(second, "edition.year.starts_at", now.starts_at, key=f"{key}.starts")
    stays = fields.whole(third, "edition.year.ballot_days", now.ballot_days_open, key=f"{key}.days")
    return lambda: replace(
        now,
        window_first=window_first(),
        window_last=window_last(),
        day=day(),
        starts_at=starts(),
        ballot_days_open=stays(),
        most_choices=most(),
    )


def matching(now: Matching, key: str) -> Callable[[], Matching]:
    """How many mentees a mentor takes at most, and whether pairs outside the lists are made."""
    capacity = fields.whole(st.container(), "edition.year.capacity", now.mentor_capacity, key=f"{key}.first")
    unlisted = st.checkbox(plain("edition.year.allow_unlisted"), now.allow_unlisted, key=f"{key}.unlisted")
    return lambda: replace(now, mentor_capacity=capacity(), allow_unlisted=unlisted)
