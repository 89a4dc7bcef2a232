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
from core.people.models import History
from core.people.rules import Result, Side
from core.selection.models import Decision
from core.selection.rules import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from core.accounts.rules import Actor

RESULTS = {Outcome.SELECTED: Result.SELECTED, Outcome.WAITING: Result.WAITED, Outcome.NOT_SELECTED: Result.NOT_SELECTED}


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


def histories(session: Session, edition_id: int, *, by: Actor) -> list[History]:
    """One row for each application and partner, not yet added to the session; an undecided one was not selected."""
    partners = _partners(session, edition_id)
    earned = {one.application_id for one in standing(session, edition_id, by=by) if one.earned}
    columns: tuple[Any, ...] = (
        Application.id,
        Application.person_id,
        Application.side,
        Application.withdrawn_at,
        Decision.outcome,
    )
    rows = session.connection().execute(
        sa.select(*columns)
        .select_from(Application)
        .outerjoin(Decision, col(Decision.application_id) == Application.id)
        .where(col(Application.edition_id) == edition_id)
        .order_by(col(Application.id))
    )
    found: list[History] = []
    for one in (_Applied(*row) for row in rows):
        own = History(person_id=one.person, edition_id=edition_id, side=one.side, result=_result(one))
        held = partners.get(one.application, ())
        found += [_with(own, partner, certificate=one.application in earned) for partner in held] or [own]
    return found


def _result(one: _Applied) -> Result:
    if one.withdrawn_at is not None:
        return Result.WITHDRAWN
    return Result.NOT_SELECTED if one.outcome is None else RESULTS[one.outcome]


def _with(own: History, partner: _Partner, *, certificate: bool) -> History:
    return History(
        person_id=own.person_id,
        edition_id=own.edition_id,
        side=own.side,
        result=Result.PAIRED,
        partner_id=partner.person_id,
        meetings=partner.meetings,
        minutes=partner.minutes,
        certificate=certificate,
    )


def _partners(session: Session, edition_id: int) -> Mapping[int, list[_Partner]]:
    """The partners of each application, on either side."""
    held = tallies(session, edition_id)
    found: defaultdict[int, list[_Partner]] = defaultdict(list)
    for pair in paired(session, edition_id):
        tally = held[pair.id]
        found[pair.mentee_id].append(_Partner(pair.mentor_person, tally.meetings, tally.minutes))
        found[pair.mentor_id].append(_Partner(pair.mentee_person, tally.meetings, tally.minutes))
    return found
