"""Choose edition, language and page; strangers meet the sign-in form at every address."""

from __future__ import annotations

import streamlit as st

from core.accounts import door
from core.store import database
from pages.shared import header, memory
from pages.shared.act import show_change
from pages.shared.footer import footer
from pages.shared.look import SIDEBAR, fit
from pages.shared.navigation import DOORS, link_page, sections
from pages.shared.registry import HOME, PAGES, ROOT, icon_address
from pages.shared.staff import signed_in_with_editions
from pages.shared.undo_line import undo_line
from pages.shared.words import begin, t


def door_page(file: str, address: str, *, default: bool) -> st.Page:
    """The sign-in or first-run page, standing at this address."""
    return st.Page(ROOT / "pages" / "door" / file, title=t("accounts.sign_in.title"), url_path=address, default=default)


actor, all_editions = signed_in_with_editions()
begin()
# A page's own Material icon would be fetched from Google as its favicon, and a file's address ends with the session
# that asked for it; strangers get /favicon.png by default.
st.set_page_config(
    page_title=t("language.programme"),
    page_icon=icon_address() if actor else None,
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
    current = st.navigation(sections(actor), position="sidebar")
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
