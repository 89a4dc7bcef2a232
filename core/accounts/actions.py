"""Making accounts and giving roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from email_validator import EmailNotValidError, validate_email
from sqlmodel import Session, select

from core.accounts.guard import act
from core.accounts.models import Account, RoleHolding
from core.accounts.passwords import hashed
from core.accounts.rules import Actor, Right, Role, mail_key
from core.language.text import Language
from core.store.errors import NotAllowed, Refused

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


@act(Right.ACCOUNTS)
def add_account(
    session: Session,
    *,
    name: str,
    mail: str,
    password: str,
    roles: frozenset[Role],
    rounds: int,
    language: Language = Language.ITALIAN,
    by: Actor,
    at: datetime,
) -> int:
    """Make an account and return its number.

    Raises `MailNotValid`, `MailTaken`, `NameMissing`, `NoRole` and the password's refusals.
    """
    if not name.strip():
        raise NameMissing
    if not roles:
        raise NoRole
    account = Account(
        name=name.strip(),
        mail=_checked(session, mail),
        mail_key=mail_key(mail),
        password_hash=hashed(password, rounds=rounds),
        language=language,
    )
    session.add(account)
    session.flush()
    assert account.id is not None  # noqa: S101 - the database has just given it
    session.add_all(RoleHolding(account_id=account.id, role=role) for role in sorted(roles))
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


@act(Right.ENTER, final=True)
def choose_language(session: Session, *, language: Language, by: Actor, at: datetime) -> None:
    """Keep the language in which this person reads."""
    account = session.get(Account, by.account_id)
    if account is not None:
        account.language = language


def _checked(session: Session, mail: str) -> str:
    try:
        address = validate_email(mail.strip(), check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        raise MailNotValid(mail=mail) from None
    if session.exec(select(Account.id).where(Account.mail_key == mail_key(mail))).first() is not None:
        raise MailTaken(mail=mail)
    return address
