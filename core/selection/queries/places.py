"""Who takes the place that was given, who stands next on the waiting list, and one's own place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlmodel import Session, col

from core.accounts.guard import query
from core.accounts.rules import SYSTEM, Actor, Right
from core.edition.queries import settings
from core.intake.models import Application
from core.people.models import Person
from core.people.names import Named
from core.selection.models import Decision, PlaceAnswer
from core.selection.queries.coordinators import RankedApplicant, ranking
from core.selection.rules import Outcome, PlaceState, Settings, last_day, place_state
from core.store.clock import ROME

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.people.rules import Side

COLUMNS: tuple[Any, ...] = (
    Application.id,
    Application.person_id,
    Application.side,
    Person.first_name,
    Person.last_name,
    Person.mail,
    Application.withdrawn_at,
    Decision.decided_at,
    PlaceAnswer.accepted,
    PlaceAnswer.answered_at,
    PlaceAnswer.account_id,
    PlaceAnswer.version,
)
OFFERED = (
    sa.select(*COLUMNS)
    .join(Person, col(Person.id) == col(Application.person_id))
    .join(Decision, col(Decision.application_id) == col(Application.id))
    .outerjoin(PlaceAnswer, col(PlaceAnswer.application_id) == col(Application.id))
    .where(col(Application.edition_id) == sa.bindparam("edition"), col(Decision.outcome) == Outcome.SELECTED)
    .order_by(col(Person.search_key))
)
OF_SIDE = OFFERED.where(col(Application.side) == sa.bindparam("side"))
OF_PERSON = OFFERED.where(col(Application.person_id) == sa.bindparam("person"))


@dataclass(frozen=True, slots=True)
class Place(Named):
    """A place that was given to somebody, and what the person says to it."""

    application_id: int
    person_id: int
    side: Side
    first_name: str
    last_name: str
    mail: str
    given_on: date
    state: PlaceState
    answered_at: datetime | None
    by_staff: bool
    version: int
    """Of the answer; 0 where there is none yet."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one side by surname, until when they are to be answered, and who stands next for a free one."""

    given: list[Place]
    seats: int
    answer_by: date | None
    next: RankedApplicant | None

    @property
    def free(self) -> int:
        """Seats that nobody holds: given to nobody, or given up."""
        gone = {PlaceState.DECLINED, PlaceState.WITHDRAWN}
        return max(0, self.seats - sum(one.state not in gone for one in self.given))


@dataclass(frozen=True, slots=True)
class MyPlace:
    """A place of one's own, and until when it is to be answered."""

    application_id: int
    side: Side
    state: PlaceState
    answered_at: datetime | None
    answer_by: date | None


@query(Right.DECIDE)
def places(session: Session, edition_id: int, *, side: Side, by: Actor) -> Places:
    """Everybody of one side who was selected, with the answers; the next is the first of the waiting list."""
    rules = settings(session, edition_id, Settings, by=by)
    rows = session.connection().execute(OF_SIDE, {"edition": edition_id, "side": side})
    waiting = (one for one in ranking(session, edition_id, side=side, by=by) if one.outcome is Outcome.WAITING)
    return Places([_place(row) for row in rows], rules.of(side).seats, rules.answer_by, next(waiting, None))


@query(Right.OWN)
def my_places(session: Session, edition_id: int, *, by: Actor) -> list[MyPlace]:
    """What was given to whoever asks, in this edition: one place, or one on each side."""
    rules = settings(session, edition_id, Settings, by=SYSTEM)
    rows = session.connection().execute(OF_PERSON, {"edition": edition_id, "person": by.person_id})
    mine = [_place(row) for row in rows]
    return [
        MyPlace(one.application_id, one.side, one.state, one.answered_at, last_day(rules, one.given_on)) for one in mine
    ]


def _place(row: Any) -> Place:  # noqa: ANN401 - a row of `OFFERED`
    state = place_state(accepted=row.accepted, withdrawn=row.withdrawn_at is not None)
    answered = state in {PlaceState.ACCEPTED, PlaceState.DECLINED}
    return Place(
        row.id,
        row.person_id,
        row.side,
        row.first_name,
        row.last_name,
        row.mail,
        row.decided_at.astimezone(ROME).date(),
        state,
        row.answered_at if answered else None,
        row.account_id is not None,
        row.version or 0,
    )
