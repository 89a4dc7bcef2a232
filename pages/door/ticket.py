"""The browser turns a right password into a session: it posts a ticket that only it can use."""

from __future__ import annotations

import html
from urllib.parse import urlsplit

import streamlit as st

from core.accounts import door
from core.store import clock, database
from pages.door.cookies import visit_name
from pages.shared.words import plain

FORM = """
<form method="post" action="/auth/enter" id="enter">
<input type="hidden" name="ticket" value="{ticket}"><input type="hidden" name="next" value="{page}">
<button type="submit" style="font:inherit;padding:.4rem 1rem">{label}</button></form>
<script>document.getElementById("enter").submit()</script>
"""


def hand_over(mail: str) -> None:
    """Mint a ticket for this account and let the browser post it; the button serves where scripts are off."""
    browser = str(st.context.cookies.get(visit_name(), ""))
    with database.writing() as session:
        ticket = door.mint_ticket(session, mail=mail, browser=browser, at=clock.now())
    page = urlsplit(st.context.url or "").path or "/"
    st.html(
        FORM.format(ticket=ticket, page=html.escape(page, quote=True), label=plain("accounts.sign_in.go_on")),
        unsafe_allow_javascript=True,
    )
    st.stop()
