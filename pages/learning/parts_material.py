"""The list of the resources, one of them as it is typed, and how people will see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.learning.rules import TONGUES, Audience, Draft, Titled, reaches
from pages.shared import memory
from pages.shared.words import plain, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.learning.queries import Listed, Opened

LIST, NEW = "learning.list", "learning.new"
LONG, TALL, TEXT_HEIGHT = 14, 560, 220


def choose_audience() -> Audience:
    """Whose resources are listed; BOTH stands for all of them."""
    return Audience(
        st.segmented_control(
            plain("learning.materials.for"),
            list(Audience),
            default=Audience.BOTH,
            required=True,
            format_func=lambda one: plain(f"learning.materials.seen_by.{one}"),
            key="learning.audience",
            label_visibility="collapsed",
        )
    )


def seen_by(side: Audience, resources: Sequence[Listed]) -> list[Listed]:
    """Those that this side sees, once they are shown."""
    return [one for one in resources if reaches(one.audience, side)]


def choose(resources: Sequence[Listed]) -> Listed | None:
    """The resources in their order; gives the chosen one. Another order begins with none chosen."""
    table = {
        plain("learning.materials.name"): [name(one) for one in resources],
        plain("learning.materials.audience"): [plain(f"learning.audience.{one.audience}") for one in resources],
        plain("learning.materials.state"): [
            plain("learning.materials.shown" if one.shown else "learning.materials.hidden") for one in resources
        ],
        plain("learning.materials.languages"): [" · ".join(one.languages).upper() for one in resources],
        plain("learning.materials.link_short"): [one.link for one in resources],
    }
    event = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=_key([one.id for one in resources]),
        height=TALL if len(resources) > LONG else "content",
        column_config={plain("learning.materials.name"): st.column_config.TextColumn(width="medium")},
    )
    rows = event["selection"]["rows"]
    return resources[rows[0]] if rows and rows[0] < len(resources) else None


def asked_to_move(resources: Sequence[Listed], chosen: Listed, *, all_shown: bool) -> bool | None:
    """Up (True) or down when one of the buttons is pressed; a part of the list has no order of its own."""
    steps = ((True, "up", "arrow_upward", resources[0]), (False, "down", "arrow_downward", resources[-1]))
    asked = None
    for up, word, icon, end in steps:
        if st.button(
            t(f"learning.materials.{word}"),
            icon=f":material/{icon}:",
            key=f"learning.{word}",
            disabled=not all_shown or chosen == end,
            help=None if all_shown else t("learning.materials.only_all"),
        ):
            asked = up
    return asked


def keep_chosen(resources: Sequence[Listed], chosen: Listed, *, up: bool) -> None:
    """Let the one that was moved by a place stay chosen."""
    order = [one.id for one in resources]
    here = order.index(chosen.id)
    there = here - 1 if up else here + 1
    order[here], order[there] = order[there], order[here]
    st.session_state[_key(order)] = {"selection": {"rows": [there], "columns": [], "cells": []}}


def typed(form: str, held: Draft) -> Draft:
    """The fields of a resource, both languages beside each other; what stands in them now."""
    key = f"{form} {memory.generation(form)}"
    titles: list[str] = []
    texts: list[str] = []
    for column, tongue, title, text in zip(st.columns(2), TONGUES, *held.written, strict=True):
        with column:
            titles.append(st.text_input(plain(f"store.field.title_{tongue}"), title, key=f"{key} title {tongue}"))
            texts.append(
                st.text_area(plain(f"store.field.text_{tongue}"), text, height=TEXT_HEIGHT, key=f"{key} text {tongue}")
            )
    link = st.text_input(plain("learning.materials.link"), held.link, key=f"{key} link", autocomplete="off")
    audience = st.segmented_control(
        plain("learning.materials.audience"),
        list(Audience),
        default=held.audience,
        required=True,
        format_func=lambda one: plain(f"learning.audience.{one}"),
        key=f"{key} audience",
    )
    shown = st.toggle(plain("learning.materials.show"), held.shown, key=f"{key} shown")
    return Draft(Audience(audience), titles[0], titles[1], texts[0], texts[1], link, shown)


def version(form: str, opened: Opened) -> int:
    """The version that the fields of this form were drawn with."""
    return memory.seen(form, opened.version, field=f"{form} {memory.generation(form)} link")


def preview(draft: Draft, *, link: str = "") -> None:
    """How people will see it: plain text with its lines, nothing of it read as Markdown or fetched from anywhere.

    `link` is the one that was kept: what is only typed has not been looked at and leads nowhere.
    """
    with st.expander(t("learning.materials.preview"), icon=":material/visibility:"):
        for column, tongue, title, text in zip(st.columns(2), TONGUES, *draft.written, strict=True):
            with column:
                st.caption(t(f"learning.materials.in_{tongue}"))
                if title.strip() or text.strip():
                    st.text(title)
                    st.text(text)
                else:
                    st.caption(t("learning.materials.preview_empty"))
        if link:
            st.link_button(t("learning.materials.open_link"), link, icon=":material/open_in_new:")


def name(one: Titled) -> str:
    """The title in the reader's language, else the other one."""
    return one.title(memory.language().tongue)


def _key(order: Sequence[int]) -> str:
    return f"{LIST} {memory.generation(LIST)} {order}"
