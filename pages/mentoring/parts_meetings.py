"""Choosing a pair, its meetings as a list, and the fields in which one is written down."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from core.mentoring.rules import Report, Way, given_day
from pages.shared import fields as read
from pages.shared import tables
from pages.shared.words import plain, short_day

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from streamlit.delta_generator import DeltaGenerator

    from core.mentoring.queries import Followed, Logged
    from core.mentoring.rules import Settings


class Days(NamedTuple):
    """A first and a last day."""

    first: date
    last: date


EVER = Days(date(1000, 1, 1), date(9999, 12, 31))
"""What the field takes: a browser would drop a day beyond without a word, so it is the core that refuses one."""


def choose_pair(pairs: Sequence[Followed]) -> Followed | None:
    """The pair whose meetings are shown: at first the one that the address names, if it names one."""
    by_id = {one.pair.id: one for one in pairs}
    asked = st.query_params.get("pair", "")
    named = int(asked) if asked.isdecimal() and int(asked) in by_id else None
    picked = st.selectbox(
        plain("mentoring.meetings.pair"),
        list(by_id),
        index=None if named is None else list(by_id).index(named),
        placeholder=plain("mentoring.meetings.choose"),
        format_func=lambda one: called(by_id[one]),
        filter_mode="contains",
        key="mentoring.pair",
    )
    return None if picked is None else by_id[picked]


def called(one: Followed) -> str:
    """Both names, as lists and options show them."""
    return plain("mentoring.pair", mentee=one.pair.mentee, mentor=one.pair.mentor)


def table(held: Sequence[Logged], *, key: str) -> Logged | None:
    """The meetings in their order; gives the chosen one, to be corrected."""
    event = st.dataframe(
        tables.table(
            {
                plain("mentoring.meetings.place_in_order"): list(range(1, len(held) + 1)),
                plain("mentoring.meetings.day"): [short_day(one.held_on) for one in held],
                plain("mentoring.meetings.minutes"): [one.minutes for one in held],
                plain("mentoring.meetings.way"): [plain(f"mentoring.way.{one.way}") for one in held],
                plain("mentoring.meetings.place"): [one.place for one in held],
                plain("mentoring.meetings.note"): [one.note for one in held],
            }
        ),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        height="content",
        key=key,
    )
    rows = event["selection"]["rows"]
    return held[rows[0]] if rows and rows[0] < len(held) else None


def fields(opened: Logged | None, rules: Settings, key: str) -> Callable[[], Report]:
    """The fields of a meeting, new or as written down; building the report checks it, so it is left to the act."""
    first, second = st.columns(2)
    on = _day(first, opened, f"{key}.day")
    now = opened.minutes if opened else rules.minutes
    minutes = read.whole(second, "mentoring.meetings.minutes", now, key=f"{key}.minutes", step=15)
    way = st.segmented_control(
        plain("mentoring.meetings.way"),
        list(Way),
        default=opened.way if opened else Way.ONLINE,
        required=True,
        format_func=lambda one: plain(f"mentoring.way.{one}"),
        key=f"{key}.way",
    )
    place, note = _texts(opened, key)
    return lambda: Report(on(), minutes(), Way(way), place, note)


def _day(place: DeltaGenerator, opened: Logged | None, key: str) -> Callable[[], date]:
    """A new meeting's day is picked, and missing until it is; a former one would stay where another is mistyped."""
    if opened:
        return read.day(place, "mentoring.meetings.day", opened.held_on, key=key)
    label = plain("mentoring.meetings.day")
    on = place.date_input(label, None, min_value=EVER.first, max_value=EVER.last, format=read.DAY, key=key)
    return partial(given_day, on)


def _texts(opened: Logged | None, key: str) -> tuple[str, str]:
    """Where it was, and a short note."""
    place = st.text_input(
        plain("mentoring.meetings.place"),
        opened.place if opened else "",
        placeholder=plain("mentoring.meetings.place_example"),
        key=f"{key}.place",
    )
    note = st.text_area(
        plain("mentoring.meetings.note"),
        opened.note if opened else "",
        help=plain("mentoring.meetings.note_help"),
        height=100,
        key=f"{key}.note",
    )
    return place or "", note or ""
