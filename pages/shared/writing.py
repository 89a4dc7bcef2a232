"""From a list of people to the page on which letters to them are prepared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.shared.registry import PAGES

if TYPE_CHECKING:
    from collections.abc import Collection

    from core.messages.rules import Occasion

PREPARE = "prepare"


def offer_to_write(label: str, occasion: Occasion, people: Collection[int], *, key: str) -> None:
    """A button that opens the preparing of letters for this occasion with these people, where there is such a page."""
    page = next((one for one in PAGES if one.url == PREPARE), None)
    if page is not None and people and st.button(label, type="primary", icon=":material/forward_to_inbox:", key=key):
        st.switch_page(page.path, query_params=asked(occasion, people))


def asked(occasion: Occasion, people: Collection[int]) -> dict[str, str]:
    """What the address of that page says."""
    return {"occasion": str(occasion), "people": ",".join(map(str, sorted(people)))}
