"""Who are you? The form is streamlit-authenticator's; what follows a right password is ours."""

from __future__ import annotations

import streamlit as st
import streamlit_authenticator as stauth

from core.accounts import door
from core.accounts.passwords import nobodys_hash
from core.store import database
from pages.door.ticket import hand_over
from pages.shared.words import plain, t

STATUS = "authentication_status"
"""Written by the form: None before, False after a wrong and True after a right password."""


class Everybody(dict[str, dict[str, str]]):
    """The accounts, with one that nobody can enter in place of each that is missing: unknown takes as long as wrong."""

    def __contains__(self, mail: object) -> bool:
        """Whatever is asked for."""
        return True

    def __missing__(self, mail: str) -> dict[str, str]:
        """The account that nobody can enter."""
        self[mail] = {"name": "", "email": "", "password": nobodys_hash(database.current().config.bcrypt_rounds)}
        return self[mail]


with database.reading() as session:
    accounts = door.credentials(session)
config = database.current().config
form = stauth.Authenticate(
    {"usernames": accounts},
    cookie_name="mentoring_form",
    cookie_key=config.secret().hex(),
    cookie_expiry_days=0,
    auto_hash=False,
    login_sleep_time=0,  # pyright: ignore[reportArgumentType] - the library's own hint for its extra options is wrong
)
form.authentication_controller.authentication_model.credentials = {"usernames": Everybody(accounts)}
_, middle, _ = st.columns([1, 2, 1])
with middle:
    st.title(t("language.programme"))
    st.caption(t("language.university"))
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
        hand_over(mail)
    if st.session_state.get(STATUS) is False:
        st.error(t("accounts.sign_in.wrong"), icon=":material/block:")
