"""What the accounts page shows."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, select

from core.accounts.guard import query
from core.accounts.models import Account, RoleHolding
from core.accounts.rules import Actor, Right, Role


@dataclass(frozen=True, slots=True)
class Colleague:
    """One account as the list shows it."""

    id: int
    name: str
    mail: str
    roles: tuple[Role, ...]
    active: bool


@query(Right.ACCOUNTS)
def colleagues(session: Session, *, by: Actor) -> list[Colleague]:
    """All accounts, by name."""
    roles: dict[int, list[Role]] = {}
    for holding in session.exec(select(RoleHolding)):
        roles.setdefault(holding.account_id, []).append(holding.role)
    accounts = session.exec(select(Account).order_by(Account.name)).all()
    return [Colleague(a.id or 0, a.name, a.mail, tuple(roles.get(a.id or 0, ())), a.active) for a in accounts]
