"""The steps of the main job with what each holds, and the days to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.people.rules import Side
from core.reporting.queries import Stage
from pages.shared.registry import PAGES, page_of
from pages.shared.words import number, t

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.accounts.rules import Actor
    from core.office.calendar import Dated
    from core.reporting.queries import Step

STEPS = (
    (Stage.APPLIED, "upload"),
    (Stage.REVIEWED, "scoring"),
    (Stage.SELECTED, "ranking"),
    (Stage.BALLOT, "ballots"),
    (Stage.PAIRED, "proposal"),
)
DAYS_SHOWN = 6


def work(actor: Actor, funnel: Sequence[Step]) -> None:
    """One line a step: how many of each side have come so far, and the page where it is done."""
    people = {(step.side, step.stage): step.people for step in funnel}
    opened = {page.url for page in PAGES if actor.may(page.right)}
    for stage, url in STEPS:
        if not people and url not in opened:
            continue
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container():
                st.markdown(f"**{t(f'office.today.stage_{stage}')}**")
                if people:
                    st.caption(
                        t(
                            "office.today.people",
                            mentees=_shown(people[Side.MENTEE, stage]),
                            mentors=_shown(people[Side.MENTOR, stage]),
                        )
                    )
            if url in opened:
                page = page_of(url)
                if st.button(t(page.title), icon=page.icon, key=f"go {url}"):
                    st.switch_page(page.path)


def calendar(ahead: Sequence[Dated], today: date) -> None:
    """The next days, with how far they are; those still open say so."""
    if not ahead:
        st.info(t("office.today.over"), icon=":material/event_available:")
    for one in ahead[:DAYS_SHOWN]:
        st.markdown(f"**{t(f'office.day.{one.what}')}**  \n{_when(one.on, today)}")


def _when(on: date | None, today: date) -> str:
    if on is None:
        return t("office.today.open_date")
    return t("office.today.now", day=on) if on == today else t("office.today.dated", day=on, n=(on - today).days)


def _shown(people: int | None) -> str:
    return t("office.today.hidden") if people is None else number(people)
