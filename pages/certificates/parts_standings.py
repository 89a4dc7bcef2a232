"""Who stands where: figures, filters, the table, the rules behind it, and one person opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import streamlit as st

from core.certificates.told import brief, spent, told
from core.people.names import search_key
from core.people.rules import Side
from pages.shared import tables
from pages.shared.downloads import offer_sheet
from pages.shared.words import escape, plain, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.certificates.rules import Settings
    from core.certificates.standing import Standing

Columns = dict[str, list[Any]]
LONG, TALL, MOST = 11, 420, 200
BOTH = "both"
WIDTHS = (125, 65, 85, 85, 70, 85, 173)
SHOWS = {"all": (True, False), "earned": (True,), "not_yet": (False,)}


class Choice(NamedTuple):
    """What is looked at: the side (None for both), the people found, and what tells this choice from others."""

    side: Side | None
    found: list[Standing]
    key: str


def figures(everybody: Sequence[Standing], settings: Settings) -> None:
    """How many of each side have earned one, and what each side must reach, as it is set for this edition."""
    *boxes, rules = st.columns([1, 1, 2], vertical_alignment="center")
    for box, side in zip(boxes, Side, strict=True):
        own = [one.earned for one in everybody if one.side is side]
        box.metric(
            plain(f"certificates.earned.{side}s"), plain("certificates.earned.of", n=sum(own), of=len(own)), border=True
        )
        asked = settings.of(side)
        rules.caption(
            t(
                "certificates.earned.rule",
                side=plain(f"certificates.earned.{side}"),
                training=asked.training,
                meetings=asked.meetings,
                time=spent(asked.minutes),
            )
        )
    rules.caption(t("certificates.earned.several"))


def choose(everybody: Sequence[Standing]) -> Choice:
    """The people of the filters and the search, each of whose words must be in the name."""
    first, second, third = st.columns([5, 6, 4], vertical_alignment="bottom")
    side = first.segmented_control(
        plain("certificates.earned.side"),
        [BOTH, *Side],
        default=BOTH,
        required=True,
        format_func=lambda one: plain(f"certificates.earned.{one}"),
        key="certificates.side",
    )
    show = second.segmented_control(
        plain("certificates.earned.show"),
        list(SHOWS),
        default="all",
        required=True,
        format_func=lambda one: plain(f"certificates.earned.show_{one}"),
        key="certificates.show",
    )
    text = third.text_input(plain("certificates.earned.search"), icon=":material/search:", key="certificates.search")
    words = search_key(text or "").split()
    found = [
        one
        for one in everybody
        if side in (BOTH, one.side)
        and one.earned in SHOWS[show]
        and all(word in search_key(one.listed) for word in words)
    ]
    return Choice(None if side == BOTH else Side(side), found, f"standings {side} {show} {text}".strip())


def table(found: Sequence[Standing], columns: Columns, *, key: str) -> Standing | None:
    """The people with what they did and lack; gives the chosen one. Another key begins with nobody chosen."""
    if not found:
        st.info(t("certificates.earned.none_found"), icon=":material/search_off:")
        return None
    st.caption(t("certificates.earned.found", n=len(found)))
    shown = found[:MOST]
    words = {
        one: plain("certificates.told", what=brief(one)) for one in {lack for one in shown for lack in one.missing}
    }
    lacks = {plain("certificates.earned.lacks"): [", ".join(words[lack] for lack in one.missing) for one in shown]}
    event = st.dataframe(
        tables.table({heading: values[:MOST] for heading, values in columns.items()} | lacks),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config=tables.at_least(columns, WIDTHS)
        | {plain("certificates.earned.hours"): st.column_config.NumberColumn(width=WIDTHS[5], format="localized")},
        height=TALL if len(shown) > LONG else "content",
        key=key,
    )
    if found[MOST:]:
        st.caption(t("certificates.earned.cut", shown=MOST, n=len(found)))
    return next((shown[row] for row in event["selection"]["rows"] if row < len(shown)), None)


def offer(found: Sequence[Standing], columns: Columns) -> None:
    """The whole table as a file."""
    if found:
        offer_sheet(t("certificates.earned.sheet"), plain("certificates.earned.sheet_name"), columns)


def card(chosen: Standing | None) -> None:
    """One person: earned, or what is missing, a line each; how to choose one while none is chosen."""
    if chosen is None:
        st.info(t("certificates.earned.choose"), icon=":material/left_click:")
        return
    st.subheader(escape(chosen.spoken))
    st.caption(t(f"certificates.earned.one_{chosen.side}"))
    if chosen.earned:
        st.success(t("certificates.earned.has_earned"), icon=":material/verified:")
        return
    lines = [f"- {t('certificates.told', what=told(one))}" for one in chosen.missing]
    st.info("\n".join([t("certificates.earned.has_not"), *lines]), icon=":material/pending:")


def columns(found: Sequence[Standing]) -> Columns:
    """What stands in the table and in its file; what many lack is put into words once."""
    lacks = {one: plain("certificates.told", what=told(one)) for one in {lack for one in found for lack in one.missing}}
    return {
        plain("certificates.earned.person"): [one.listed for one in found],
        plain("certificates.earned.role"): [plain(f"certificates.earned.one_{one.side}") for one in found],
        plain("certificates.earned.certificate"): [
            plain(f"certificates.earned.{'yes' if one.earned else 'no'}") for one in found
        ],
        plain("certificates.earned.training"): [
            plain("certificates.earned.of", n=one.facts.attended, of=one.facts.expected) for one in found
        ],
        plain("certificates.earned.meetings"): [one.facts.meetings for one in found],
        plain("certificates.earned.hours"): [one.facts.hours for one in found],
        plain("certificates.earned.lacks"): ["; ".join(lacks[lack] for lack in one.missing) for one in found],
    }
