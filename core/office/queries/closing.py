"""What closing an edition would keep, and what it has kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from core.accounts.guard import query
from core.accounts.rules import Actor, Right
from core.edition import queries as editions
from core.mentoring import queries as mentoring
from core.mentoring.reach import State
from core.mentoring.rules import Settings as Mentoring
from core.office.closing import fates
from core.people.models import History, Person
from core.selection import queries as selection
from core.store.audit import AuditEntry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.people.rules import Result, Side


CLOSED_BY = "office.close_edition"


@dataclass(frozen=True, slots=True)
class Closing:
    """What would be kept: people by side and result, and certificates; and what is still unfinished.

    `from_day` is the last day on which it cannot be closed; until then nothing counts as unfinished.
    """

    people: Mapping[tuple[Side, Result], int]
    certificates: Mapping[Side, int]
    below_minimum: int
    undecided: int
    from_day: date


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of somebody in a closed edition; `partner` is empty without a pair."""

    person: str
    side: Side
    result: Result
    partner: str
    meetings: int
    minutes: int
    certificate: bool


@query(Right.EDITION)
def closing(session: Session, edition_id: int, *, today: date, by: Actor) -> Closing:
    """What closing the edition today would keep, and what it would leave unfinished."""
    last = editions.settings(session, edition_id, Mentoring, by=by).last_day
    people = {(one.side, one.person_id): one for one in fates(session, edition_id, by=by)}
    below, undecided = _unfinished(session, edition_id, today, by) if today > last else (0, 0)
    return Closing(
        people=Counter((one.side, one.result) for one in people.values()),
        certificates=Counter(one.side for one in people.values() if one.certificate),
        below_minimum=below,
        undecided=undecided,
        from_day=last,
    )


def _unfinished(session: Session, edition_id: int, today: date, by: Actor) -> tuple[int, int]:
    """How many pairs are below the minimum, and how many applications without a decision."""
    pairs = mentoring.followed(session, edition_id, today=today, by=by)
    counts = selection.counts(session, edition_id, by=by)
    below = sum(one.outlook.state not in {State.REACHED, State.ENDED} for one in pairs)
    return below, sum(one.undecided for one in counts.values())


@query(Right.EDITION)
def kept(session: Session, edition_id: int, *, by: Actor) -> list[Kept]:
    """What was kept of a closed edition, by surname; empty while it is open."""
    partner = aliased(Person)
    rows = session.connection().execute(
        sa.select(
            sa.func.trim(col(Person.last_name) + " " + Person.first_name),
            col(History.side),
            col(History.result),
            sa.func.coalesce(sa.func.trim(col(partner.last_name) + " " + partner.first_name), ""),
            col(History.meetings),
            col(History.minutes),
            col(History.certificate),
        )
        .select_from(History)
        .join(Person, col(Person.id) == History.person_id)
        .outerjoin(partner, col(partner.id) == History.partner_id)
        .where(col(History.edition_id) == edition_id)
        .order_by(Person.search_key, col(History.id))
    )
    return [Kept(*row) for row in rows]


@query(Right.EDITION)
def closing_act(session: Session, edition_id: int, *, by: Actor) -> int | None:
    """The entry of the act that closed the edition, to be taken back; None where there is none in the record."""
    found = sa.select(sa.func.max(col(AuditEntry.id))).where(
        col(AuditEntry.act) == CLOSED_BY, col(AuditEntry.edition_id) == edition_id
    )
    return session.connection().scalar(found)
