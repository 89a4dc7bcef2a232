"""The pages of the navigation for whoever is inside, made once for a tab."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import streamlit as st

from pages.shared import memory
from pages.shared.registry import HOME, PAGES, ROOT, Page
from pages.shared.words import t

if TYPE_CHECKING:
    from core.accounts.rules import Actor

    Sections = dict[str, list[st.Page]]

DOORS = ("sign-in", "first-run")
KEPT = "navigation"


def sections(actor: Actor) -> Sections:
    """The pages by section, those that are not shown last.

    They are made anew when the roles or the language are others: making them costs as much as a small page. Each tab
    has its own, since Streamlit notes on a page whether it may be run.
    """
    stamp = (actor.roles, memory.language())
    held = cast("tuple[object, Sections] | None", st.session_state.get(KEPT))
    if held is None or held[0] != stamp:
        held = st.session_state[KEPT] = (stamp, _made(actor))
    return held[1]


def link_page() -> st.Page:
    """The page behind the link by which a password is set; it stands at its address for everybody."""
    file = ROOT / "pages" / "door" / "set_password.py"
    return st.Page(file, title=t("accounts.link.title"), url_path="set-password", visibility="hidden")


def _made(actor: Actor) -> Sections:
    found: Sections = {}
    for page in PAGES:
        shown = _staff_page(page, may=actor.may(page.right))
        found.setdefault(t(f"language.section.{page.phase}"), []).append(shown)
    return {**found, "": [link_page(), *map(_home_page, DOORS)]}


def _staff_page(page: Page, *, may: bool) -> st.Page:
    """One that the roles do not include is not shown, but says so at its address."""
    return st.Page(
        page.path,
        title=t(page.title),
        icon=page.icon,
        url_path=page.url or None,
        default=page is HOME,
        visibility="visible" if may else "hidden",
    )


def _home_page(address: str) -> st.Page:
    """The first page at one of the door's addresses, for whoever is inside already: the first link gets kept."""
    return st.Page(HOME.path, title=t(HOME.title), url_path=address, visibility="hidden")
