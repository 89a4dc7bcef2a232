"""The browser turns a right password into a session: it posts a ticket that only it can use."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from core.accounts import door
from core.store import clock, database
from core.store.errors import Refused
from pages.door.cookies import visit_name
from pages.door.paths import outward
from pages.shared.words import plain, refusal, t

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel import Session

FORM = """
<form method="post" action="{action}" id="enter">
<input type="hidden" name="ticket" value="{ticket}"><input type="hidden" name="next" value="{page}">
<button type="submit" style="font:inherit;padding:.4rem 1rem">{label}</button></form>
<script>document.getElementById("enter").submit()</script>
"""


def keep_and_enter(act: Callable[[Session], str]) -> None:
    """Do one act of the core that makes a password and returns the address that it is for; then sign in with it.

    Says why when it is refused.
    """
    try:
        with database.writing() as session:
            mail = act(session)
    except Refused as error:
        st.error(refusal(error), icon=":material/block:")
        return
    hand_over(mail)


def hand_over(mail: str) -> None:
    """Mint a ticket for this account and let the browser post it; the button serves where scripts are off."""
    browser = str(st.context.cookies.get(visit_name(), ""))
    if not browser:
        st.error(t("accounts.sign_in.no_cookie"), icon=":material/cookie_off:")
        st.stop()
    with database.writing() as session:
        ticket = door.mint_ticket(session, mail=mail, browser=browser, at=clock.now())
    page = urlsplit(st.context.url or "").path or "/"
    st.html(
        FORM.format(
            action=outward("/auth/enter"),
            ticket=ticket,
            page=html.escape(page, quote=True),
            label=plain("accounts.sign_in.go_on"),
        ),
        unsafe_allow_javascript=True,
    )
    st.stop()
