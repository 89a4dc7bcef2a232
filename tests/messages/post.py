"""A mail server that plays a story: what becomes of each letter handed over, and which ones it has kept."""

from __future__ import annotations

from collections import Counter
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from core.messages.sender import Sender
from core.messages.smtp import Delivered, Later, Outcome, Rejected, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.messages.outgoing import Letter


class Ended(BaseException):
    """The programme was killed."""


class Fate(Enum):
    """What becomes of a letter."""

    TAKEN = auto()
    REJECTED = auto()
    PUT_OFF = auto()
    NO_CONNECTION = auto()
    BROKEN_BEFORE = auto()
    """The connection broke, and the server has not kept the letter."""
    BROKEN_AFTER = auto()
    """The connection broke when the server had kept it."""
    KILLED_BEFORE = auto()
    """The programme ended before the server had kept it."""
    KILLED_AFTER = auto()
    """The programme ended after the server had kept it, before anything was written down."""


ANSWERS: dict[Fate, Outcome] = {
    Fate.TAKEN: Delivered(),
    Fate.REJECTED: Rejected(550, "550 5.1.1 nessuno con questo nome"),
    Fate.PUT_OFF: Later("451 4.3.0 più tardi"),
    Fate.NO_CONNECTION: Later("TimeoutError: timed out", whole=True),
    Fate.BROKEN_BEFORE: Unknown("connection lost"),
    Fate.BROKEN_AFTER: Unknown("connection lost"),
}
KEPT = {Fate.TAKEN, Fate.BROKEN_AFTER, Fate.KILLED_AFTER}


class Story:
    """The fates in the order of the letters handed over; when they are told, every letter is taken."""

    def __init__(self, fates: Iterable[Fate] = ()) -> None:
        self._fates = list(fates)
        self.kept: Counter[str] = Counter()
        self.handed: list[str] = []
        self.moments: list[datetime] = []

    def __call__(self, _settings: object) -> Story:
        """A connection."""
        return self

    def hand_over(self, letter: Letter, *, at: datetime) -> Outcome:
        fate = self._fates.pop(0) if self._fates else Fate.TAKEN
        self.handed.append(letter.mail)
        self.moments.append(at)
        self.kept[letter.mail] += fate in KEPT
        if fate not in ANSWERS:
            raise Ended
        return ANSWERS[fate]

    def close(self) -> None:
        """Nothing to let go of."""


def a_sender(*fates: Fate) -> tuple[Sender, Story]:
    """A sender and the mail server that it hands to."""
    story = Story(fates)
    return Sender(story), story


def mailing(**settings: Any) -> dict[str, Any]:
    """The settings of an installation that sends mail."""
    return {"smtp_host": "smtp.unimi.example", "mail_from": "mentoring@unimi.example", **settings}
