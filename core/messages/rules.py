"""On which occasions people are written to, and what a message can go through."""

from __future__ import annotations

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
