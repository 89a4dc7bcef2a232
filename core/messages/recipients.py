"""To whom a message goes, and how often one of its occasion may come."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.messages.rules import Occasion
from core.people.names import Named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.language.text import Language
    from core.messages.fields import Field

MAIL = re.compile(r"[^@\s<>\",;]+@[^@\s<>\",;]+\.[^@\s<>\",;.]+")
REMINDING = frozenset(
    {
        Occasion.CONFIRM,
        Occasion.TRAINING_DATE,
        Occasion.SPEED_DATE,
        Occasion.BALLOT,
        Occasion.FIRST_CONTACT,
        Occasion.SILENT_PAIR,
        Occasion.FREE,
    }
)
"""May come again on another day; all others come once."""


@dataclass(frozen=True, slots=True)
class Recipient(Named):
    """A person with what a text says about the matter, written in the person's language.

    `about` tells this message from others of the occasion (see `Message.about`); a field that is not known is left
    out; `calendar` holds dates as an iCalendar file.
    """

    person_id: int
    first_name: str
    last_name: str
    mail: str
    language: Language
    about: str
    fields: Mapping[Field, str]
    calendar: str | None = None

    @property
    def reachable(self) -> bool:
        """Whether the address can be one."""
        return MAIL.fullmatch(self.mail) is not None


def about(occasion: Occasion, matter: str, day: date) -> str:
    """What tells a message apart: the matter; for a reminder the day too, so that it comes at most once a day."""
    return f"{matter} {day.isoformat()}" if occasion in REMINDING else matter


def matter(occasion: Occasion, about: str) -> str:
    """The matter of a message, whatever its day."""
    return about.rpartition(" ")[0] if occasion in REMINDING else about
