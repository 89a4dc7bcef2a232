"""The fields in which seats, weights and scales of the selection are set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.people.rules import Side
from core.selection.rules import Band, Criterion, Settings, SideRules, Standing, Weights
from pages.shared.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable


def selection(now: Settings, key: str) -> Callable[[], Settings]:
    """Seats and weights of both sides, the number of reviews, and the two scales as tables that grow."""
    left, right = st.columns(2)
    reviews = left.number_input(plain("edition.year.reviews"), 1, 9, now.reviews, key=f"{key}.first")
    last = right.date_input(
        plain("edition.year.answer_by"),
        now.answer_by,
        key=f"{key}.answer_by",
        format="DD/MM/YYYY",
        help=plain("edition.year.answer_by_help"),
    )
    with left:
        mentees = _side(Side.MENTEE, now, key)
        st.caption(plain("edition.year.standings"))
        standings = _table(
            f"{key}.standings", {"mean_30": "mean", "mark_110": "mark", "points": "points"}, now.standings
        )
    with right:
        mentors = _side(Side.MENTOR, now, key)
        st.caption(plain("edition.year.bands"))
        bands = _table(f"{key}.bands", {"years": "years", "points": "points"}, now.bands)
    return lambda: Settings(
        mentees=mentees(),
        mentors=mentors(),
        reviews=int(reviews),
        standings=tuple(Standing(*map(float, row)) for row in _full(standings)),
        bands=tuple(Band(*map(float, row)) for row in _full(bands)),
        answer_by=last,
    )


def _side(side: Side, now: Settings, key: str) -> Callable[[], SideRules]:
    rules = now.of(side)
    seats = st.number_input(plain(f"edition.year.seats_{side}"), 0, 1000, rules.seats, key=f"{key}.seats {side}")
    st.caption(plain(f"edition.year.weights_{side}"))
    asked = [name for name in Criterion if side is Side.MENTOR or name is not Criterion.EXPERIENCE]
    weights = {
        str(name): column.number_input(
            plain(f"edition.year.weight_{name}"), 0, 100, rules.weights.of(name), 5, key=f"{key}.{name} {side}"
        )
        for column, name in zip(st.columns(len(asked)), asked, strict=True)
    }
    return lambda: SideRules(seats, Weights(**{"experience": 0, **weights}))


def _table(key: str, columns: dict[str, str], rows: tuple[Standing | Band, ...]) -> pd.DataFrame:
    return st.data_editor(
        pd.DataFrame([[getattr(row, name) for name in columns] for row in rows], columns=list(columns), dtype=float),
        column_config={
            name: st.column_config.NumberColumn(plain(f"edition.year.scale_{label}"), required=True, format="localized")
            for name, label in columns.items()
        },
        num_rows="dynamic",
        hide_index=True,
        key=key,
    )


def _full(table: pd.DataFrame) -> list[tuple[float, ...]]:
    return sorted(table.dropna().itertuples(index=False, name=None))
