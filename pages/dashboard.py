"""Choose edition, language and page; strangers meet the sign-in form at every address."""

from __future__ import annotations

import streamlit as st

from core.accounts import door
from core.store import database
from pages.shared import header, memory
from pages.shared.act import show_change
from pages.shared.footer import footer
from pages.shared.look import SIDEBAR, fit
from pages.shared.registry import HOME, ICON, PAGES, ROOT, Page
from pages.shared.staff import every_edition, signed_in
from pages.shared.undo_line import undo_line
from pages.shared.words import t

DOORS = ("sign-in", "first-run")


def staff_page(page: Page, *, may: bool) -> st.Page:
    """The page in the navigation; one that the roles do not include is not shown, but says so at its address."""
    return st.Page(
        page.path,
        title=t(page.title),
        icon=page.icon,
        url_path=page.url or None,
        default=page is HOME,
        visibility="visible" if may else "hidden",
    )


def door_page(file: str, address: str, *, default: bool) -> st.Page:
    """The sign-in or first-run page, standing at this address."""
    return st.Page(ROOT / "pages" / "door" / file, title=t("accounts.sign_in.title"), url_path=address, default=default)


def home_page(address: str) -> st.Page:
    """The first page at one of the door's addresses, for whoever is inside already: the first link gets kept."""
    return st.Page(HOME.path, title=t(HOME.title), url_path=address, visibility="hidden")


def link_page() -> st.Page:
    """The page behind the link by which a password is set; it stands at its address for everybody."""
    file = ROOT / "pages" / "door" / "set_password.py"
    return st.Page(file, title=t("accounts.link.title"), url_path="set-password", visibility="hidden")


actor = signed_in()
# A page's own Material icon would be fetched from Google as its favicon; strangers get /favicon.png by default.
st.set_page_config(
    page_title=t("language.programme"),
    page_icon=str(ICON) if actor else None,
    layout="wide",
    initial_sidebar_state=SIDEBAR,
)
fit()
if actor is None:
    with database.reading() as session:
        file = "first_run.py" if door.is_empty(session) else "sign_in.py"
    addresses = (*DOORS, *(page.url for page in PAGES if page is not HOME))
    doors = [door_page(file, address, default=index == 0) for index, address in enumerate(addresses)]
    current = st.navigation([*doors, link_page()], position="hidden")
    header.for_strangers()
else:
    sections: dict[str, list[st.Page]] = {}
    for page in PAGES:
        shown = staff_page(page, may=actor.may(page.right))
        sections.setdefault(t(f"language.section.{page.phase}"), []).append(shown)
    sections[""] = [link_page(), *map(home_page, DOORS)]
    current = st.navigation(sections, position="sidebar")
    all_editions = every_edition(actor)
    memory.hand_over((actor, all_editions))
    header.for_staff(actor, all_editions)
    header.logo()
show_change()
if message := memory.take_flash():
    st.toast(message, icon=":material/check:")
if actor is not None:
    undo_line(current.url_path)
page = st.container()
footer()  # drawn before the page, below which it stands: a page may end early
with page:
    current.run()
