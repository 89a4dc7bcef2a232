"""What the programme itself writes down while it sends: before the mail server hears of a message, and after.

A message is taken up, in a transaction that is kept, before a byte of it leaves. Where the programme ends between
that and what it writes down afterwards, the message stays `SENDING`; whoever finds it so leaves it open for a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.accounts.guard import act
from core.accounts.rules import Actor, Right
from core.messages.moving import held, lead, texts
from core.messages.outgoing import Letter, addresses, letter, make_links, purposes
from core.messages.rules import Channel, MessageState, pause_after

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlmodel import Session

    from core.messages.models import Message
    from core.store.config import Config

GIVEN = (MessageState.QUEUED, MessageState.SENDING)


@act(Right.SEND, final=True)
def take_up(session: Session, *, message: int, settings: Config, by: Actor, at: datetime) -> Letter:
    """The letter to hand over now, one try more; raises `StateMovedOn` when it no longer waits, or not yet again."""
    (one,) = held(session, [message], states={MessageState.QUEUED})
    text = texts(session, [one])[message]
    if settings.public_url and purposes(text.body):
        make_links(session, one, text.body, settings)
    lead(one, MessageState.SENDING)
    one.tries += 1
    one.try_after = one.trouble = None
    return letter(one, text, addresses(session, [one.person_id], settings), settings)


@act(Right.SEND, final=True)
def delivered(session: Session, *, message: int, by: Actor, at: datetime) -> None:
    """The mail server has taken it."""
    one = _under_way(session, message)
    lead(one, MessageState.SENT)
    one.channel, one.sent_at, one.sent_by = Channel.MAIL, at, None


@act(Right.SEND, final=True)
def refused(session: Session, *, message: int, said: str, by: Actor, at: datetime) -> None:
    """It can never be sent; `said` is the mail server's own sentence, or the key of the programme's."""
    one = _under_way(session, message)
    lead(one, MessageState.FAILED)
    one.trouble = said


@act(Right.SEND, final=True)
def postponed(session: Session, *, message: int, said: str, by: Actor, at: datetime) -> datetime | None:
    """It was put off: it waits longer after each try. The moment of the next one, None when there were enough."""
    one = _under_way(session, message)
    pause = pause_after(one.tries)
    lead(one, MessageState.FAILED if pause is None else MessageState.QUEUED)
    one.trouble, one.try_after = said, None if pause is None else at + pause
    return one.try_after


@act(Right.SEND, final=True)
def leave_open(session: Session, *, messages: Collection[int], said: str, by: Actor, at: datetime) -> None:
    """Nobody knows whether these went out: a person looks. `said` as for `refused`."""
    for one in held(session, messages, states=GIVEN):
        lead(one, MessageState.UNSURE)
        one.trouble, one.try_after = said, None


def _under_way(session: Session, message: int) -> Message:
    return held(session, [message], states={MessageState.SENDING})[0]
