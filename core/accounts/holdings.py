"""The roles that an account holds: now, and at an earlier version of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.accounts.models import Account, RoleHolding
from core.accounts.rules import Role
from core.store.audit import AuditChange
from core.store.table import table_name

if TYPE_CHECKING:
    from collections.abc import Iterable


def held(session: Session, account_id: int) -> dict[Role, RoleHolding]:
    """The roles of an account with the rows that say so."""
    rows = session.exec(select(RoleHolding).where(RoleHolding.account_id == account_id))
    return {Role(row.role): row for row in rows}


def held_at(session: Session, account_id: int, version: int) -> set[Role]:
    """The roles that the account held at this version: what was given and taken since is reckoned back."""
    roles = set(held(session, account_id))
    since = next((one.entry_id for one in _changes(session, Account) if _is(one, account_id, version)), None)
    for one in reversed(list(_changes(session, RoleHolding)) if since is not None else []):
        if one.entry_id < (since or 0):
            break
        if one.after and one.after["account_id"] == account_id:
            roles.discard(Role(one.after["role"]))
        if one.before and one.before["account_id"] == account_id:
            roles.add(Role(one.before["role"]))
    return roles


def in_order(roles: Iterable[Role]) -> list[Role]:
    """The roles as the programme lists them."""
    return sorted(roles, key=list(Role).index)


def _changes(session: Session, kind: type[Account | RoleHolding]) -> list[AuditChange]:
    asked = select(AuditChange).where(AuditChange.table_name == table_name(kind)).order_by(col(AuditChange.id))
    return list(session.exec(asked))


def _is(change: AuditChange, account_id: int, version: int) -> bool:
    """Whether this change took the account beyond the version."""
    return change.row_id == account_id and bool(change.after) and change.after["version"] > version
