"""The sign-in form of streamlit-authenticator, and nothing else of it."""

from __future__ import annotations

import secrets
from typing import Any

import streamlit_authenticator as stauth
from streamlit_authenticator.controllers import AuthenticationController

from core.accounts.passwords import nobodys_hash
from core.accounts.rules import mail_key
from core.store import database


class Everybody(dict[str, dict[str, str]]):
    """The accounts, with one that nobody can enter in place of each that is missing: unknown takes as long as wrong."""

    def __contains__(self, mail: object) -> bool:
        """Whatever is asked for."""
        return True

    def __missing__(self, mail: str) -> dict[str, str]:
        """The account under the key of another spelling, else one that nobody can enter."""
        if mail_key(mail) in self.keys():
            return self[mail_key(mail)]
        self[mail] = {"name": "", "email": "", "password": nobodys_hash(database.current().config.bcrypt_rounds)}
        return self[mail]


class NoCookie:
    """In place of the library's cookie, which would outlive a sign-out, and of the frame that sets it.

    The frame reports back when it has loaded, and the run that follows can cut off the one that signs in.
    """

    def get_cookie(self) -> None:
        """Nobody is known by it."""

    def set_cookie(self) -> None:
        """Nobody becomes known by it."""


class Asked(AuthenticationController):
    """What the form asks; a press with a field left empty is no try of a password."""

    empty = False

    def login(
        self,
        username: str | None = None,
        password: str | None = None,
        *rest: Any,  # noqa: ANN401 - the library's own, handed on as they come
        **options: Any,  # noqa: ANN401 - as above
    ) -> bool | None:
        """Compare what was typed, if it was."""
        self.empty = not ((username or "").strip() and (password or "").strip())
        return None if self.empty else super().login(username, password, *rest, **options)


class SignInForm(stauth.Authenticate):
    """The library's form over these accounts (address -> name and password hash)."""

    def __init__(self, accounts: dict[str, dict[str, str]]) -> None:
        self.attrs = {"login_sleep_time": 0}
        self.path = None
        self.secret_key = secrets.token_hex(32)
        self.cookie_controller = NoCookie()
        self.authentication_controller = Asked({"usernames": accounts}, auto_hash=False, secret_key=self.secret_key)
        self.model = self.authentication_controller.authentication_model
        self.everybody = Everybody(accounts)
        self.model.credentials = {"usernames": self.everybody}
