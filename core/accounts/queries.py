"""What the pages about accounts show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlmodel import Session, col, func, select

from core.accounts.door import goes_on
from core.accounts.guard import query
from core.accounts.holdings import in_order
from core.accounts.links import link_token
from core.accounts.models import Account, RoleHolding, SignIn
from core.accounts.rules import Actor, Right, Role

if TYPE_CHECKING:
    from datetime import datetime

BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


class State(StrEnum):
    """How an account stands."""

    ACTIVE = "active"
    INVITED = "invited"
    LATE = "late"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Colleague:
    """One account as the list shows it; `link` is what the link carries while it serves."""

    id: int
    name: str
    mail: str
    roles: tuple[Role, ...]
    state: State
    last_here: datetime | None
    link: str | None
    link_until: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class Device:
    """One browser in which somebody is signed in."""

    id: int
    browser: str
    system: str
    address: str
    begun_at: datetime
    seen_at: datetime
    here: bool


@query(Right.ACCOUNTS)
def colleagues(session: Session, *, secret: bytes, now: datetime, by: Actor) -> list[Colleague]:
    """All accounts, by name; `secret` is the installation's."""
    roles: dict[int, list[Role]] = {}
    for holding in session.exec(select(RoleHolding)):
        roles.setdefault(holding.account_id, []).append(Role(holding.role))
    last = dict(
        session.exec(select(SignIn.account_id, func.max(SignIn.seen_at)).group_by(col(SignIn.account_id))).all()
    )
    found: list[Colleague] = []
    for account in session.exec(select(Account).order_by(func.lower(Account.name))):
        number, state = account.id or 0, _state(account, now)
        token = link_token(account, secret) if state is State.INVITED else None
        held = tuple(in_order(roles.get(number, ())))
        found.append(
            Colleague(
                number,
                account.name,
                account.mail,
                held,
                state,
                last.get(number),
                token,
                account.link_until,
                account.version,
            )
        )
    return found


@query(Right.ENTER)
def own_devices(session: Session, *, now: datetime, by: Actor) -> list[Device]:
    """Where the person is signed in, this browser first, then the one used last."""
    rows = session.exec(select(SignIn).where(SignIn.account_id == by.account_id, col(SignIn.ended_at).is_(None)))
    found = [
        Device(
            row.id or 0,
            _named(row.browser, BROWSERS),
            _named(row.browser, SYSTEMS),
            row.address,
            row.begun_at,
            row.seen_at,
            row.id == by.session_id,
        )
        for row in rows
        if goes_on(row.ended_at, row.seen_at, row.begun_at, now)
    ]
    return sorted(found, key=lambda one: (not one.here, now - one.seen_at))


def _state(account: Account, now: datetime) -> State:
    if not account.active:
        return State.CLOSED
    if account.password_hash:
        return State.ACTIVE
    return State.INVITED if account.link_until and now <= account.link_until else State.LATE


def _named(agent: str, names: dict[str, str]) -> str:
    """The first of these names that the browser says of itself: later ones are said by all, for history's sake."""
    return next((name for sign, name in names.items() if sign in agent), "")
