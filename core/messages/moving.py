"""Taking messages from one state to the next, as `rules.NEXT` allows it; what has moved on meanwhile is refused.

Not guarded: each act asks its own right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.messages.models import Message, MessageText
from core.messages.rules import NEXT, MessageState
from core.store.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Collection


class NothingChosen(Refused):
    """No message is chosen."""


class StateMovedOn(Refused):
    """Some of the messages are no longer in the state in which they were shown."""


def held(
    session: Session, messages: Collection[int], *, states: Collection[MessageState], edition_id: int | None = None
) -> list[Message]:
    """The messages, all of them in one of these states; raises `NothingChosen`, `StateMovedOn`."""
    if not messages:
        raise NothingChosen
    asked = select(Message).where(col(Message.id).in_(messages)).order_by(col(Message.id))
    found = [
        one
        for one in session.exec(asked)
        if one.state in states and (edition_id is None or one.edition_id == edition_id)
    ]
    if missing := len(set(messages)) - len(found):
        raise StateMovedOn(n=missing)
    return found


def lead(message: Message, state: MessageState) -> None:
    """Put the message into its next state; raises `StateMovedOn` where that does not follow."""
    if state not in NEXT[message.state]:
        raise StateMovedOn(n=1)
    message.state = state


def texts(session: Session, messages: Collection[Message]) -> dict[int, MessageText]:
    """What each of the messages says, by the message's number."""
    numbers = [one.id for one in messages]
    found = session.exec(select(MessageText).where(col(MessageText.message_id).in_(numbers)))
    return {one.message_id: one for one in found}
