"""What is asked of people, as one kind of list: who has said what, when, and through whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from core.people.rules import Side
from pages.shared.words import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from core.messages.rules import Occasion
    from core.selection.queries import RankedApplicant


class Matter(StrEnum):
    """What people are asked."""

    PLACES = "places"
    DATES = "dates"
    EVENT = "event"
    CONTACTS = "contacts"


class Show(StrEnum):
    """Which of the people are shown."""

    EVERY = "every"
    SILENT = "silent"
    YES = "yes"
    NO = "no"
    WANTS = "wants"
    """Would like another date than the one that they have."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody has said: `said` is one of the matter's options (None: nothing), `told` says it in words."""

    application_id: int
    person_id: int
    listed: str
    spoken: str
    mail: str
    said: Any
    told: str
    shows: frozenset[Show]
    answered_at: datetime | None
    by_staff: bool
    version: int
    side: Side

    @property
    def silent(self) -> bool:
        """Whether nothing was said yet."""
        return Show.SILENT in self.shows


@dataclass(frozen=True, slots=True)
class Asked:
    """A matter: the people, the counts in a line, what can be said, and the letter to those who have not.

    `free` and `next` are of the places: how many nobody holds, and who stands first on the waiting list.
    """

    people: Sequence[Answer]
    lead: str
    options: Mapping[Any, str]
    occasion: Occasion
    free: int = 0
    next: RankedApplicant | None = None


def answer(one: Any, said: object, told: str, shows: frozenset[Show]) -> Answer:  # noqa: ANN401 - a place, a choice, an invitation
    """One line of the list, from whatever the matter's own query gives."""
    return Answer(
        one.application_id,
        one.person_id,
        one.listed,
        one.spoken,
        one.mail,
        said,
        told or plain("messages.answers.nothing"),
        shows,
        one.answered_at,
        one.by_staff,
        one.version,
        getattr(one, "side", Side.MENTEE),
    )


def shows(said: object, *, yes: bool, wants: bool = False) -> frozenset[Show]:
    """Under which choices somebody is found."""
    if said is None:
        return frozenset({Show.EVERY, Show.SILENT})
    return frozenset({Show.EVERY, Show.YES if yes else Show.NO, *([Show.WANTS] if wants else [])})
