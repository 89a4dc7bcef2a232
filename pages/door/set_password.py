"""Which password shall it be? Opened by a link that somebody was given; it serves once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core.accounts import actions
from core.accounts.links import Opened, opened_by
from core.store import clock, database
from pages.door.ticket import keep_and_enter
from pages.shared.words import plain, t

if TYPE_CHECKING:
    from sqlmodel import Session


def kept(session: Session, opened: Opened, password: str) -> str:
    """Keep the password; the address to sign in with."""
    rounds = database.current().config.bcrypt_rounds
    actions.set_password(session, password=password, rounds=rounds, by=opened.by, at=clock.now())
    return opened.mail


_, middle, _ = st.columns([1, 2, 1])
with middle:
    st.title(t("accounts.link.title"))
    with database.reading() as session:
        secret = database.current().config.secret()
        opened = opened_by(session, st.query_params.get("token", ""), secret, at=clock.now())
    if opened is None:
        st.info(t("accounts.link.dead"), icon=":material/link_off:")
        st.stop()
    st.caption(t("accounts.link.lead", name=opened.name, mail=opened.mail))
    with st.form("set_password"):
        first = st.text_input(
            plain("accounts.password"),
            type="password",
            autocomplete="new-password",
            help=plain("accounts.password_help"),
        )
        again = st.text_input(plain("accounts.password_again"), type="password", autocomplete="new-password")
        sent = st.form_submit_button(plain("accounts.link.keep"), type="primary")
    if sent and first != again:
        st.error(t("accounts.password_differs"), icon=":material/block:")
    elif sent:
        keep_and_enter(partial(kept, opened=opened, password=first))
