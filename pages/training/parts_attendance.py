"""Whose presences are shown: the side, the search, the filter, the page.

Another search, filter or page is another table, and the ticks in the one before would be gone: so these wait while
there are some, and none is lost unseen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.shared.words import plain, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.training.queries import Attender

AT_ONCE = 200
"""So many people are sent to the browser at once."""


def unsaved(table: str) -> bool:
    """Whether the table whose key begins so holds ticks, before it is drawn."""
    drawn = [str(key) for key in st.session_state if str(key).startswith(table)]
    return any(st.session_state[key]["edited_rows"] for key in drawn)


def search(*, locked: bool) -> tuple[str, bool]:
    """Part of a name, and whether only those are wanted who still have to complete; both kept in the address."""
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    text = left.text_input(
        plain("training.attendance.search"),
        icon=":material/search:",
        key="search",
        bind="query-params",
        disabled=locked,
    )
    todo = right.toggle(t("training.attendance.todo"), key="todo", bind="query-params", disabled=locked)
    return text, todo


def choose_page(found: Sequence[Attender], chosen: str, *, locked: bool) -> int:
    """Which 200 people are shown; another choice begins with the first again."""
    pages = -(-len(found) // AT_ONCE)
    page = st.pagination(pages, key=f"people {chosen}", disabled=locked) if pages > 1 else 1
    first, last = (page - 1) * AT_ONCE + 1, min(page * AT_ONCE, len(found))
    part = t("training.attendance.found_part", n=len(found), first=first, last=last)
    st.caption(part if pages > 1 else t("training.attendance.found", n=len(found)))
    return page


def on_page(found: Sequence[Attender], page: int) -> Sequence[Attender]:
    """The people of this page."""
    return found[(page - 1) * AT_ONCE : page * AT_ONCE]
