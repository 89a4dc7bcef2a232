"""The matter, the people with their answers, and the fields of one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zlib import crc32

import streamlit as st

from core.people.names import search_key
from core.selection.rules import REASON_LENGTH
from pages.messages.parts_asked import Answer, Asked, Matter, Show
from pages.shared import tables
from pages.shared.registry import page_of
from pages.shared.words import escape, number, plain, short_moment, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.selection.queries import RankedApplicant

MOST, MOST_CARDS = 200, 20
LONG, TALL = 16, 620
WIDTHS = {4: (130, 80, 120, 80), 5: (120, 60, 75, 110, 75)}
"""Of name, answer, when and who; with the side after the name."""
ORIGINS = {Matter.PLACES: "ranking", Matter.DATES: "year", Matter.EVENT: "ranking"}
"""Where that changes which leaves a matter empty."""


def choose_matter() -> Matter:
    """What people are asked; at first what the address says."""
    asked = st.query_params.get("matter", Matter.PLACES)
    return Matter(
        st.segmented_control(
            plain("messages.answers.matter"),
            list(Matter),
            default=Matter(asked) if asked in list(Matter) else Matter.PLACES,
            required=True,
            format_func=lambda one: plain(f"messages.answers.matter_{one}"),
            label_visibility="collapsed",
            key="messages.matter",
        )
    )


def nobody(matter: Matter) -> None:
    """Why there is nothing to see, and the page on which that changes."""
    st.info(t(f"messages.answers.empty_{matter}"), icon=":material/inbox:")
    page = page_of(ORIGINS[matter])
    if st.button(t(page.title), type="primary", icon=page.icon):
        st.switch_page(page.path)


def choose_people(asked: Asked, matter: Matter) -> list[Answer]:
    """All, the silent ones, those who said yes or no; and only those in whose name the text stands."""
    counts = {show: sum(show in one.shows for one in asked.people) for show in Show}
    offered = [show for show in Show if show in {Show.EVERY, Show.SILENT} or counts[show]]
    show = st.segmented_control(
        plain("messages.answers.show"),
        offered,
        default=Show.EVERY,
        required=True,
        format_func=lambda one: plain(_shown_as(one, matter), n=counts[one]),
        label_visibility="collapsed",
        key=f"messages.show {matter}",
    )
    text = search_key(st.text_input(plain("messages.answers.search"), icon=":material/search:", key="messages.search"))
    people = [one for one in asked.people if show in one.shows]
    return [one for one in people if all(word in search_key(f"{one.listed} {one.mail}") for word in text.split())]


def _shown_as(show: Show, matter: Matter) -> str:
    """A yes and a no are called by what they mean to each matter."""
    return f"messages.answers.show_{show}_{matter}" if show in {Show.YES, Show.NO} else f"messages.answers.show_{show}"


def table(people: Sequence[Answer], matter: Matter) -> Answer | None:
    """The people with what they said; gives the chosen one. With others in the rows nobody is chosen."""
    if not people:
        st.caption(t("messages.answers.none_shown"))
        return None
    shown = people[:MOST]
    if len(shown) < len(people):
        st.caption(t("messages.answers.cut", shown=len(shown), all=len(people)))
    columns = _columns(shown)
    event = st.dataframe(
        tables.table(columns),
        hide_index=True,
        column_config=tables.at_least(columns, WIDTHS[len(columns)]),
        on_select="rerun",
        selection_mode="single-row",
        height=TALL if len(shown) > LONG else "content",
        key=f"answers {matter} {crc32(repr([one.application_id for one in shown]).encode())}",
    )
    rows = event["selection"]["rows"]
    return shown[rows[0]] if rows and rows[0] < len(shown) else None


def person(one: Answer) -> None:
    """Who it is, what was said, and the way to all that has happened with the person."""
    st.subheader(escape(one.spoken))
    st.text(one.mail)
    said = t("messages.answers.said_nothing") if one.silent else t("messages.answers.said", answer=one.told)
    if one.answered_at is not None:
        said = f"{said} {t('messages.answers.said_at', at=one.answered_at)}"
    st.markdown(said)
    if st.button(t("people.person.open"), icon=":material/person:", key=f"open {one.person_id}"):
        st.switch_page(page_of("person").path, query_params={"person": str(one.person_id)})


def what_was_said(one: Answer, asked: Asked, key: str) -> Any:  # noqa: ANN401 - one of the matter's options
    """What somebody said by telephone or mail; None while nothing is picked."""
    return st.segmented_control(
        plain("messages.answers.told"),
        list(asked.options),
        default=one.said if one.said in asked.options else None,
        format_func=asked.options.__getitem__,
        key=f"{key}.said",
    )


def next_one(one: RankedApplicant, free: int, key: str) -> str:
    """Who stands first on the waiting list for a free seat, and the reason for offering it; gives the reason."""
    st.subheader(t("messages.answers.next", n=free))
    points = "–" if one.score.total is None else number(one.score.total, decimals=1)
    st.markdown(t("messages.answers.next_is", name=one.listed, points=points))
    return st.text_input(
        plain("selection.ranking.reason"), plain("messages.answers.next_reason"), max_chars=REASON_LENGTH, key=key
    )


def _columns(shown: Sequence[Answer]) -> dict[str, list[str]]:
    """A column each of what there is to know; the side only where both stand in the list."""
    office, person = plain("messages.answers.by_office"), plain("people.person.by_person")
    sides = {one.side: plain(f"intake.side.{one.side}") for one in shown}
    return {
        plain("people.person.name"): [one.listed for one in shown],
        **({plain("people.person.side"): [sides[one.side] for one in shown]} if len(sides) > 1 else {}),
        plain("messages.answers.answer"): [one.told for one in shown],
        plain("people.person.when"): [short_moment(one.answered_at) if one.answered_at else "" for one in shown],
        plain("people.person.by"): [(office if one.by_staff else person) * bool(one.answered_at) for one in shown],
    }
