"""The pairs as a list with how each stands, and one of them in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import streamlit as st

from core.mentoring.reach import State
from core.people.names import search_key
from pages.shared.downloads import offer_sheet
from pages.shared.words import brief_day, plain, t

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.mentoring.queries import Followed
    from core.store.sheets import Value

EVERY, LATE, AT_RISK = "every", "late", "at_risk"
RISKY = frozenset({State.TIGHT, State.OUT_OF_REACH})
FIGURES = (State.REACHED, State.ON_TRACK, State.TIGHT, State.OUT_OF_REACH)
LONG, TALL = 16, 620
WIDE = 165
"""Pixels of a figure: five stand beside each other on a desk, two on a phone."""


def figures(pairs: Sequence[Followed]) -> None:
    """How many pairs are in each state, and how many are late for their next meeting."""
    counts = Counter(one.outlook.state for one in pairs)
    late = sum(one.outlook.late for one in pairs)
    with st.container(horizontal=True):
        for state in FIGURES:
            st.metric(t(f"mentoring.state.{state}"), counts[state], border=True, width=WIDE)
        st.metric(t("mentoring.late"), late, border=True, help=t("mentoring.late_help"), width=WIDE)


def choose_states(pairs: Sequence[Followed]) -> str:
    """Which pairs are shown: all, the late ones, those at risk, or those in one state; what none is in is not offered.

    At first it is what the address asks for.
    """
    there = {one.outlook.state for one in pairs}
    some = [LATE] if any(one.outlook.late for one in pairs) else []
    some += [AT_RISK] if there & RISKY else []
    offered = [EVERY, *some, *(state for state in State if state in there)]
    asked = st.query_params.get("show", EVERY)
    return st.pills(
        plain("mentoring.show"),
        offered,
        default=asked if asked in offered else EVERY,
        required=True,
        format_func=_called,
        label_visibility="collapsed",
        key="mentoring.states",
    )


def found(pairs: Sequence[Followed], wanted: str, text: str) -> list[Followed]:
    """The pairs in the wanted state in whose names each word of the text is."""
    words = search_key(text).split()
    return [one for one in pairs if wanted in _chips(one) if all(word in one.pair.search_key for word in words)]


def table(pairs: Sequence[Followed], *, key: str) -> Followed | None:
    """The pairs, each with how it stands; gives the chosen one."""
    event = st.dataframe(
        {
            plain("mentoring.mentee"): [one.pair.mentee for one in pairs],
            plain("mentoring.mentor"): [one.pair.mentor for one in pairs],
            plain("mentoring.stands"): [plain(f"mentoring.state.{one.outlook.state}") for one in pairs],
            plain("mentoring.meetings_held"): [one.outlook.held for one in pairs],
            plain("mentoring.last_meeting"): [_brief(one.last) for one in pairs],
            plain("mentoring.due"): [_due(one) for one in pairs],
            plain("mentoring.last_call"): [_brief(one.outlook.last_call) for one in pairs],
        },
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        height=TALL if len(pairs) > LONG else "content",
        key=key,
    )
    rows = event["selection"]["rows"]
    return pairs[rows[0]] if rows and rows[0] < len(pairs) else None


def offer(pairs: Sequence[Followed]) -> None:
    """The shown pairs as a file, with addresses."""
    columns: dict[str, list[Value]] = {
        plain("mentoring.mentee"): [one.pair.mentee for one in pairs],
        plain("mentoring.mentee_mail"): [one.pair.mentee_mail for one in pairs],
        plain("mentoring.mentor"): [one.pair.mentor for one in pairs],
        plain("mentoring.mentor_mail"): [one.pair.mentor_mail for one in pairs],
        plain("mentoring.stands"): [plain(f"mentoring.state.{one.outlook.state}") for one in pairs],
        plain("mentoring.meetings_held"): [one.outlook.held for one in pairs],
        plain("mentoring.hours"): [round(one.hours, 2) for one in pairs],
        plain("mentoring.last_meeting"): [one.last for one in pairs],
        plain("mentoring.due"): [one.outlook.due for one in pairs],
        plain("mentoring.last_call"): [one.outlook.last_call for one in pairs],
    }
    offer_sheet(t("mentoring.sheet"), plain("mentoring.sheet_name"), columns)


def _chips(one: Followed) -> set[str]:
    """Under which choices a pair is found."""
    stands = one.outlook
    late, risky = {LATE} if stands.late else set(), {AT_RISK} if stands.state in RISKY else set()
    return {EVERY, str(stands.state), *late, *risky}


def _called(choice: str) -> str:
    return plain(f"mentoring.{choice}") if choice in {EVERY, LATE, AT_RISK} else plain(f"mentoring.state.{choice}")


def _due(one: Followed) -> str:
    due = _brief(one.outlook.due)
    return plain("mentoring.due_late", day=due) if one.outlook.late else due


def _brief(on: date | None) -> str:
    return "" if on is None else brief_day(on)
