"""Endings that nobody asks for by a click: of everything at once after a restore, and of what is long past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.accounts.guard import act
from core.accounts.models import Account, SignIn, Ticket
from core.accounts.rules import ABSOLUTE, KEEP_SIGN_INS, KEEP_TICKETS, Actor, Right

if TYPE_CHECKING:
    from datetime import datetime


@act(Right.BACKUPS, final=True)
def end_everything(session: Session, *, by: Actor, at: datetime) -> None:  # noqa: ARG001 - `by` is what the guard asks
    """End every session, ticket and open link of a store that was put back.

    What has ended in the days that are lost must not be alive again.
    """
    for sign_in in session.exec(select(SignIn).where(col(SignIn.ended_at).is_(None))):
        sign_in.ended_at = at
    for ticket in session.exec(select(Ticket).where(col(Ticket.used_at).is_(None))):
        ticket.used_at = at
    for account in session.exec(select(Account)):
        account.link_until = None
        # Beyond all links of the days that are lost: the next one must not be equal to one of them.
        account.link_generation = max(account.link_generation + 1, int(at.timestamp()))


def is_anything_worn_out(session: Session, *, at: datetime) -> bool:
    """Whether there is something to clear out."""
    return bool(_worn_out(session, at))


def clear_out(session: Session, *, at: datetime) -> None:
    """Delete tickets and sessions that are long past."""
    for row in _worn_out(session, at):
        session.delete(row)


def _worn_out(session: Session, at: datetime) -> list[Ticket | SignIn]:
    tickets = session.exec(select(Ticket).where(Ticket.made_at < at - KEEP_TICKETS)).all()
    ended = at - ABSOLUTE - KEEP_SIGN_INS  # nothing outlives ABSOLUTE, however it ended
    return [*tickets, *session.exec(select(SignIn).where(SignIn.begun_at < ended))]
