"""The browser turns a right password into a session: it posts a ticket that only it can use."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from core.accounts import door
from core.store import clock, database
from core.store.errors import NotAllowed, Refused
from pages.door.cookies import visit_name
from pages.door.paths import outward
from pages.shared.words import plain, refusal, t

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel import Session

FORM = """
<form method="post" action="{action}" id="enter">
<input type="hidden" name="ticket" value="{ticket}"><input type="hidden" name="next" value="{page}">
<input type="hidden" name="told" value="{told}">
<button type="submit" style="font:inherit;padding:.4rem 1rem">{label}</button></form>
<script>document.getElementById("enter").submit()</script>
"""


def keep_and_enter(act: Callable[[Session], str], *, told: str = "") -> None:
    """Do one act of the core that makes a password and returns the address that it is for; sign in with it at once.

    Says why when it is refused; `told` is handed to the page that follows, which says that it was done.
    """
    try:
        with database.writing() as session:
            ticket = _minted(session, act(session), None)
    except Refused as error:
        st.error(refusal(error), icon=":material/block:")
        return
    _post(ticket, told)


def hand_over(mail: str, compared: str) -> None:
    """Sign in by a right password; `compared` is the hash that it was compared with."""
    try:
        with database.writing() as session:
            ticket = _minted(session, mail, compared)
    except NotAllowed:  # replaced, or the account closed, while it was being compared
        st.error(t("accounts.sign_in.wrong"), icon=":material/block:")
        return
    _post(ticket, "")


def _minted(session: Session, mail: str, compared: str | None) -> str:
    browser = str(st.context.cookies.get(visit_name(), ""))
    return door.mint_ticket(session, mail=mail, browser=browser, at=clock.now(), compared=compared) if browser else ""


def _post(ticket: str, told: str) -> None:
    """Let the browser post the ticket; the button serves where scripts are off."""
    if not ticket:
        st.error(t("accounts.sign_in.no_cookie"), icon=":material/cookie_off:")
        st.stop()
    page = urlsplit(st.context.url or "").path or "/"
    st.html(
        FORM.format(
            action=outward("/auth/enter"),
            ticket=ticket,
            page=html.escape(page, quote=True),
            told=told,
            label=plain("accounts.sign_in.go_on"),
        ),
        unsafe_allow_javascript=True,
    )
    st.stop()
