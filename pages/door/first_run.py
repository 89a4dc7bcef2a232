"""Nobody has an account yet: who looks after the programme, and which year is it?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core.accounts import door
from core.office.beginning import begin
from core.store import clock, database
from pages.door.ticket import keep_and_enter
from pages.shared import fields
from pages.shared.memory import language
from pages.shared.words import plain, t

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel import Session


def first_act(session: Session, name: str, mail: str, password: str, year: Callable[[], int]) -> str:
    """Make the first account and the first edition; the address to sign in with."""
    begin(
        session,
        name=name,
        mail=mail,
        password=password,
        year=year(),
        language=language(),
        rounds=database.current().config.bcrypt_rounds,
        at=clock.now(),
    )
    return mail


_, middle, _ = st.columns([1, 2, 1])
with middle:
    st.title(t("accounts.first_run.title"))
    with database.reading() as session:
        opened = door.opens_first_run(session, st.query_params.get("token", ""), database.current().config.secret())
    if not opened:
        st.info(t("accounts.first_run.link"), icon=":material/link:")
        st.stop()
    st.caption(t("accounts.first_run.lead"))
    with st.form("first_run"):
        name = st.text_input(plain("accounts.name"), autocomplete="name", key="first_name")
        mail = st.text_input(plain("accounts.mail"), autocomplete="username", key="first_mail")
        password = st.text_input(
            plain("accounts.password"),
            type="password",
            autocomplete="new-password",
            key="first_password",
        )
        st.caption(t("accounts.password_help"))
        this_year = clock.today().year
        year = fields.whole(
            st.container(),
            "edition.year.field",
            this_year,
            key="first_year",
            tip=plain("edition.year.field_help"),
        )
        sent = st.form_submit_button(plain("accounts.first_run.begin"), type="primary")
    if sent:
        keep_and_enter(partial(first_act, name=name, mail=mail, password=password, year=year))
