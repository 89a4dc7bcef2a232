"""Choosing an occasion, where nobody is meant why, and the way to the drafts that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

import streamlit as st

from core.messages.rules import Occasion
from pages.shared import memory
from pages.shared.registry import page_of
from pages.shared.words import plain, t

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.office.queries import Addressee

ORIGINS = {
    "outcome": ("ranking", "selected_mentee selected_mentor waiting not_selected_mentee not_selected_mentor reapply"),
    "answers": ("ranking", "confirm"),
    "training": ("ranking", "training_date training_mentor"),
    "event": ("ranking", "speed_date"),
    "ballots": ("ballots", "ballot"),
    "pairs": ("proposal", "paired_mentee paired_mentor thanks midway"),
    "contacts": ("follow-up", "first_contact silent_pair"),
    "earned": ("certificates", "certificate"),
    "anybody": ("upload", "free"),
}
"""Why nobody is there on these occasions, and the page on which that changes."""


def choose_occasion(counts: Mapping[Occasion, int]) -> Occasion:
    """The occasions in the order of the year; the one that the address asks for, else where somebody waits.

    The address keeps the choice: with another language, or other counts, the field is a new one.
    """
    offered = list(counts)
    asked = st.query_params.get("occasion", "")
    waits = next((one for one in offered if counts[one]), offered[0])
    first = Occasion(asked) if asked in offered else waits
    chosen = st.selectbox(
        plain("messages.occasion_label"),
        offered,
        index=offered.index(first),
        format_func=lambda one: _choice(one, counts[one]),
        key=f"prepare.occasion {memory.language()} {crc32(repr(counts).encode())}",
    )
    st.query_params["occasion"] = chosen
    return Occasion(chosen)


def nobody(occasion: Occasion) -> None:
    """Why there is nobody, and where to go."""
    origin = next(one for one, (_, occasions) in ORIGINS.items() if occasion in occasions.split())
    st.info(t(f"messages.prepare.empty.{origin}"), icon=":material/inbox:")
    page = page_of(ORIGINS[origin][0])
    if st.button(t("messages.prepare.go_there", page=plain(page.title)), type="primary"):
        st.switch_page(page.path)


def go_outbox(people: Sequence[Addressee]) -> None:
    """To the messages that are there."""
    page = page_of("outbox")
    if any(one.told for one in people) and st.button(t("messages.prepare.go_outbox"), icon=page.icon):
        st.switch_page(page.path)


def _choice(occasion: Occasion, n: int) -> str:
    name = plain(f"messages.occasion.{occasion}")
    return plain("messages.prepare.choice", name=name, n=n) if n else name
