"""Passwords: long, not among those that are tried first, hashed by bcrypt, checked in equal time for everybody."""

from __future__ import annotations

import re
import secrets
from functools import cache
from pathlib import Path

import bcrypt

from core.accounts.rules import MIN_PASSWORD
from core.store.errors import Refused

BCRYPT_LIMIT = 72
"""Bytes that bcrypt looks at; it refuses more."""
COMMON = Path(__file__).parent / "common_passwords.txt"
OURS = ("universita", "statale", "unimi", "milano", "career", "service", "mentoring", "mentore", "mentor", "mentee")
"""Words that whoever tries passwords at this door would think of."""
UPWARD = "0123456789" * 8
FEW_SIGNS, FEW_LETTERS = 3, 4
ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
REPEATED = re.compile(r"(.+?)\1+", re.DOTALL)


class PasswordTooShort(Refused):
    """A password has at least `MIN_PASSWORD` characters."""


class PasswordTooLong(Refused):
    """A password has at most 72 bytes."""


class PasswordTooCommon(Refused):
    """A password is none of those that are tried first."""


def hashed(password: str, *, rounds: int, about: tuple[str, ...] = ()) -> str:
    """The bcrypt hash, without blanks at either end; `about` are the person's own words: name and mail address.

    Raises `PasswordTooShort`, `PasswordTooLong` or `PasswordTooCommon`.
    """
    kept = password.strip()
    if len(kept) < MIN_PASSWORD:
        raise PasswordTooShort(least=MIN_PASSWORD)
    if len(kept.encode()) > BCRYPT_LIMIT:
        raise PasswordTooLong(most=BCRYPT_LIMIT)
    if is_common(kept, about):
        raise PasswordTooCommon
    return bcrypt.hashpw(kept.encode(), bcrypt.gensalt(rounds)).decode()


def fits(password: str, password_hash: str) -> bool:
    """Whether this is the password behind the hash."""
    try:
        return bcrypt.checkpw(password.strip().encode(), password_hash.encode())
    except ValueError:  # longer than any password that was ever taken
        return False


def is_common(password: str, about: tuple[str, ...] = ()) -> bool:
    """Whether it is a frequent password, also repeated or with signs around it, or made of known words only."""
    small = password.casefold()
    unit = REPEATED.fullmatch(small)
    forms = {small, ENDS.sub("", small), unit[1] if unit else small}
    forms |= {ENDS.sub("", form) for form in forms}
    known = not forms.isdisjoint(_common()) or small in UPWARD or small in UPWARD[::-1]
    return known or len(set(small)) <= FEW_SIGNS or _is_made_of(small, about)


def _is_made_of(small: str, about: tuple[str, ...]) -> bool:
    """Whether hardly a letter is left when the person's own words and ours are taken away."""
    rest = small
    own = {word for text in about for word in re.split(r"[\W\d_]+", text.casefold()) if len(word) >= FEW_SIGNS}
    for word in sorted(own | set(OURS), key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest != small and len(re.sub(r"[\W\d_]", "", rest)) < FEW_LETTERS


@cache
def _common() -> frozenset[str]:
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


@cache
def nobodys_hash(rounds: int) -> str:
    """A hash that no password fits, to be checked for addresses without an account: both take equally long."""
    return bcrypt.hashpw(secrets.token_bytes(32), bcrypt.gensalt(rounds)).decode()
