"""Saying beforehand whether one comes to the speed date, or writing down what somebody told the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import Session, select

from core.accounts.guard import act
from core.accounts.rules import SYSTEM, Actor, Right
from core.edition.queries import settings
from core.people.rules import Side
from core.selection.participants import in_order, own_participations
from core.speeddate.models import Reply
from core.speeddate.rules import Coming, EventDay, EventOver, NoDayYet, Settings, event_day
from core.store import versions
from core.store.clock import ROME
from core.store.errors import NotFound

if TYPE_CHECKING:
    from datetime import datetime


@act(Right.OWN)
def reply(session: Session, *, edition_id: int, application_id: int, coming: Coming, by: Actor, at: datetime) -> None:
    """Say whether one comes, up to the day itself; the same reply again changes nothing.

    Raises `EventOver`, `NoDayYet`, `NotFound`.
    """
    if application_id not in {number for number, _ in own_participations(session, edition_id, by.person_id)}:
        raise NotFound
    rules = settings(session, edition_id, Settings, by=SYSTEM)
    day = event_day(rules, at.astimezone(ROME).date())
    if day is EventDay.UNKNOWN:
        raise NoDayYet
    if day is EventDay.AFTER:
        raise EventOver(day=rules.day)
    held = _held(session, application_id)
    if held is None or held.coming is not coming:
        _write(session, held, application_id, coming, by=by, at=at)


@act(Right.CHECK_IN)
def write_reply(
    session: Session,
    *,
    edition_id: int,
    application_id: int,
    coming: Coming | None,
    seen: int,
    by: Actor,
    at: datetime,
) -> None:
    """Write down what a participant said by telephone or mail; None takes the reply away.

    `seen` is the version of the reply as it was shown (0: none yet). Raises `Changed`, `NotFound`.
    """
    if application_id not in {one for side in Side for one in in_order(session, edition_id, side)}:
        raise NotFound
    held = _held(session, application_id)
    if held is None and seen:
        raise NotFound
    if held is not None:
        versions.get(session, Reply, held.id or 0, seen=seen)
    if coming is not None:
        _write(session, held, application_id, coming, by=by, at=at)
    elif held is not None:
        session.delete(held)


def _held(session: Session, application_id: int) -> Reply | None:
    return session.exec(select(Reply).where(Reply.application_id == application_id)).first()


def _write(
    session: Session, held: Reply | None, application_id: int, coming: Coming, *, by: Actor, at: datetime
) -> None:
    row = held or Reply(application_id=application_id, coming=coming, answered_at=at)
    row.coming, row.answered_at, row.account_id = coming, at, by.account_id
    session.add(row)
