"""What the sender asks: what waits to be sent, what was left half-way, and how many have just gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.accounts.guard import query
from core.accounts.rules import Actor, Right
from core.edition.models import Passed
from core.edition.rules import Milestone
from core.messages.models import Message
from core.messages.rules import Channel, MessageState

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

CLOSED = sa.select(col(Passed.edition_id)).where(col(Passed.milestone) == Milestone.CLOSED)
"""Editions in which nothing is changed any more: their messages stay as they are."""


@query(Right.SEND)
def due(session: Session, *, at: datetime, most: int, by: Actor) -> list[int]:
    """The messages whose turn it is now, the first that were prepared first, `most` of them at most."""
    may_go = sa.or_(col(Message.try_after).is_(None), col(Message.try_after) <= at)
    return _numbers(session, {MessageState.QUEUED}, may_go)[:most]


@query(Right.SEND)
def adrift(session: Session, *, states: Collection[MessageState] = (MessageState.SENDING,), by: Actor) -> list[int]:
    """The messages in these states, whoever has left them there."""
    return _numbers(session, states)


@query(Right.SEND)
def sent_since(session: Session, *, since: datetime, by: Actor) -> int:
    """How many the mail server has taken after this moment."""
    sent = select(sa.func.count()).where(col(Message.sent_at) > since, col(Message.channel) == Channel.MAIL)
    return session.exec(sent).one()


def _numbers(session: Session, states: Collection[MessageState], *more: sa.ColumnElement[bool]) -> list[int]:
    asked = (
        select(col(Message.id))
        .where(col(Message.state).in_(states), col(Message.edition_id).not_in(CLOSED), *more)
        .order_by(col(Message.id))
    )
    return [number for number in session.exec(asked) if number is not None]
