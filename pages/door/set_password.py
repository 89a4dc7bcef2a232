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


def kept(session: Session, opened: Opened, token: str, password: str) -> str:
    """Keep the password; the address to sign in with."""
    config = database.current().config
    return actions.set_password(
        session,
        token=token,
        secret=config.secret(),
        password=password,
        rounds=config.bcrypt_rounds,
        by=opened.by,
        at=clock.now(),
    )


_, middle, _ = st.columns([1, 2, 1])
with middle:
    st.title(t("accounts.link.title"))
    with database.reading() as session:
        token = st.query_params.get("token", "")
        opened = opened_by(session, token, database.current().config.secret(), at=clock.now())
    if opened is None:
        st.info(t("accounts.link.dead"), icon=":material/link_off:")
        st.stop()
    st.caption(
        t(
            "accounts.link.lead",
            programme=plain("language.programme"),
            university=plain("language.university"),
            name=opened.name,
            mail=opened.mail,
        )
    )
    with st.form("set_password"):
        first = st.text_input(
            plain("accounts.password"),
            type="password",
            autocomplete="new-password",
            key="new_password",
        )
        st.caption(t("accounts.password_help"))
        again = st.text_input(
            plain("accounts.password_again"), type="password", autocomplete="new-password", key="new_password_again"
        )
        sent = st.form_submit_button(plain("accounts.link.keep"), type="primary")
    if sent and first != again:
        st.error(t("accounts.password_differs"), icon=":material/block:")
    elif sent:
        keep_and_enter(partial(kept, opened=opened, token=token, password=first))
