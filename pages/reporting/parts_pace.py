"""The meetings by month and by pair: in words, as charts, and as tables to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.mentoring.rules import Way
from pages.shared import tables
from pages.shared.charts import bars
from pages.shared.charts.lanes import Span, lanes
from pages.shared.downloads import offer_sheet
from pages.shared.words import month, number, plain, t

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.mentoring.rules import Settings
    from core.reporting.meetings import Month
    from core.reporting.queries import Lane
    from core.store.sheets import Value

SHOWN = 100
MINUTES = 60
WIDTHS = (100, 60, 45, 50)


def in_words(months: Sequence[Month]) -> str:
    """What the figures say."""
    best = max(months, key=lambda one: one.meetings)
    meetings, minutes = sum(one.meetings for one in months), sum(one.minutes for one in months)
    if not meetings:
        return t("reporting.pace.not_yet")
    hours = plain("reporting.pace.so_many_hours", n=minutes / MINUTES, hours=number(minutes / MINUTES, decimals=1))
    return t("reporting.pace.sentence", n=meetings, hours=hours, month=month(best.first), most=best.meetings)


def by_month(months: Sequence[Month]) -> None:
    """The meetings of each month."""
    counts = {plain("reporting.pace.meetings"): [one.meetings for one in months]}
    bars([month(one.first) for one in months], counts, alt=plain("reporting.pace.chart"))


def table(months: Sequence[Month]) -> None:
    """The numbers beside the chart, and as a file."""
    columns: dict[str, list[Value]] = {
        plain("reporting.pace.month"): [month(one.first) for one in months],
        plain("reporting.pace.meetings"): [one.meetings for one in months],
        plain("reporting.pace.hours"): [round(one.minutes / MINUTES, 1) for one in months],
        plain("reporting.pace.pairs"): [one.pairs for one in months],
    }
    hours = plain("reporting.pace.hours")
    st.dataframe(
        columns,
        hide_index=True,
        height="content",
        column_config=tables.at_least(columns, WIDTHS)
        | {hours: st.column_config.NumberColumn(width=WIDTHS[2], format="localized")},
    )
    offer_sheet(t("reporting.pace.sheet"), plain("reporting.pace.sheet_name"), columns)


def by_pair(found: Sequence[Lane], rules: Settings, today: date) -> None:
    """One lane a pair, the busiest first."""
    shown = found[:SHOWN]
    names = [t("reporting.pace.lane", mentee=one.mentee, mentor=one.mentor, n=len(one.meetings)) for one in shown]
    days = [one.on for lane in shown for one in lane.meetings]
    marks = {
        plain(f"mentoring.way.{way}"): [
            (place, one.on) for place, lane in enumerate(shown) for one in lane.meetings if one.way is way
        ]
        for way in Way
    }
    with st.container(key="lanes"):  # which a phone lets scroll sideways
        lanes(
            names,
            marks,
            span=Span(min([rules.first_day, *days]), max([rules.last_day, *days])),
            closed=[Span(one.first, one.last) for one in rules.closed],
            today=today,
            alt=plain("reporting.pace.lanes_chart"),
        )
    if len(found) > SHOWN:
        st.caption(t("reporting.pace.cut", shown=SHOWN, n=len(found)))


def offer_lanes(found: Sequence[Lane]) -> None:
    """The pairs with the days of their meetings, as a file."""
    longest = max((len(one.meetings) for one in found), default=0)
    columns: dict[str, list[Value]] = {
        plain("mentoring.mentee"): [one.mentee for one in found],
        plain("mentoring.mentor"): [one.mentor for one in found],
        plain("mentoring.stands"): [plain(f"mentoring.state.{one.state}") for one in found],
        plain("mentoring.meetings_held"): [len(one.meetings) for one in found],
    }
    for place in range(longest):
        columns[plain("reporting.pace.nth", n=place + 1)] = [
            one.meetings[place].on if place < len(one.meetings) else None for one in found
        ]
    offer_sheet(t("reporting.pace.lanes_sheet"), plain("reporting.pace.lanes_name"), columns)
