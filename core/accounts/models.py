"""Accounts, their roles, and the sessions of those who are signed in."""

from __future__ import annotations

from datetime import datetime

from core.accounts.rules import Role
from core.language.text import Language
from core.store.table import Passing, Personal, Table, Versioned, key, moment, reference, text, unique, words


class Account(Versioned, table=True):
    """A member of staff who can sign in."""

    id: int | None = key()
    name: str = text(Personal.KEEP)
    mail: str = text(Personal.KEEP)
    mail_key: str = text(Personal.KEEP, unique=True)
    password_hash: str | None = text(Personal.KEEP, null=True, secret=True)
    """None until the person has set a password by a link."""
    link_generation: int = 0
    """Raised with each link that is made or used, so that older ones open nothing."""
    link_until: datetime | None = moment(null=True)
    language: Language = words(Language)
    active: bool = True


class RoleHolding(Table, table=True):
    """One role of one account."""

    __table_args__ = (unique("account_id", "role"),)

    id: int | None = key()
    account_id: int = reference("account.id")
    role: Role = words(Role)


class SignIn(Passing, table=True):
    """A signed-in browser: its cookie's SHA-256, never the cookie."""

    id: int | None = key()
    account_id: int = reference("account.id")
    cookie_hash: str = text(Personal.KEEP, unique=True)
    begun_at: datetime = moment()
    seen_at: datetime = moment()
    ended_at: datetime | None = moment(null=True)
    browser: str = text(Personal.KEEP)
    """What the browser says it is."""
    address: str = text(Personal.KEEP)
    """The network address that it came from."""


class Ticket(Passing, table=True):
    """A right password, to be turned into a session once, soon, and by the same browser."""

    id: int | None = key()
    account_id: int = reference("account.id")
    ticket_hash: str = text(Personal.KEEP, unique=True)
    browser_hash: str = text(Personal.KEEP)
    made_at: datetime = moment()
    used_at: datetime | None = moment(null=True)
