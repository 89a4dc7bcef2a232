"""Refusals: what the rules do not allow, said once in the user's language, nothing written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Told:
    """A text by its key, as a value inside a sentence: it is said in the language of the sentence."""

    key: str
    values: dict[str, Any] = field(default_factory=dict[str, Any])


class Refused(Exception):
    """An act that the rules do not allow.

    The sentence stands in the words of the phase that defines the class, under `refused.<ClassName>`;
    the values given here fill its placeholders.
    """

    def __init__(self, **values: object) -> None:
        super().__init__(type(self).__name__)
        self.values = values

    @property
    def key(self) -> str:
        """The key of the sentence, e.g. `store.refused.NestedWriting`."""
        cls = type(self)
        return f"{cls.__module__.split('.')[1]}.refused.{cls.__name__}"


class NotFound(Refused):
    """The thing asked for does not exist, or no longer."""


class NotAllowed(Refused):
    """The person's roles do not include this."""


class SignedOut(NotAllowed):
    """The person's session has ended in between."""


class StoreTooNew(Refused):
    """The store was written by a newer version of the programme."""


class StoreInUse(Refused):
    """Another process works on the same store."""


class UnsafePlace(Refused):
    """The store lies in a synchronised or network folder, where SQLite loses data."""


class NoSpace(Refused):
    """The disk takes nothing more: it is full, over its quota, or does not answer."""


class StoreBusy(Refused):
    """Another programme has held the store for longer than an act waits."""


class StoreClosing(Refused):
    """The programme is being ended: what is at work is finished, nothing new is begun."""


class Difference(NamedTuple):
    """One field that has moved on since a form was drawn, or that the person wanted to change."""

    field: str
    then: object
    now: object
    yours: object = None


class Changed(Refused):
    """Somebody else saved the same thing in between; carries what differs."""

    def __init__(self, *, who: str, when: datetime, differences: tuple[Difference, ...]) -> None:
        super().__init__(who=who, when=when)
        self.when = when
        self.differences = differences
