"""The link by which somebody sets a password: for a new account, or when the old one was forgotten.

Nothing secret is kept: the link is made of the installation's secret, the account and its generation. So it
can be shown again, and is worth nothing once it was used, made anew, or its week is over.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.accounts.models import Account
from core.accounts.rules import Actor, ActorKind

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Opened:
    """Whose password a link sets; `by` is who the record names for it."""

    account_id: int
    name: str
    mail: str
    by: Actor


def link_token(account: Account, secret: bytes) -> str:
    """What the link carries: the account's number and a keyed digest of 32 signs.

    The number alone is not enough to be sure of the person: that of a deleted account is given again.
    """
    said = repr(("password", account.id, account.mail_key, account.link_generation, account.link_until)).encode()
    return f"{account.id}-{hmac.new(secret, said, hashlib.sha256).hexdigest()[:32]}"


def opened_by(session: Session, token: str, secret: bytes, *, at: datetime) -> Opened | None:
    """Whose password this link sets now; None when it is guessed, used, replaced, too old, or the account closed."""
    number = token.partition("-")[0]
    account = session.get(Account, int(number)) if NUMBER.fullmatch(number) else None
    if account is None or account.id is None or not account.active:
        return None
    if account.link_until is None or at > account.link_until:
        return None
    if not hmac.compare_digest(token.encode(), link_token(account, secret).encode()):
        return None
    by = Actor(ActorKind.SYSTEM, account.name, account_id=account.id)
    return Opened(account.id, account.name, account.mail, by)
