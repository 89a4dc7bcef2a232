"""What can be done with messages."""

from core.messages.actions.outbox import (
    MailNotSetUp,
    NotAsShown,
    NothingOnTheWay,
    NothingSaid,
    NothingWritten,
    TooManyAtOnce,
    Wording,
    approve,
    back_to_draft,
    discard,
    edit_draft,
    mark_returned,
    mark_sent,
    queue,
    settle,
    stop,
)
from core.messages.actions.sending import delivered, leave_open, postponed, refused, take_up
from core.messages.moving import NothingChosen, StateMovedOn

__all__ = [
    "MailNotSetUp",
    "NotAsShown",
    "NothingChosen",
    "NothingOnTheWay",
    "NothingSaid",
    "NothingWritten",
    "StateMovedOn",
    "TooManyAtOnce",
    "Wording",
    "approve",
    "back_to_draft",
    "delivered",
    "discard",
    "edit_draft",
    "leave_open",
    "mark_returned",
    "mark_sent",
    "postponed",
    "queue",
    "refused",
    "settle",
    "stop",
    "take_up",
]
