"""Coming in and going out: tickets, sessions, and who stands behind a cookie.

A right password gives one ticket: 60 seconds, once, for the browser that asked. The browser turns it into
a cookie; the store keeps only SHA-256 of tickets and cookies. A session ends by sign-out, after 3 idle
hours or after 12 hours, and is looked up again at every request.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.accounts.models import Account, RoleHolding, SignIn, Ticket
from core.accounts.rules import ABSOLUTE, IDLE, TICKET, Actor, ActorKind, Role, mail_key
from core.store.errors import NotAllowed

if TYPE_CHECKING:
    from datetime import datetime

TOUCH = timedelta(minutes=5)
"""How old the note of a session's last use may be before it is written anew."""
LONGEST_AGENT = 300
INSIDE = (
    sa.select(
        col(SignIn.id),
        col(SignIn.account_id),
        col(SignIn.ended_at),
        col(SignIn.seen_at),
        col(SignIn.begun_at),
        col(Account.name),
        col(Account.language),
        col(RoleHolding.role),
    )
    .join(Account, col(SignIn.account_id) == Account.id)
    .outerjoin(RoleHolding, col(RoleHolding.account_id) == Account.id)
    .where(col(Account.active))
)
BY_COOKIE = INSIDE.where(col(SignIn.cookie_hash) == sa.bindparam("which"))
BY_NUMBER = INSIDE.where(col(SignIn.id) == sa.bindparam("which"))
"""A session with the person and each role; put together once, since it is asked at every message of every tab."""


def is_empty(session: Session) -> bool:
    """Whether nobody has an account yet, so that the first-run page is open."""
    return session.exec(select(Account.id).limit(1)).first() is None


def first_run_token(secret: bytes) -> str:
    """The token in the link of the first start; it opens the first-run page while the store is empty."""
    return hmac.new(secret, b"first-run", hashlib.sha256).hexdigest()[:32]


def opens_first_run(session: Session, token: str, secret: bytes) -> bool:
    """Whether this token opens the first-run page now."""
    return is_empty(session) and hmac.compare_digest(token.encode(), first_run_token(secret).encode())


def credentials(session: Session) -> dict[str, dict[str, str]]:
    """The active accounts as the sign-in form wants them: mail -> name and password hash."""
    accounts = session.exec(select(Account).where(col(Account.active))).all()
    return {
        a.mail_key: {"name": a.name, "email": a.mail, "password": a.password_hash} for a in accounts if a.password_hash
    }


def was_here(session: Session, *, mail: str, address: str) -> bool:
    """Whether the account was signed in from this address lately (as long as sessions are kept)."""
    found = select(SignIn.id).join(Account).where(Account.mail_key == mail_key(mail), SignIn.address == address)
    return session.exec(found.limit(1)).first() is not None


def mint_ticket(session: Session, *, mail: str, browser: str, at: datetime, compared: str | None = None) -> str:
    """A ticket for the account behind `mail`, bound to the browser's pre-session cookie.

    `compared` is the hash that the password was compared with: raises `NotAllowed` when the account has another one
    by now, or is closed.
    """
    account = session.exec(select(Account).where(Account.mail_key == mail_key(mail), col(Account.active))).first()
    if account is None or (compared is not None and account.password_hash != compared):
        raise NotAllowed
    ticket = secrets.token_urlsafe(32)
    session.add(Ticket(account_id=account.id or 0, ticket_hash=_hash(ticket), browser_hash=_hash(browser), made_at=at))
    return ticket


def enter(
    session: Session, *, ticket: str, browser: str, agent: str = "", address: str = "", at: datetime
) -> str | None:
    """The cookie of a new session, or None when the ticket is unknown, used, old or another browser's.

    `agent` is what the browser says it is, `address` where it came from: for the person to recognise it by.
    """
    found = session.exec(select(Ticket).where(Ticket.ticket_hash == _hash(ticket))).first()
    if (
        found is None
        or found.used_at is not None
        or at - found.made_at > TICKET
        or not browser
        or found.browser_hash != _hash(browser)
    ):
        return None
    found.used_at = at
    cookie = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            account_id=found.account_id,
            cookie_hash=_hash(cookie),
            begun_at=at,
            seen_at=at,
            browser=agent[:LONGEST_AGENT],
            address=address[:LONGEST_AGENT],
        )
    )
    return cookie


def leave(session: Session, *, cookie: str, at: datetime) -> None:
    """End the session behind this cookie."""
    found = session.exec(select(SignIn).where(SignIn.cookie_hash == _hash(cookie))).first()
    if found is not None and found.ended_at is None:
        found.ended_at = at


def end_all(session: Session, account_id: int, *, at: datetime) -> None:
    """End all sessions of an account, and tickets on the way to one, as the consequence of an act."""
    for ticket in session.exec(select(Ticket).where(Ticket.account_id == account_id, col(Ticket.used_at).is_(None))):
        ticket.used_at = at
    for one in session.exec(select(SignIn).where(SignIn.account_id == account_id, col(SignIn.ended_at).is_(None))):
        one.ended_at = at


def actor_behind(session: Session, *, cookie: str, at: datetime) -> Actor | None:
    """Who is signed in by this cookie, with the roles of this moment; None when the session has ended."""
    return _actor(session, BY_COOKIE, _hash(cookie), at)


def actor_of(session: Session, *, session_id: int, at: datetime) -> Actor | None:
    """The same by the session's number."""
    actor = _actor(session, BY_NUMBER, session_id, at)
    _asked(session)[session_id] = actor is not None
    return actor


def is_inside(session: Session, actor: Actor, at: datetime) -> bool:
    """Whether this member of staff is still signed in, asked once in a transaction."""
    asked = _asked(session)
    if actor.session_id not in asked:
        asked[actor.session_id] = _actor(session, BY_NUMBER, actor.session_id, at) is not None
    return asked[actor.session_id]


def _asked(session: Session) -> dict[int | None, bool]:
    """Whether each session goes on, as far as it was asked in this transaction."""
    return session.info.setdefault("inside", {})


def _actor(session: Session, statement: sa.Executable, which: object, at: datetime) -> Actor | None:
    rows = session.connection().execute(statement, {"which": which}).all()
    if not rows or not goes_on(rows[0].ended_at, rows[0].seen_at, rows[0].begun_at, at):
        return None
    first = rows[0]
    return Actor(
        ActorKind.STAFF,
        first.name,
        account_id=first.account_id,
        session_id=first.id,
        roles=frozenset(Role(row.role) for row in rows if row.role),
        language=first.language,
    )


def touch(session: Session, *, session_id: int, at: datetime) -> None:
    """Note that the session is in use."""
    found = session.get(SignIn, session_id)
    if found is not None:
        found.seen_at = at


def goes_on(ended_at: datetime | None, seen_at: datetime, begun_at: datetime, at: datetime) -> bool:
    """Whether a session goes on: not ended, neither idle nor old for too long."""
    return ended_at is None and at - seen_at <= IDLE and at - begun_at <= ABSOLUTE


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
