"""Whether a selected applicant takes the place: said by the person, or written down by staff who were told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.accounts.guard import act
from core.accounts.rules import SYSTEM, Actor, Right
from core.edition.queries import settings
from core.intake import actions as intake
from core.intake.models import Application
from core.selection.models import Decision, PlaceAnswer
from core.selection.rules import AnsweredTooLate, Outcome, PlaceGivenUp, Settings, last_day
from core.store import versions
from core.store.clock import ROME
from core.store.errors import NotFound

if TYPE_CHECKING:
    from datetime import date, datetime


@act(Right.OWN)
def answer_place(
    session: Session, *, edition_id: int, application_id: int, accepted: bool, by: Actor, at: datetime
) -> None:
    """Take or give up one's own place; the same answer again changes nothing.

    A place that was given up may be another's by now: only staff can give it back. Raises `AnsweredTooLate`,
    `NotFound`, `PlaceGivenUp`.
    """
    application, answer, given_on = _offered(session, edition_id, application_id)
    if application.person_id != by.person_id:
        raise NotFound
    if answer is not None and answer.accepted == accepted and (accepted == (application.withdrawn_at is None)):
        return
    if application.withdrawn_at is not None:
        raise PlaceGivenUp
    last = last_day(settings(session, edition_id, Settings, by=SYSTEM), given_on)
    if last is not None and at.astimezone(ROME).date() > last:
        raise AnsweredTooLate(last=last)
    _write(session, application, answer, accepted=accepted, by=by, at=at)


@act(Right.DECIDE)
def write_place(
    session: Session,
    *,
    edition_id: int,
    application_id: int,
    accepted: bool | None,
    seen: int,
    by: Actor,
    at: datetime,
) -> None:
    """Write down what somebody said by telephone or mail, after the last day too; None takes the answer away.

    `seen` is the version of the answer as it was shown (0: none yet). Raises `Changed`, `NotFound`.
    """
    application, answer, _ = _offered(session, edition_id, application_id)
    if answer is None and seen:
        raise NotFound
    if answer is not None:
        versions.get(session, PlaceAnswer, answer.id or 0, seen=seen)
    if accepted is not None:
        _write(session, application, answer, accepted=accepted, by=by, at=at)
    elif answer is not None:
        _give_back(session, application, at)
        session.delete(answer)


def _offered(session: Session, edition_id: int, application_id: int) -> tuple[Application, PlaceAnswer | None, date]:
    """An application of this edition to which a place was given, the answer, and the day; raises `NotFound`."""
    row = session.exec(
        select(Application, PlaceAnswer, Decision.decided_at)
        .join(Decision, col(Decision.application_id) == Application.id)
        .outerjoin(PlaceAnswer, col(PlaceAnswer.application_id) == Application.id)
        .where(
            Application.id == application_id,
            Application.edition_id == edition_id,
            Decision.outcome == Outcome.SELECTED,
        )
    ).first()
    if row is None:
        raise NotFound
    return row[0], row[1], row[2].astimezone(ROME).date()


def _write(
    session: Session,
    application: Application,
    answer: PlaceAnswer | None,
    *,
    accepted: bool,
    by: Actor,
    at: datetime,
) -> None:
    """Keep the answer; whoever gives the place up has withdrawn, whoever takes it has not."""
    answer = answer or PlaceAnswer(application_id=application.id or 0, accepted=accepted, answered_at=at)
    answer.accepted, answer.answered_at, answer.account_id = accepted, at, by.account_id
    session.add(answer)
    if accepted:
        _give_back(session, application, at)
    elif application.withdrawn_at is None:
        intake.withdraw(session, application.id or 0, seen=application.version, by=SYSTEM, at=at)


def _give_back(session: Session, application: Application, at: datetime) -> None:
    if application.withdrawn_at is not None:
        intake.take_back_withdrawal(session, application.id or 0, seen=application.version, by=SYSTEM, at=at)
