"""Who has chosen which of the training dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.accounts.guard import query
from core.accounts.rules import Actor, Right
from core.edition.queries import settings
from core.people.names import Named
from core.people.rules import Side
from core.selection.participants import participants
from core.training.choices import chosen
from core.training.rules import Session, Settings, has_choice

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session as Store


@dataclass(frozen=True, slots=True)
class Dated:
    """One of the dates to choose from, how many have it, and how many places are left (None: any number)."""

    session: Session
    taken: int

    @property
    def left(self) -> int | None:
        """Places that nobody has; never below 0, though staff may go beyond them."""
        return max(0, self.session.places - self.taken) if self.session.places else None


@dataclass(frozen=True, slots=True)
class Chooser(Named):
    """A mentee with the number of the date chosen, and of the one wanted instead."""

    application_id: int
    person_id: int
    first_name: str
    last_name: str
    mail: str
    session: int | None
    wants: int | None
    answered_at: datetime | None
    by_staff: bool
    version: int
    """Of the choice; 0 where there is none yet."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """The dates among which mentees choose, and the mentees by surname; no dates where there is nothing to choose."""

    dates: tuple[Dated, ...]
    people: list[Chooser]


@query(Right.TRAINING)
def choosing(session: Store, edition_id: int, *, by: Actor) -> Choosing:
    """Who has chosen which date, and who has not said yet."""
    sessions = settings(session, edition_id, Settings, by=by).of(Side.MENTEE)
    held = chosen(session, edition_id)
    people: list[Chooser] = []
    for one in participants(session, edition_id, Side.MENTEE):
        row = held.get(one.application_id)
        who = (one.application_id, one.person_id, one.first_name, one.last_name, one.mail)
        if row is None:
            people.append(Chooser(*who, None, None, None, by_staff=False, version=0))
        else:
            said = (row.session, row.wants, row.answered_at)
            people.append(Chooser(*who, *said, by_staff=row.account_id is not None, version=row.version))
    offered = sessions if has_choice(Side.MENTEE, sessions) else ()
    return Choosing(dated(offered, [row.session for row in held.values()]), people)


def dated(sessions: tuple[Session, ...], numbers: list[int]) -> tuple[Dated, ...]:
    """Each session with how many of `numbers`, the chosen ones, are its own."""
    return tuple(Dated(one, numbers.count(one.number)) for one in sessions)
