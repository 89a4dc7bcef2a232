"""What stays of an edition when it is closed: for every person the result, the partners, the meetings."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from core.certificates.standing import standing
from core.intake.models import Application
from core.matching.paired import paired
from core.mentoring.tally import tallies
from core.people.rules import Result, Side
from core.selection.models import Decision
from core.selection.rules import Outcome
from core.store.remembered import remembered

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from core.accounts.rules import Actor

COLUMNS: tuple[Any, ...] = (
    Application.id,
    Application.person_id,
    Application.side,
    Application.withdrawn_at,
    Decision.outcome,
)
APPLIED = (
    sa.select(*COLUMNS)
    .select_from(Application)
    .outerjoin(Decision, col(Decision.application_id) == Application.id)
    .where(col(Application.edition_id) == sa.bindparam("edition"))
    .order_by(col(Application.id))
)
"""Put together once, which costs more than asking it."""
RESULTS = {Outcome.SELECTED: Result.SELECTED, Outcome.WAITING: Result.WAITED, Outcome.NOT_SELECTED: Result.NOT_SELECTED}


class Fate(NamedTuple):
    """What becomes a row of history: a person, the side, the result; with a partner the meetings and their minutes."""

    person_id: int
    side: Side
    result: Result
    partner_id: int | None = None
    meetings: int = 0
    minutes: int = 0
    certificate: bool = False


class _Applied(NamedTuple):
    application: int
    person: int
    side: Side
    withdrawn_at: datetime | None
    outcome: Outcome | None


class _Partner(NamedTuple):
    person_id: int
    meetings: int
    minutes: int


def fates(session: Session, edition_id: int, *, by: Actor) -> list[Fate]:
    """What became of everybody: one for each application and partner; an undecided one was not selected."""
    earned = frozenset(one.application_id for one in standing(session, edition_id, by=by) if one.earned)
    return list(_fates(session, edition_id, earned))


@remembered
def _fates(session: Session, edition_id: int, earned: frozenset[int]) -> tuple[Fate, ...]:
    partners = _partners(session, edition_id)
    rows = session.connection().execute(APPLIED, {"edition": edition_id})
    found: list[Fate] = []
    for one in (_Applied(*row) for row in rows):
        held = partners.get(one.application, ())
        paired = [Fate(one.person, one.side, Result.PAIRED, *partner, one.application in earned) for partner in held]
        found += paired or [Fate(one.person, one.side, _result(one))]
    return tuple(found)


def _result(one: _Applied) -> Result:
    if one.withdrawn_at is not None:
        return Result.WITHDRAWN
    return Result.NOT_SELECTED if one.outcome is None else RESULTS[one.outcome]


def _partners(session: Session, edition_id: int) -> Mapping[int, list[_Partner]]:
    """The partners of each application, on either side."""
    held = tallies(session, edition_id)
    found: defaultdict[int, list[_Partner]] = defaultdict(list)
    for pair in paired(session, edition_id):
        tally = held[pair.id]
        found[pair.mentee_id].append(_Partner(pair.mentor_person, tally.meetings, tally.minutes))
        found[pair.mentor_id].append(_Partner(pair.mentee_person, tally.meetings, tally.minutes))
    return found
