"""What can be done with messages: texts are kept, drafts prepared, read, and let go."""

from core.messages.actions.outbox import (
    MailNotSetUp,
    NotAsShown,
    NothingOnTheWay,
    NothingSaid,
    NothingWritten,
    TooManyAtOnce,
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
from core.messages.actions.preparing import NobodyToWrite, Prepared, prepare
from core.messages.actions.sending import delivered, leave_open, postponed, refused, take_up
from core.messages.actions.templates import reset_text, save_text
from core.messages.moving import NothingChosen, StateMovedOn

__all__ = [
    "MailNotSetUp",
    "NobodyToWrite",
    "NotAsShown",
    "NothingChosen",
    "NothingOnTheWay",
    "NothingSaid",
    "NothingWritten",
    "Prepared",
    "StateMovedOn",
    "TooManyAtOnce",
    "approve",
    "back_to_draft",
    "delivered",
    "discard",
    "edit_draft",
    "leave_open",
    "mark_returned",
    "mark_sent",
    "postponed",
    "prepare",
    "queue",
    "refused",
    "reset_text",
    "save_text",
    "settle",
    "stop",
    "take_up",
]
