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
from core.messages.queries.templates import Kept, changed_texts, texts

__all__ = [
    "Kept",
    "Line",
    "PersonsMessage",
    "Shown",
    "Tally",
    "adrift",
    "changed_texts",
    "due",
    "found",
    "in_full",
    "lead_nowhere",
    "letters",
    "lines",
    "of_person",
    "sent_since",
    "tally",
    "texts",
]
