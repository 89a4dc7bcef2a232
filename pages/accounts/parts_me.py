"""One's own account: a new password, and the browsers in which one is signed in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core.accounts import actions
from core.store import clock, database
from pages.shared.words import plain, short_moment, t

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlmodel import Session

    from core.accounts.queries import Device
    from core.accounts.rules import Actor


def new_password(me: Actor) -> Callable[[Session], str] | None:
    """The form for a new password; the act that it asks for, if any."""
    with st.form("own password"):
        old = st.text_input(plain("accounts.me.old"), type="password", autocomplete="current-password")
        new = st.text_input(
            plain("accounts.me.new"),
            type="password",
            autocomplete="new-password",
        )
        st.caption(t("accounts.password_help"))
        again = st.text_input(plain("accounts.password_again"), type="password", autocomplete="new-password")
        st.caption(t("accounts.me.consequence"))
        sent = st.form_submit_button(t("accounts.me.change"), type="primary")
    if not sent:
        return None
    if new != again:
        st.error(t("accounts.password_differs"), icon=":material/block:")
        return None
    rounds = database.current().config.bcrypt_rounds
    return partial(actions.change_password, old=old, new=new, rounds=rounds, by=me, at=clock.now())


def ended_device(devices: Sequence[Device]) -> int | None:
    """All browsers, with a button to sign each but this one out; the one whose button was pressed."""
    ended = None
    for one in devices:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container():
                st.markdown(f"**{_name(one)}**")
                told = "accounts.me.this" if one.here else "accounts.me.other"
                st.caption(t(told, seen=short_moment(one.seen_at), address=one.address))
            if not one.here and st.button(t("accounts.me.end"), key=f"end {one.id}"):
                ended = one.id
    return ended


def _name(one: Device) -> str:
    if one.browser and one.system:
        return t("accounts.me.browser", browser=one.browser, system=one.system)
    return t("accounts.me.unknown_browser")
