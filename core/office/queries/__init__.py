"""What the first page shows, whom staff write to, the copies of the store, and the record of what was done."""

from core.office.queries.closing import Closing, Kept, closing, closing_act, kept
from core.office.queries.letters import Addressee, Earlier, links_end, recipients, waiting
from core.office.queries.record import (
    AT_ONCE,
    OWN,
    PROGRAMME,
    Act,
    Opened,
    Wanted,
    acts,
    colleagues,
    number_of_acts,
    opened,
    own_acts,
    verified,
)
from core.office.queries.today import Today, copies, copies_safety, today

__all__ = [
    "AT_ONCE",
    "OWN",
    "PROGRAMME",
    "Act",
    "Addressee",
    "Closing",
    "Earlier",
    "Kept",
    "Opened",
    "Today",
    "Wanted",
    "acts",
    "closing",
    "closing_act",
    "colleagues",
    "copies",
    "copies_safety",
    "kept",
    "links_end",
    "number_of_acts",
    "opened",
    "own_acts",
    "recipients",
    "today",
    "verified",
    "waiting",
]
