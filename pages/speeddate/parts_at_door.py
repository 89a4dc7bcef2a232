"""At the door: how many have come, and the one who is looked for, with a button as wide as the phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.people.rules import Side
from core.speeddate.names import called
from core.speeddate.rules import EventDay, Settings, event_day
from core.store import clock
from pages.shared import memory
from pages.shared.words import escape, plain, short_moment, t

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.speeddate.queries import Arrival

ENTRY, FORM = "speeddate.who", "speeddate.arrival."
ALL = "all"
MOST_FOUND, LATEST = 20, 3
DOOR = 640
"""Pixels: on a desk the buttons stay beside the names, on a phone they are as wide as it is."""


def state(everybody: Sequence[Arrival], settings: Settings) -> None:
    """How many of each side have come, and a line when the speed date is not today."""
    of = {side: [one.at is not None for one in everybody if one.side is side] for side in Side}
    st.caption(
        t(
            "speeddate.arrivals.counts",
            mentees=sum(of[Side.MENTEE]),
            all_mentees=len(of[Side.MENTEE]),
            mentors=sum(of[Side.MENTOR]),
            all_mentors=len(of[Side.MENTOR]),
        )
    )
    day = event_day(settings, clock.today())
    if day is not EventDay.TODAY:
        st.caption(t(f"speeddate.arrivals.day.{day}", day=settings.day))


def choose_side(everybody: Sequence[Arrival]) -> list[Arrival]:
    """Those of both sides, or of the one that is looked at."""
    side = st.segmented_control(
        plain("speeddate.arrivals.side"),
        [ALL, *Side],
        default=ALL,
        required=True,
        format_func=lambda one: plain(f"speeddate.arrivals.sides.{one}"),
        key="speeddate.arrivals.side",
        label_visibility="collapsed",
    )
    return [one for one in everybody if side in (ALL, one.side)]


def look_for(people: Sequence[Arrival], *, narrowed: bool) -> list[Arrival]:
    """Those whose name is typed, few enough to be tapped; while nothing is typed it says who came last."""
    text = _typed()
    if not text.strip():
        _latest([(one.at, one) for one in people if one.at])
        return []
    found = called(people, text)
    if not found:
        st.info(t(f"speeddate.arrivals.none_found{'_side' if narrowed else ''}"), icon=":material/search_off:")
    if more := found[MOST_FOUND:]:
        st.caption(t("speeddate.arrivals.more", n=len(more)))
    return found[:MOST_FOUND]


def _latest(came: list[tuple[datetime, Arrival]]) -> None:
    """The last ones without buttons: whoever looks up from the field sees that the tick is there."""
    if came:
        st.caption(t("speeddate.arrivals.latest"))
    for at, one in sorted(came, key=lambda pair: (pair[0], pair[1].application_id), reverse=True)[:LATEST]:
        st.caption(t(f"speeddate.arrivals.latest_one.{one.side}", name=one.listed, since=_since(at)))


def _typed() -> str:
    """What stands in the field; once somebody is ticked it is empty again, for the next in the queue."""
    drawn = memory.generation(FORM)
    if memory.seen(ENTRY, drawn, field=ENTRY) != drawn:
        del st.session_state[ENTRY]
        memory.seen(ENTRY, drawn, field=ENTRY)
        st.session_state[ENTRY] = ""
    text = st.text_input(
        plain("speeddate.arrivals.search"), key=ENTRY, live=True, icon=":material/search:", autocomplete="off"
    )
    return text or ""


def tapped(people: Sequence[Arrival]) -> Arrival | None:
    """Each of these few with one wide button; the one whose button is pressed."""
    asked = None
    for one in people:
        with st.container(border=True, gap="xsmall"):
            st.markdown(t(f"speeddate.arrivals.person.{one.side}", name=one.listed))
            if one.at is None:
                label, look = t("speeddate.arrivals.check_in"), "primary"
            else:
                st.success(escape(_since(one.at)), icon=":material/check_circle:")
                label, look = t("speeddate.arrivals.check_out"), "secondary"
            # Another key once somebody has come: a press meant for the one button is never taken for the other.
            key = f"speeddate.arrival {one.application_id} {one.at is None}"
            if st.button(label, type=look, width="stretch", key=key):
                asked = one
    return asked


def _since(at: datetime) -> str:
    local = at.astimezone(clock.ROME)
    if local.date() == clock.today():
        return plain("speeddate.arrivals.came", time=f"{local:%H:%M}")
    return plain("speeddate.arrivals.came_on", at=short_moment(at))
