"""From a list of people to the page on which letters to them are prepared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.shared.registry import page_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from core.messages.rules import Occasion


def offer_to_write(label: str, occasion: Occasion, people: Collection[int], *, key: str) -> None:
    """A button that opens the preparing of letters for this occasion with these people."""
    page = page_of("prepare")
    if people and st.button(label, type="primary", icon=page.icon, key=key):
        st.switch_page(page.path, query_params=asked(occasion, people))


def asked(occasion: Occasion, people: Collection[int]) -> dict[str, str]:
    """What the address of that page says."""
    return {"occasion": str(occasion), "people": ",".join(map(str, sorted(people)))}
