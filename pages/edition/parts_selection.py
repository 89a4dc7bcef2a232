"""The fields in which seats, weights and scales of the selection are set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.edition.rules import given
from core.people.rules import Side
from core.selection.rules import Band, Criterion, Settings, SideRules, Standing, Weights
from pages.shared import fields
from pages.shared.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.delta_generator import DeltaGenerator


def selection(now: Settings, key: str) -> Callable[[], Settings]:
    """Seats and weights of both sides, the number of reviews, and the two scales as tables that grow."""
    left, right = st.columns(2)
    reviews = fields.whole(left, "edition.year.reviews", now.reviews, key=f"{key}.first")
    tip = plain("edition.year.answer_by_help")
    one, other = right.columns(2)
    last = fields.open_day(one, "edition.year.answer_by", now.answer_by, key=f"{key}.answer_by", tip=tip)
    tip = plain("edition.year.answer_days_help")
    later = fields.whole(other, "edition.year.answer_days", now.answer_days, key=f"{key}.answer_days", tip=tip)
    with left:
        mentees = _side(left, Side.MENTEE, now, key)
        st.caption(plain("edition.year.standings"))
        standings = _table(
            f"{key}.standings", {"mean_30": "mean", "mark_110": "mark", "points": "points"}, now.standings
        )
    with right:
        mentors = _side(right, Side.MENTOR, now, key)
        st.caption(plain("edition.year.bands"))
        bands = _table(f"{key}.bands", {"years": "years", "points": "points"}, now.bands)
    return lambda: Settings(
        mentees=mentees(),
        mentors=mentors(),
        reviews=reviews(),
        standings=tuple(Standing(*row) for row in _full(standings, "edition.year.standings")),
        bands=tuple(Band(*row) for row in _full(bands, "edition.year.bands")),
        answer_by=last(),
        answer_days=later(),
    )


def _side(place: DeltaGenerator, side: Side, now: Settings, key: str) -> Callable[[], SideRules]:
    rules = now.of(side)
    seats = fields.whole(place, f"edition.year.seats_{side}", rules.seats, key=f"{key}.seats {side}")
    place.caption(plain(f"edition.year.weights_{side}"))
    asked = [name for name in Criterion if side is Side.MENTOR or name is not Criterion.EXPERIENCE]
    weights = {
        str(name): fields.whole(
            column, f"edition.year.weight_{name}", rules.weights.of(name), key=f"{key}.{name} {side}", step=5
        )
        for column, name in zip(_two_by_two(place, len(asked)), asked, strict=True)
    }
    return lambda: SideRules(
        seats(), Weights(**{"experience": 0, **{name: weight() for name, weight in weights.items()}})
    )


def _two_by_two(place: DeltaGenerator, n: int) -> list[DeltaGenerator]:
    """Two columns a row: in narrower ones a number field does not show its number."""
    rows = [place.columns(2) for _ in range(0, n, 2)]
    return [column for row in rows for column in row][:n]


def _table(key: str, columns: dict[str, str], rows: tuple[Standing | Band, ...]) -> pd.DataFrame:
    return st.data_editor(
        pd.DataFrame([[getattr(row, name) for name in columns] for row in rows], columns=list(columns), dtype=float),
        column_config={
            name: st.column_config.NumberColumn(plain(f"edition.year.scale_{label}"), format="localized")
            for name, label in columns.items()
        },
        num_rows="dynamic",
        hide_index=True,
        key=key,
    )


def _full(table: pd.DataFrame, what: str) -> list[tuple[float, ...]]:
    return sorted(tuple(float(given(value, what=what)) for value in row) for row in fields.rows(table))
