"""What can be done about the training: set its sessions, choose one's date, and write down who was there."""

from core.training.actions.attendance import (
    AttendedAhead,
    AttendedDropped,
    NotTakingPart,
    SessionAhead,
    SessionUnknown,
    TicksNotValid,
    set_sessions,
    tick,
)
from core.training.actions.choosing import choose_date, place_on_date

__all__ = [
    "AttendedAhead",
    "AttendedDropped",
    "NotTakingPart",
    "SessionAhead",
    "SessionUnknown",
    "TicksNotValid",
    "choose_date",
    "place_on_date",
    "set_sessions",
    "tick",
]
