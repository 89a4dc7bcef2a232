"""Looking after one's own account: its password, its language, where one is signed in."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from core.accounts.door import end_all
from core.accounts.guard import act
from core.accounts.links import opened_by
from core.accounts.models import Account, SignIn
from core.accounts.passwords import fits, hashed
from core.accounts.rules import Actor, Right
from core.accounts.throttle import TRIES
from core.store.errors import NotFound, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from core.language.text import Language


class WrongPassword(Refused):
    """The present password is another one."""


class LinkOver(Refused):
    """The link was used, replaced or made void since the page was opened."""


class SamePassword(Refused):
    """A new password is another one."""


class TooManyTries(Refused):
    """Passwords were tried too often; it ends by itself."""


@act(Right.ENTER, final=True)
def set_password(
    session: Session, *, token: str, secret: bytes, password: str, rounds: int, by: Actor, at: datetime
) -> str:
    """Keep the password that a person sets by a link, which serves once; the address, to sign in with.

    Raises `LinkOver` and the password's refusals.
    """
    opened = opened_by(session, token, secret, at=at)
    if opened is None or opened.account_id != by.account_id:
        raise LinkOver
    account = _own(session, by)
    account.password_hash = hashed(password, rounds=rounds, about=(account.name, account.mail))
    account.link_until, account.link_generation = None, account.link_generation + 1
    end_all(session, opened.account_id, at=at)
    return account.mail


@act(Right.ENTER, final=True)
def change_password(session: Session, *, old: str, new: str, rounds: int, by: Actor, at: datetime) -> str:
    """Change one's own password and end all one's sign-ins; the address, to sign in anew with.

    Raises `SamePassword`, `TooManyTries`, `WrongPassword` and the new password's refusals.
    """
    account = _own(session, by)
    here = f"own {account.id}"
    if until := TRIES.closed_until(account.mail_key, here, at):
        raise TooManyTries(n=ceil((until - at) / timedelta(minutes=1)))
    if not fits(old, account.password_hash or ""):
        raise WrongPassword
    TRIES.forgive(account.mail_key, here)
    if new.strip() == old.strip():
        raise SamePassword
    account.password_hash = hashed(new, rounds=rounds, about=(account.name, account.mail))
    end_all(session, account.id or 0, at=at)
    return account.mail


@act(Right.ENTER, final=True)
def choose_language(session: Session, *, language: Language, by: Actor, at: datetime) -> None:
    """Keep the language in which this person reads."""
    account = session.get(Account, by.account_id)
    if account is not None:
        account.language = language


@act(Right.ENTER, final=True)
def end_own_sign_in(session: Session, sign_in: int, *, by: Actor, at: datetime) -> None:
    """Sign one of one's own browsers out; raises `NotFound` for anybody else's."""
    found = session.get(SignIn, sign_in)
    if found is None or found.account_id != by.account_id:
        raise NotFound
    found.ended_at = found.ended_at or at


@act(Right.ENTER, final=True)
def end_own_sign_ins(session: Session, *, by: Actor, at: datetime) -> None:
    """Sign out everywhere, here too."""
    end_all(session, by.account_id or 0, at=at)


def _own(session: Session, by: Actor) -> Account:
    account = session.get(Account, by.account_id)
    if account is None:
        raise NotFound
    return account
