"""Looking after the accounts of all: making, changing, closing, and the link by which a password is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from email_validator import EmailNotValidError, validate_email
from sqlmodel import Session, col, select

from core.accounts.door import end_all
from core.accounts.guard import act
from core.accounts.holdings import held, held_at, in_order
from core.accounts.models import Account, RoleHolding
from core.accounts.passwords import hashed
from core.accounts.rules import LINK, Actor, Right, Role, mail_key
from core.language.text import Language, say
from core.store import versions
from core.store.errors import Changed, Difference, NotAllowed, Refused

if TYPE_CHECKING:
    from datetime import datetime


class MailNotValid(Refused):
    """The address cannot be one."""


class MailTaken(Refused):
    """Another account has this address."""


class NameMissing(Refused):
    """A person has a name."""


class NoRole(Refused):
    """An account without a role could do nothing."""


class LastAdmin(Refused):
    """Somebody must be able to look after the accounts."""


class OwnAccount(Refused):
    """Nobody closes the own account, or takes the own password away: it would be a slip."""


@act(Right.ACCOUNTS)
def add_account(
    session: Session,
    *,
    name: str,
    mail: str,
    password: str | None,
    roles: frozenset[Role],
    rounds: int,
    language: Language = Language.ITALIAN,
    by: Actor,
    at: datetime,
) -> int:
    """Make an account and return its number; without a password the person sets one by a link.

    Raises `MailNotValid`, `MailTaken`, `NameMissing`, `NoRole` and the password's refusals.
    """
    account = Account(
        name=_checked_name(name),
        mail=_checked_mail(session, mail),
        mail_key=mail_key(mail),
        language=language,
        password_hash=None if password is None else hashed(password, rounds=rounds, about=(name, mail)),
        link_until=at + LINK if password is None else None,
    )
    session.add(account)
    session.flush()
    assert account.id is not None  # noqa: S101 - the database has just given it
    _give_roles(session, account.id, roles)
    return account.id


@act(Right.ACCOUNTS, final=True)
def add_first_account(
    session: Session, *, name: str, mail: str, password: str, rounds: int, language: Language, by: Actor, at: datetime
) -> int:
    """Make the account that holds admin and coordinator, once, in an empty store; raises `NotAllowed` afterwards."""
    if session.exec(select(Account.id).limit(1)).first() is not None:
        raise NotAllowed
    return add_account(
        session,
        name=name,
        mail=mail,
        password=password,
        roles=frozenset({Role.ADMIN, Role.COORDINATOR}),
        rounds=rounds,
        language=language,
        by=by,
        at=at,
    )


@act(Right.ACCOUNTS, final=True)
def change_account(
    session: Session,
    account_id: int,
    *,
    name: str,
    mail: str,
    roles: frozenset[Role],
    seen: int,
    by: Actor,
    at: datetime,
) -> None:
    """Correct name and address, give other roles; with other roles the person has to sign in again.

    Raises `Changed`, `LastAdmin` and what `add_account` raises.
    """
    try:
        account = versions.get(session, Account, account_id, seen=seen, wanted={"name": name, "mail": mail})
    except Changed as changed:
        raise _with_roles(session, changed, account_id, seen=seen, wanted=roles, by=by) from None
    account.name = _checked_name(name)
    if mail_key(mail) != account.mail_key:
        account.mail, account.mail_key = _checked_mail(session, mail), mail_key(mail)
    if _give_roles(session, account_id, roles):
        account.version += 1
        _require_admin(session)
        end_all(session, account_id, at=at)


@act(Right.ACCOUNTS, final=True)
def close_account(session: Session, account_id: int, *, seen: int, by: Actor, at: datetime) -> None:
    """Let nobody in by this account any more, from this moment; raises `Changed`, `LastAdmin`, `OwnAccount`."""
    account = _not_ones_own(session, account_id, seen, by)
    account.active, account.link_until = False, None
    _require_admin(session)
    end_all(session, account_id, at=at)


@act(Right.ACCOUNTS, final=True)
def open_account(session: Session, account_id: int, *, seen: int, by: Actor, at: datetime) -> None:
    """Let the person in again, with the password and the roles of before; raises `Changed`."""
    versions.get(session, Account, account_id, seen=seen).active = True


@act(Right.ACCOUNTS, final=True)
def make_link(session: Session, account_id: int, *, seen: int, by: Actor, at: datetime) -> None:
    """Make the account wait for a new password: the old one, and older links, open nothing any more.

    Raises `Changed`, `OwnAccount`.
    """
    account = _not_ones_own(session, account_id, seen, by)
    account.password_hash, account.link_generation = None, account.link_generation + 1
    account.link_until = at + LINK
    end_all(session, account_id, at=at)


def _not_ones_own(session: Session, account_id: int, seen: int, by: Actor) -> Account:
    if account_id == by.account_id:
        raise OwnAccount
    return versions.get(session, Account, account_id, seen=seen)


def _give_roles(session: Session, account_id: int, roles: frozenset[Role]) -> bool:
    """Make these the account's roles; returns whether they were others before."""
    if not roles:
        raise NoRole
    before = held(session, account_id)
    for role in before.keys() - roles:
        session.delete(before[role])
    session.add_all(RoleHolding(account_id=account_id, role=role) for role in sorted(roles - before.keys()))
    return before.keys() != roles


def _with_roles(
    session: Session, changed: Changed, account_id: int, *, seen: int, wanted: frozenset[Role], by: Actor
) -> Changed:
    """The same refusal, with the roles where they differ."""
    then, now = held_at(session, account_id, seen), set(held(session, account_id))
    roles = [
        [say(f"accounts.role.{role}", Language(by.language)) for role in in_order(one)] for one in (then, now, wanted)
    ]
    more = (Difference("roles", *roles),) if then != now or set(wanted) != then else ()
    return Changed(who=str(changed.values["who"]), when=changed.when, differences=(*changed.differences, *more))


def _require_admin(session: Session) -> None:
    """Raise `LastAdmin` when nobody who can sign in could look after the others."""
    session.flush()
    able = (col(Account.active), col(Account.password_hash).is_not(None), RoleHolding.role == Role.ADMIN)
    left = select(Account.id).join(RoleHolding).where(*able)
    if session.exec(left.limit(1)).first() is None:
        raise LastAdmin


def _checked_name(name: str) -> str:
    if not name.strip():
        raise NameMissing
    return name.strip()


def _checked_mail(session: Session, mail: str) -> str:
    try:
        address = validate_email(mail.strip(), check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        raise MailNotValid(mail=mail) from None
    if session.exec(select(Account.id).where(Account.mail_key == mail_key(mail))).first() is not None:
        raise MailTaken(mail=mail)
    return address
