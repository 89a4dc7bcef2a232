"""The phase of the year with its next day, what wants attention, and the days to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.office.attention import Matter
from core.office.phases import Phase
from pages.shared.registry import PAGES, page_of
from pages.shared.words import number, plain, t

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.accounts.rules import Actor
    from core.office.calendar import Dated
    from core.office.queries import Today

DAYS_SHOWN = 6
URLS = {
    Matter.RESOURCES: "materials",
    Matter.MENTEES_APPLIED: "applicants",
    Matter.MENTORS_APPLIED: "applicants",
    Matter.APPLIED_LATELY: "upload",
    Matter.MY_REVIEWS: "scoring",
    Matter.REVIEWS_MISSING: "ranking",
    Matter.UNDECIDED_MENTEES: "ranking",
    Matter.UNDECIDED_MENTORS: "ranking",
    Matter.MENTEES_UNTRAINED: "attendance",
    Matter.MENTORS_UNTRAINED: "attendance",
    Matter.ARRIVED: "arrivals",
    Matter.ABSENT: "arrivals",
    Matter.BALLOTS_MISSING: "ballots",
    Matter.MENTEES_TO_PAIR: "proposal",
    Matter.MENTORS_TO_PAIR: "proposal",
    Matter.PAIRS_LATE: "follow-up",
    Matter.PAIRS_AT_RISK: "follow-up",
    Matter.MEETINGS_LATELY: "pace",
    Matter.CERTIFICATES_EARNED: "certificates",
    Matter.PAIRS_BELOW: "follow-up",
    Matter.TO_THANK: "thanks",
    Matter.PAIRS: "pairs",
    Matter.CORRECTIONS: "answers",
}
"""Where each matter is looked after."""
SHOWING = {
    Matter.PAIRS_LATE: {"show": "late"},
    Matter.PAIRS_AT_RISK: {"show": "at_risk"},
    Matter.PAIRS_BELOW: {"show": "out_of_reach"},
    Matter.CORRECTIONS: {"matter": "contacts"},
}
"""What the page shows of its list, where it would show more than was counted."""
FIRST_STEPS = {Phase.PREPARATION: "year", Phase.CLOSED: "cohort"}
"""What a phase begins with where nothing is to be counted yet."""


def phase(today: Today, now: date) -> None:
    """The phase in a word and a sentence, and the next day that matters."""
    st.subheader(t("office.today.phase", phase=plain(f"office.phase.{today.phase}")))
    told = t(f"office.phase_means.{today.phase}")
    if today.deadline is not None:
        told += " " + t("office.today.deadline", what=plain(f"office.day.{today.deadline.what}"))
        told += " " + _when(today.deadline.on, now) + "."
    st.markdown(told)


def cards(today: Today, actor: Actor) -> None:
    """Three counts, each with the page on which something is done about it."""
    if not today.matters:
        _nothing(today.phase, actor)
        return
    for column, (matter, count) in zip(st.columns(3), today.matters, strict=False):
        with column.container(border=True, height="stretch"):
            st.metric(t(f"office.matter.{matter}"), number(count))
            page = page_of(URLS[matter])
            if st.button(t(page.title), icon=page.icon, key=f"go {matter}", width="stretch"):
                st.switch_page(page.path, query_params=SHOWING.get(matter, {}))


def year(now: Phase) -> None:
    """The phases of the year in their order, the present one marked."""
    names = [
        t("office.today.here", phase=plain(f"office.phase.{one}")) if one is now else t(f"office.phase.{one}")
        for one in Phase
        if one not in {Phase.PREPARATION, Phase.CLOSED} or one is now
    ]
    st.caption(f"{t('office.today.year')} {' → '.join(names)}")


def calendar(ahead: Sequence[Dated], today: date) -> None:
    """The next days, with how far they are; those still open say so."""
    for column, one in zip(st.columns(3) * 2, ahead[:DAYS_SHOWN], strict=False):
        column.markdown(f"**{t(f'office.day.{one.what}')}**  \n{_when(one.on, today)}")


def _nothing(now: Phase, actor: Actor) -> None:
    """Nothing to count: what this person can open instead."""
    st.info(t("office.today.nothing"), icon=":material/event_available:")
    opened = [page.url for page in PAGES if actor.may(page.right)]
    url = next((one for one in (FIRST_STEPS.get(now, ""), "cohort", "year") if one in opened and one), None)
    if url is not None:
        page = page_of(url)
        if st.button(t(page.title), icon=page.icon, key=f"go {url}"):
            st.switch_page(page.path)


def _when(on: date | None, today: date) -> str:
    if on is None:
        return t("office.today.open_date")
    return t("office.today.now", day=on) if on == today else t("office.today.dated", day=on, n=(on - today).days)
