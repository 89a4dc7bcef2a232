"""Choosing the people of an occasion, and the letter of one of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import streamlit as st

from core.messages.letters import letter_to
from core.messages.templating import Wording
from pages.messages.parts_preview import letter
from pages.shared import tables
from pages.shared.words import plain, refusal, short_day, t

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.language.text import Language
    from core.messages.queries import Kept
    from core.messages.rules import Occasion
    from core.office.queries import Addressee
    from core.store.errors import Refused, Told

WAITING, EVERY = "waiting", "every"
MOST = 200
LONG, TALL = 14, 560


class Row(NamedTuple):
    """Somebody with the letter, or why there can be none."""

    who: Addressee
    read: Wording | Refused

    @property
    def can(self) -> bool:
        """Whether a draft can be prepared now."""
        return self.who.again and isinstance(self.read, Wording)


def narrowed(people: Sequence[Addressee]) -> list[Addressee]:
    """Those who wait for a word, or all; of those that another page has named, if it has."""
    asked = {int(one) for one in st.query_params.get("people", "").split(",") if one.isdecimal()}
    there = [one for one in people if not asked or one.recipient.person_id in asked]
    waiting = [one for one in there if one.waits]
    counts = {WAITING: len(waiting), EVERY: len(there)}
    show = st.segmented_control(
        plain("messages.prepare.show"),
        [WAITING, EVERY],
        default=WAITING if waiting else EVERY,
        required=True,
        format_func=lambda one: plain(f"messages.prepare.show_{one}", n=counts[one]),
        label_visibility="collapsed",
        key=f"prepare.show {bool(waiting)}",
    )
    if asked:
        st.caption(t("messages.prepare.asked", n=len(there)))
        if st.button(t("messages.prepare.everybody"), type="tertiary", icon=":material/filter_alt_off:"):
            del st.query_params["people"]
            st.rerun()
    if not waiting:
        st.caption(t("messages.prepare.nobody_waits"))
    return waiting if show == WAITING else there


def rows_of(occasion: Occasion, texts: Mapping[Language, Kept], people: Sequence[Addressee]) -> list[Row]:
    """The first 200 of these people, each with the letter."""
    return [Row(one, letter_to(occasion, texts, one.recipient)) for one in people[:MOST]]


def table(rows: Sequence[Row], occasion: Occasion) -> list[Row]:
    """The people with ticks; gives those that are ticked. At first all those are who wait and can be written to.

    Ticks belong to who was listed: with other people the table is another one.
    """
    stamp = [(one.who.recipient.about, one.who.recipient.person_id, one.can) for one in rows]
    key = f"prepare {occasion} {crc32(repr(stamp).encode())}"
    if key not in st.session_state:
        first = [at for at, one in enumerate(rows) if one.can and one.who.waits]
        st.session_state[key] = {"selection": {"rows": first, "columns": [], "cells": []}}
    event = st.dataframe(
        tables.table(_columns(rows)),
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        height=TALL if len(rows) > LONG else "content",
        key=key,
        alt=plain("messages.prepare.table"),
    )
    return [rows[at] for at in event["selection"]["rows"] if at < len(rows)]


def remarks(rows: Sequence[Row], ticked: Sequence[Row], people: int) -> None:
    """That more people are there than are shown, and that some of the ticked ones get nothing."""
    if people > len(rows):
        st.caption(t("messages.prepare.first", n=len(rows), all=people))
    if left_out := sum(not one.can for one in ticked):
        st.warning(t("messages.prepare.left_out", n=left_out), icon=":material/block:")


def preview(rows: Sequence[Row], ticked: Sequence[Row]) -> None:
    """The letter of one of the ticked people, else of one who is listed."""
    offered = (ticked or rows)[:MOST]
    chosen = st.selectbox(
        plain("messages.texts.preview_for"),
        range(len(offered)),
        format_func=lambda at: offered[at].who.recipient.listed,
        filter_mode="contains",
        key=f"prepare.person {len(offered)}",
    )
    to = offered[chosen].who.recipient
    letter(to.spoken, to.mail, offered[chosen].read)


def _columns(rows: Sequence[Row]) -> dict[str, list[str]]:
    mixed = len({one.who.side for one in rows}) > 1
    sides = {one.who.side: plain(f"intake.side.{one.who.side}") for one in rows}
    columns = {
        plain("messages.prepare.person"): [one.who.recipient.listed for one in rows],
        plain("messages.prepare.told"): [_told(one) for one in rows],
        plain("messages.prepare.cannot"): [_cannot(one) for one in rows],
        plain("messages.prepare.side"): [sides[one.who.side] for one in rows],
        plain("messages.prepare.why"): [_why(one.who.why) for one in rows],
    }
    if not mixed:
        del columns[plain("messages.prepare.side")]
    return {heading: values for heading, values in columns.items() if any(values)}


def _why(why: Told) -> str:
    """Days short: the column is narrow."""
    values = {name: short_day(value) if isinstance(value, date) else value for name, value in why.values.items()}
    return plain(why.key, **values)


def _told(row: Row) -> str:
    told = row.who.told
    return f"{plain(f'messages.state.{told.state}')} · {short_day(told.at)}" if told else ""


def _cannot(row: Row) -> str:
    return "" if isinstance(row.read, Wording) else refusal(row.read)
