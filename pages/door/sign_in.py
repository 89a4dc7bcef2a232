"""Who are you? The form is streamlit-authenticator's; what follows a right password is ours."""

from __future__ import annotations

from datetime import timedelta
from math import ceil

import streamlit as st

from core.accounts import door
from core.accounts.rules import mail_key
from core.accounts.throttle import TRIES
from core.store import clock, database
from pages.door.cookies import session_name
from pages.door.form import SignInForm
from pages.door.sockets import ENDED
from pages.door.ticket import hand_over
from pages.door.visitors import network_of
from pages.shared.words import plain, t

STATUS = "authentication_status"
"""Written by the form: None before, False after a wrong and True after a right password."""
MINUTE = timedelta(minutes=1)

with database.reading() as session:
    accounts = door.credentials(session)
form = SignInForm(accounts)
closed: list[int] = []
"""In how many minutes passwords are looked at again."""
compare = form.model.check_credentials


def check(username: str, password: str) -> bool:
    """Compare only as often as the throttle allows; a closed try costs the same for every address."""
    address = network_of(str(st.context.ip_address or "127.0.0.1"))
    with database.reading() as session:
        known = door.was_here(session, mail=username, address=address)
    until = TRIES.closed_until(mail_key(username), address, clock.now(), known=known)
    if until is not None:
        closed.append(ceil((until - clock.now()) / MINUTE))
        return False
    right = bool(compare(username, password))
    if right:
        TRIES.forgive(mail_key(username), address, known=known)
    return right


form.model.check_credentials = check
_, middle, _ = st.columns([1, 2, 1])
with middle:
    st.title(t("language.programme"))
    st.caption(t("language.university"))
    if st.context.cookies.get(session_name()) or ENDED in st.query_params:
        st.info(t("accounts.gate.signed_out"), icon=":material/schedule:")
    form.login(
        key="sign_in",
        fields={
            "Form name": plain("accounts.sign_in.title"),
            "Username": plain("accounts.mail"),
            "Password": plain("accounts.password"),
            "Login": plain("accounts.sign_in.enter"),
        },
    )
    if st.session_state.get(STATUS):
        mail = st.session_state["username"]
        for name in ("username", "name", "email", "roles", STATUS):
            st.session_state.pop(name, None)
        hand_over(mail, compared=form.everybody[mail]["password"])
    if form.authentication_controller.empty:
        st.info(t("accounts.sign_in.empty"), icon=":material/edit:")
    elif closed:
        st.session_state[STATUS] = None  # else the next run would say that the password was wrong
        st.warning(t("accounts.sign_in.closed", n=closed[0]), icon=":material/hourglass_top:")
    elif st.session_state.get(STATUS) is False:
        st.error(t("accounts.sign_in.wrong"), icon=":material/block:")
    st.caption(t("accounts.sign_in.forgotten"))
