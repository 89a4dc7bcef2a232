"""Fields of forms that begin filled, and whose emptiness or nonsense is refused with their name when they are read.

A field with a value of its own gives that one again when it is emptied, and one with limits keeps the former value
when something beyond is typed: both would be saved without a word. So these begin through the session state, and
have no limits. Days are typed: a field of day, month and year keeps the former day where 26 is typed for the year.
`name` is the key of the label; reading may refuse, so it is left to the act.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from core.edition.rules import given, given_day, given_whole
from core.intake.reading.dates import typed_day
from pages.shared.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, time

    import pandas as pd
    from streamlit.delta_generator import DeltaGenerator

DAY = "DD/MM/YYYY"
AS_TYPED = "%g"
"""Shows decimals as they were typed, and none where there are none."""


def day(place: DeltaGenerator, name: str, now: date | None, *, key: str) -> Callable[[], date]:
    """A day that is needed, typed with the day first."""
    return partial(_day, _typed(place, name, now, key, None), name)


def open_day(
    place: DeltaGenerator, name: str, now: date | None, *, key: str, tip: str | None = None
) -> Callable[[], date | None]:
    """A day that may stay open."""
    typed = _typed(place, name, now, key, tip)
    return partial(_day, typed, name) if typed.strip() else lambda: None


def hour(place: DeltaGenerator, name: str, now: time, *, key: str) -> Callable[[], time]:
    """A time of the day."""
    _begin(key, now)
    return partial(given, place.time_input(plain(name), None, key=key), what=name)


def open_number(
    place: DeltaGenerator,
    name: str,
    now: float | None,
    *,
    key: str,
    step: float = 1,
    tip: str | None = None,
    example: str | None = None,
) -> float | None:
    """A number; None where none stands in the field."""
    _begin(key, None if now is None else float(now))
    return place.number_input(
        plain(name), value=None, step=float(step), format=AS_TYPED, key=key, help=tip, placeholder=example
    )


def decimal(
    place: DeltaGenerator, name: str, now: float, *, key: str, step: float = 1, tip: str | None = None
) -> Callable[[], float]:
    """A number, with decimals if somebody types some."""
    return partial(given, open_number(place, name, now, key=key, step=step, tip=tip), what=name)


def whole(
    place: DeltaGenerator, name: str, now: int, *, key: str, step: int = 1, tip: str | None = None
) -> Callable[[], int]:
    """A whole number; what is typed with decimals is refused, not cut."""
    return partial(given_whole, open_number(place, name, now, key=key, step=step, tip=tip), what=name)


def rows(table: pd.DataFrame) -> list[tuple[Any, ...]]:
    """The rows of an edited table in which anything stands; None for each value that is missing."""
    full = table.dropna(how="all")
    return list(full.astype(object).where(full.notna(), None).itertuples(index=False, name=None))


def _typed(place: DeltaGenerator, name: str, now: date | None, key: str, tip: str | None) -> str:
    _begin(key, "" if now is None else f"{now:%d/%m/%Y}")
    return place.text_input(
        plain(name), key=key, help=tip, placeholder=plain("edition.year.day_example"), autocomplete="off"
    )


def _day(typed: str, name: str) -> date:
    return given_day(typed_day(typed), what=name)


def _begin(key: str, now: object) -> None:
    if key not in st.session_state:
        st.session_state[key] = now
