"""What the light pages are made of: a card for each matter on the first page, and questions with their answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from core.store.clock import ROME

LAST = date.max


class State(StrEnum):
    """How a matter stands, in the order in which people look at it."""

    TODO = "todo"
    WAITING = "waiting"
    INFO = "info"
    DONE = "done"

    @property
    def sign(self) -> str:
        """Told apart without colours."""
        return {State.TODO: "!", State.WAITING: "…", State.INFO: "i", State.DONE: "✓"}[self]


@dataclass(frozen=True, slots=True)
class Card:
    """One matter on the first page; `below` is where it leads, under the link's own address."""

    matter: str
    state: State
    title: str
    told: tuple[str, ...]
    below: str = ""
    link: str = ""
    due: date | datetime | None = None

    @property
    def rank(self) -> tuple[int, date]:
        """What is to be done first stands first."""
        due = self.due.astimezone(ROME).date() if isinstance(self.due, datetime) else self.due
        return list(State).index(self.state), due or LAST


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: a button that posts `fields`, or a link to `href`; one that cannot be given is shown as text."""

    label: str
    fields: dict[str, str] = field(default_factory=dict)
    href: str = ""
    note: str = ""
    strong: bool = False
    current: bool = False
    open: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a page: how it stands, and the answers."""

    title: str
    told: tuple[str, ...]
    answers: tuple[Answer, ...] = ()
    quoted: str = ""
    """A text that somebody agreed to, word for word."""
