"""On which occasions people are written to, and what a message can go through."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class Occasion(StrEnum):
    """What a message is about, in the order of the year."""

    SELECTED_MENTEE = "selected_mentee"
    SELECTED_MENTOR = "selected_mentor"
    WAITING = "waiting"
    NOT_SELECTED_MENTEE = "not_selected_mentee"
    NOT_SELECTED_MENTOR = "not_selected_mentor"
    CONFIRM = "confirm"
    """To whoever has not said yet whether the place is taken."""
    TRAINING_DATE = "training_date"
    """To mentees: one of these dates is to be chosen."""
    TRAINING_MENTOR = "training_mentor"
    SPEED_DATE = "speed_date"
    BALLOT = "ballot"
    PAIRED_MENTEE = "paired_mentee"
    PAIRED_MENTOR = "paired_mentor"
    FIRST_CONTACT = "first_contact"
    """To pairs that have not met yet."""
    SILENT_PAIR = "silent_pair"
    """To pairs of which nothing was heard for long."""
    MIDWAY = "midway"
    CERTIFICATE = "certificate"
    THANKS = "thanks"
    REAPPLY = "reapply"
    FREE = "free"
    """What staff have to say besides."""


class MessageState(StrEnum):
    """How far a message has come."""

    DRAFT = "draft"
    APPROVED = "approved"
    """Read by a person, who lets it go; nobody has begun to send it."""
    QUEUED = "queued"
    """To be sent by mail as soon as its turn comes."""
    SENDING = "sending"
    """Being handed to the mail server at this moment."""
    SENT = "sent"
    FAILED = "failed"
    """The mail server has refused it for good."""
    UNSURE = "unsure"
    """The programme ended while the mail server had it: a person looks whether it went out."""
    RETURNED = "returned"
    """Sent, and come back undelivered."""


class Channel(StrEnum):
    """By which way a message leaves the house."""

    MAIL = "mail"
    """By the programme itself, through the mail server."""
    MERGE = "merge"
    """By a mail merge in Outlook, from a table."""
    FILES = "files"
    """As files that a mail program opens and sends."""


OUTSIDE = (Channel.MERGE, Channel.FILES)
"""The ways on which staff send and the programme is told."""
NEXT: dict[MessageState, frozenset[MessageState]] = {
    MessageState.DRAFT: frozenset({MessageState.APPROVED}),
    MessageState.APPROVED: frozenset({MessageState.DRAFT, MessageState.QUEUED, MessageState.SENT}),
    MessageState.QUEUED: frozenset({MessageState.APPROVED, MessageState.SENDING, MessageState.UNSURE}),
    MessageState.SENDING: frozenset({MessageState.SENT, MessageState.FAILED, MessageState.QUEUED, MessageState.UNSURE}),
    MessageState.SENT: frozenset({MessageState.RETURNED}),
    MessageState.FAILED: frozenset({MessageState.SENT, MessageState.QUEUED}),
    MessageState.UNSURE: frozenset({MessageState.SENT, MessageState.QUEUED}),
    MessageState.RETURNED: frozenset({MessageState.QUEUED}),
}
"""What may follow what. The programme itself never leads from `SENDING`, once the mail server may have taken the
message, or from `UNSURE`, to `QUEUED`: so nobody is written to twice without a person having decided it."""
DISCARDABLE = frozenset({MessageState.DRAFT, MessageState.APPROVED})
"""What can be thrown away: nobody outside has seen it."""


class Part(StrEnum):
    """The parts of the outbox, in the order in which a message goes through them."""

    TO_READ = "to_read"
    APPROVED = "approved"
    ON_THE_WAY = "on_the_way"
    SENT = "sent"
    TROUBLE = "trouble"


PARTS: dict[Part, frozenset[MessageState]] = {
    Part.TO_READ: frozenset({MessageState.DRAFT}),
    Part.APPROVED: frozenset({MessageState.APPROVED}),
    Part.ON_THE_WAY: frozenset({MessageState.QUEUED, MessageState.SENDING}),
    Part.SENT: frozenset({MessageState.SENT}),
    Part.TROUBLE: frozenset({MessageState.FAILED, MessageState.UNSURE, MessageState.RETURNED}),
}
READ_AT_ONCE = 20
"""So many full texts a person reads and approves in one go, and no more."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 60))
"""How long a message waits after each try that the mail server put off; after one more it has failed."""


def pause_after(tries: int) -> timedelta | None:
    """How long to wait after so many tries (1 or more) that were put off; None when it has been tried enough."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None
