"""Passwords: hashed by bcrypt, checked in equal time whether the account exists or not."""

from __future__ import annotations

import secrets
from functools import cache

import bcrypt

from core.accounts.rules import MIN_PASSWORD
from core.store.errors import Refused

BCRYPT_LIMIT = 72
"""Bytes that bcrypt looks at; it refuses more."""


class PasswordTooShort(Refused):
    """A password has at least `MIN_PASSWORD` characters."""


class PasswordTooLong(Refused):
    """A password has at most 72 bytes."""


def hashed(password: str, *, rounds: int) -> str:
    """The bcrypt hash, without blanks at either end; raises `PasswordTooShort` or `PasswordTooLong`."""
    kept = password.strip()
    if len(kept) < MIN_PASSWORD:
        raise PasswordTooShort(least=MIN_PASSWORD)
    if len(kept.encode()) > BCRYPT_LIMIT:
        raise PasswordTooLong(most=BCRYPT_LIMIT)
    return bcrypt.hashpw(kept.encode(), bcrypt.gensalt(rounds)).decode()


@cache
def nobodys_hash(rounds: int) -> str:
    """A hash that no password fits, to be checked for addresses without an account: both take equally long."""
    return bcrypt.hashpw(secrets.token_bytes(32), bcrypt.gensalt(rounds)).decode()
