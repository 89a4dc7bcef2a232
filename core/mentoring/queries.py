"""How the pairs of an edition stand, and the meetings of one of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.accounts.guard import query
from core.accounts.rules import Actor, Right
from core.edition.queries import settings
from core.matching.models import Pair, Publication
from core.matching.paired import Paired, paired
from core.mentoring.models import Meeting
from core.mentoring.reach import Outlook, outlook
from core.mentoring.rules import Settings, Way
from core.store.remembered import remembered

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

MET = (
    sa.select(col(Meeting.pair_id), col(Meeting.held_on), col(Meeting.minutes), col(Meeting.way))
    .join(Pair, col(Pair.id) == Meeting.pair_id)
    .join(Publication, col(Publication.id) == Pair.publication_id)
    .where(col(Publication.edition_id) == sa.bindparam("edition"))
    .order_by(col(Meeting.held_on))
)
"""Put together once, which costs more than asking it."""


class Held(NamedTuple):
    """The bare facts of a meeting."""

    on: date
    minutes: int
    way: Way


@dataclass(frozen=True, slots=True)
class Followed:
    """A pair, its meetings in their order, and how it stands."""

    pair: Paired
    meetings: tuple[Held, ...]
    outlook: Outlook

    @property
    def last(self) -> date | None:
        """The day of the last meeting."""
        return self.meetings[-1].on if self.meetings else None

    @property
    def hours(self) -> float:
        """How long the two have met."""
        return sum(one.minutes for one in self.meetings) / 60


@dataclass(frozen=True, slots=True)
class Logged:
    """A meeting as it was reported; `version` goes back when it is corrected."""

    id: int
    held_on: date
    minutes: int
    way: Way
    place: str
    note: str
    version: int


@query(Right.MEETINGS)
def followed(session: Session, edition_id: int, *, today: date, by: Actor) -> list[Followed]:
    """All published pairs by the mentee's surname, each with how it stands on this day."""
    rules = settings(session, edition_id, Settings, by=by)
    return list(_followed(session, edition_id, rules, today))


@query(Right.MEETINGS)
def meetings(session: Session, edition_id: int, pair_id: int, *, by: Actor) -> list[Logged]:
    """The meetings of a pair of this edition, the first one first; none for a pair of another edition."""
    rows = session.exec(
        select(Meeting)
        .join(Pair)
        .join(Publication)
        .where(Meeting.pair_id == pair_id, Publication.edition_id == edition_id)
        .order_by(col(Meeting.held_on))
    )
    return [
        Logged(row.id or 0, row.held_on, row.minutes, row.way, row.place or "", row.note or "", row.version)
        for row in rows
    ]


@remembered
def _followed(session: Session, edition_id: int, rules: Settings, today: date) -> tuple[Followed, ...]:
    held = _held(session, edition_id)
    return tuple(
        Followed(
            pair=one,
            meetings=(met := tuple(held[one.id])),
            outlook=outlook(rules, [meeting.on for meeting in met], since=one.since, today=today, ended=one.ended),
        )
        for one in paired(session, edition_id)
    )


def _held(session: Session, edition_id: int) -> Mapping[int, list[Held]]:
    rows = session.connection().execute(MET, {"edition": edition_id})
    found: defaultdict[int, list[Held]] = defaultdict(list)
    for pair_id, on, minutes, way in rows:
        found[pair_id].append(Held(on, minutes, way))
    return found
