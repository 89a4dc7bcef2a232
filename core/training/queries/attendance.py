"""Who was at which training session, and who still misses what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.accounts.guard import query
from core.accounts.rules import Actor, Right
from core.edition.queries import settings
from core.people.names import Named, search_key
from core.selection.participants import participants
from core.training.attended import attended
from core.training.rules import Session, Settings, missing

if TYPE_CHECKING:
    from sqlmodel import Session as Store

    from core.people.rules import Side


@dataclass(frozen=True, slots=True)
class Attender(Named):
    """A participant with the numbers of the sessions attended, and the sessions still to attend (see `missing`)."""

    application_id: int
    first_name: str
    last_name: str
    mail: str
    attended: frozenset[int]
    missing: tuple[Session, ...]

    @property
    def completed(self) -> bool:
        """Whether nothing of the training is left."""
        return not self.missing

    def answers_to(self, text: str) -> bool:
        """Whether the text is part of the name, in either order; accents and case do not matter."""
        return not text or search_key(text) in search_key(f"{self.listed} {self.last_name}")


@dataclass(frozen=True, slots=True)
class Roll:
    """The sessions of one side, and its participants by surname."""

    sessions: tuple[Session, ...]
    people: list[Attender]


@query(Right.TRAINING)
def attendance(session: Store, edition_id: int, *, side: Side, by: Actor) -> Roll:
    """Who of one side was where; sessions that are no longer held are not told."""
    sessions = settings(session, edition_id, Settings, by=by).of(side)
    numbers = {one.number for one in sessions}
    there = attended(session, edition_id)
    people: list[Attender] = []
    for one in participants(session, edition_id, side):
        was_at = there.get(one.application_id, frozenset()) & numbers
        left = missing(side, sessions, was_at)
        people.append(Attender(one.application_id, one.first_name, one.last_name, one.mail, was_at, left))
    return Roll(sessions, people)
