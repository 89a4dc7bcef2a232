"""The whole list of those who take part: who has come when, and several marked at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.store import clock
from pages.shared import memory, tables
from pages.shared.downloads import offer_sheet
from pages.shared.words import plain, short_moment, t
from pages.speeddate.parts_at_door import ALL, FORM

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.speeddate.queries import Arrival

MOST_SHOWN = 200
LONG, TALL = 14, 560
WIDTHS = (88, 80, 62, 88)


def choose_rows(people: Sequence[Arrival]) -> list[Arrival]:
    """The whole list, or those who are missing; gives those of the marked rows who have not come yet."""
    show = st.segmented_control(
        plain("speeddate.arrivals.show"),
        [ALL, "missing", "here"],
        default=ALL,
        required=True,
        format_func=lambda one: plain(f"speeddate.arrivals.shows.{one}"),
        key="speeddate.arrivals.show",
        label_visibility="collapsed",
    )
    rows = [one for one in people if show == ALL or (one.at is None) == (show == "missing")]
    if not rows:
        st.caption(t(f"speeddate.arrivals.none_{show}"))
        return []
    shown = rows[:MOST_SHOWN]
    if len(shown) < len(rows):
        st.caption(t("speeddate.arrivals.cut", shown=len(shown), all=len(rows)))
    table = _columns(shown) | {plain("speeddate.arrivals.time"): [_when(one.at) for one in shown]}
    event = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        # Other people in the rows: none of them is marked, lest a mark made for one be taken for another.
        key=f"speeddate.arrivals {memory.generation(FORM)} {hash(tuple(one.application_id for one in shown))}",
        height=TALL if len(shown) > LONG else "content",
        column_config=tables.at_least(table, WIDTHS),
    )
    return [one for at, one in enumerate(shown) if at in event["selection"]["rows"] and one.at is None]


def _when(at: datetime | None) -> str:
    """On the day itself the hour is enough, and all that a phone has room for."""
    if at is None:
        return ""
    local = at.astimezone(clock.ROME)
    return f"{local:%H:%M}" if local.date() == clock.today() else short_moment(at)


def offer(people: Sequence[Arrival]) -> None:
    """All of them as a file."""
    table = {**_columns(people), plain("speeddate.arrivals.time"): [one.at for one in people]}
    offer_sheet(t("speeddate.arrivals.sheet"), plain("speeddate.arrivals.sheet_name"), table)


def _columns(people: Sequence[Arrival]) -> dict[str, list[str]]:
    return {
        plain("speeddate.arrivals.surname"): [one.last_name for one in people],
        plain("speeddate.arrivals.first_name"): [one.first_name for one in people],
        plain("speeddate.arrivals.role"): [plain(f"speeddate.arrivals.sides.{one.side}") for one in people],
    }
