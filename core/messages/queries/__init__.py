"""What the pages of the messages show, and what the sender asks."""

from core.messages.queries.outbox import (
    Line,
    PersonsMessage,
    Shown,
    Tally,
    found,
    in_full,
    lead_nowhere,
    letters,
    lines,
    of_person,
    tally,
)
from core.messages.queries.sending import adrift, due, sent_since

__all__ = [
    "Line",
    "PersonsMessage",
    "Shown",
    "Tally",
    "adrift",
    "due",
    "found",
    "in_full",
    "lead_nowhere",
    "letters",
    "lines",
    "of_person",
    "sent_since",
    "tally",
]
