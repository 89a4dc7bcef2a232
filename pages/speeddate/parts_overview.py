"""The lists of the page: the mentors' numbers, and who has a ballot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.speeddate.rules import Settings, Window, Wishes, ballots_close_at, ballots_open_at, window
from core.speeddate.typed import written
from core.store import clock
from pages.shared.words import plain, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.speeddate.names import Listed
    from core.speeddate.queries import MenteeBallot

LONG, TALL = 14, 560


def state(ballots: Sequence[MenteeBallot], settings: Settings, *, published: bool) -> str:
    """How many ballots there are, and how long they are taken; or that the day is not known, or all is over."""
    counts = {"done": sum(one.wishes is not None for one in ballots), "all": len(ballots)}
    if published:
        return t("speeddate.ballots.state.published", **counts)
    now = window(settings, clock.now())
    if now is Window.UNKNOWN:
        return t("speeddate.ballots.state.unknown", **counts)
    opens, closes = ballots_open_at(settings), ballots_close_at(settings)
    return t(f"speeddate.ballots.state.{now}", **counts, opens=opens, closes=closes)


def numbers(mentors: Sequence[Listed]) -> None:
    """The mentors by surname, each with the number."""
    present = [one for one in mentors if one.takes_part]
    st.dataframe(
        {
            plain("speeddate.ballots.number_short"): [one.number for one in present],
            plain("speeddate.ballots.mentor"): [one.listed for one in present],
        },
        hide_index=True,
        height=TALL if len(mentors) > LONG else "content",
        column_config={plain("speeddate.ballots.number_short"): st.column_config.NumberColumn(width=50)},
    )


def overview(ballots: Sequence[MenteeBallot], number_of: dict[int, int], *, vetoes: bool) -> None:
    """All mentees, or those without a ballot; what they would rather not only for those who may read it."""
    only = st.segmented_control(
        plain("speeddate.ballots.show"),
        ["all", "missing"],
        default="all",
        required=True,
        format_func=lambda one: plain(f"speeddate.ballots.{one}"),
        key="speeddate.show",
        label_visibility="collapsed",
    )
    rows = [one for one in ballots if only == "all" or one.wishes is None]
    if not rows:
        st.caption(t("speeddate.ballots.none_missing"))
        return
    said = [one.wishes or Wishes() for one in rows]
    table = {
        plain("speeddate.ballots.mentee"): [one.person.listed for one in rows],
        plain("speeddate.ballots.ballot"): [
            plain("speeddate.ballots.absent" if one.wishes is None else "speeddate.ballots.present") for one in rows
        ],
        plain("speeddate.ballots.choices"): [written(Wishes(one.ranks), number_of) for one in said],
    }
    if vetoes:
        table[plain("speeddate.ballots.vetoes")] = [written(Wishes((), one.vetoes), number_of) for one in said]
    st.dataframe(table, hide_index=True, height=TALL if len(rows) > LONG else "content")
