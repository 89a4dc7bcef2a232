"""The list of the resources, and one of them as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.learning.rules import TONGUES, Audience, Draft, Titled, reaches
from pages.shared import memory, tables
from pages.shared.words import plain, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.learning.queries import Listed, Opened

LIST, NEW, RESOURCE = "learning.list", "learning.new", "learning.resource"
LONG, TALL, TEXT_HEIGHT = 14, 560, 220
WIDTHS = (148, 65, 68, 60)


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


def on_screen(edition_id: int) -> int | None:
    """The resource whose form is on the screen, whatever has become of it."""
    keys = [str(key).split() for key in st.session_state if str(key).startswith(f"{RESOURCE} {edition_id} ")]
    drawn = {int(key[2]) for key in keys}
    return next((one for one in drawn if _key(form_of(edition_id, one), "link") in st.session_state), None)


def form_of(edition_id: int, resource: int) -> str:
    """The name of the form of a resource."""
    return f"{RESOURCE} {edition_id} {resource} "


def choose(resources: Sequence[Listed], opened: int | None) -> Listed | None:
    """The resources in their order; gives the chosen one.

    Another order is another table; the resource that is `opened` stays chosen in it, with what was typed into its form.
    """
    order = [one.id for one in resources]
    key = f"{LIST} {memory.generation(LIST)} {order}"
    if opened in order and key not in st.session_state:
        st.session_state[key] = {"selection": {"rows": [order.index(opened)], "columns": [], "cells": []}}
    table = {
        plain("learning.materials.name"): [name(one) for one in resources],
        plain("learning.materials.audience"): [plain(f"learning.materials.for_{one.audience}") for one in resources],
        plain("learning.materials.state"): [
            plain("learning.materials.shown" if one.shown else "learning.materials.hidden") for one in resources
        ],
        plain("learning.materials.languages"): [" · ".join(one.languages).upper() for one in resources],
    }
    event = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=key,
        height=TALL if len(resources) > LONG else "content",
        column_config=tables.at_least(table, WIDTHS),
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


def typed(form: str, held: Draft) -> Draft:
    """The fields of a resource, both languages beside each other; what stands in them now."""
    titles: list[str] = []
    texts: list[str] = []
    for column, tongue, title, text in zip(st.columns(2), TONGUES, *held.written, strict=True):
        with column:
            titles.append(st.text_input(plain(f"store.field.title_{tongue}"), title, key=_key(form, f"title {tongue}")))
            texts.append(
                st.text_area(
                    plain(f"store.field.text_{tongue}"), text, height=TEXT_HEIGHT, key=_key(form, f"text {tongue}")
                )
            )
    link = st.text_input(plain("learning.materials.link"), held.link, key=_key(form, "link"), autocomplete="off")
    audience = st.segmented_control(
        plain("learning.materials.audience"),
        list(Audience),
        default=held.audience,
        required=True,
        format_func=lambda one: plain(f"learning.audience.{one}"),
        key=_key(form, "audience"),
    )
    shown = st.toggle(plain("learning.materials.show"), held.shown, key=_key(form, "shown"))
    return Draft(Audience(audience), titles[0], titles[1], texts[0], texts[1], link, shown)


def version(form: str, opened: Opened) -> int:
    """The version that the fields of this form were drawn with."""
    return memory.seen(form, opened.version, field=_key(form, "link"))


def name(one: Titled) -> str:
    """The title in the reader's language, else the other one."""
    return one.title(memory.language().tongue)


def _key(form: str, field: str) -> str:
    return f"{form} {memory.generation(form)} {field}"
