"""Taking over a file's rows as one act, and adding one applicant by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.accounts.guard import act
from core.accounts.rules import Actor, Right
from core.intake.models import Application
from core.intake.plan import Plan, PlannedRow, Step
from core.intake.queries import preview
from core.people.actions import know
from core.store import versions
from core.store.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlmodel import Session

    from core.intake.reading.results import Row
    from core.people.rules import Side


class PlanOutdated(Refused):
    """What the store holds has moved on since the preview was shown."""


class NothingToTake(Refused):
    """No row of the file would write anything."""


class NotReadable(Refused):
    """What was typed by hand has problems; they are shown beside the fields."""


class AlreadyThere(Refused):
    """The person has applied in this edition and on this side already."""


@act(Right.IMPORT)
def take_over(
    session: Session, *, edition_id: int, side: Side, rows: Sequence[Row], seen: str, by: Actor, at: datetime
) -> Plan:
    """Write the new and changed applications of a file as the preview with the digest `seen` showed them.

    Rows with errors, skipped and unchanged ones write nothing. Raises `PlanOutdated` when the same rows would
    now do something else, `NothingToTake` when nothing is new.
    """
    plan = preview(session, edition_id, side=side, rows=rows, by=by)
    if plan.digest != seen:
        raise PlanOutdated
    if not plan.to_take:
        raise NothingToTake
    for row in plan.to_take:
        _take(session, (edition_id, side), row, by, at)
    return plan


@act(Right.IMPORT)
def add_by_hand(session: Session, *, edition_id: int, side: Side, row: Row, by: Actor, at: datetime) -> int:
    """Add one applicant, read by the rules of a file's row; raises `NotReadable` or `AlreadyThere`."""
    (step,) = preview(session, edition_id, side=side, rows=[row], by=by).rows
    if step.step is Step.ERROR:
        raise NotReadable
    if step.step is not Step.NEW:
        raise AlreadyThere(mail=step.answers.mail)
    return _take(session, (edition_id, side), step, by, at)


@act(Right.IMPORT)
def withdraw(session: Session, application_id: int, *, seen: int, by: Actor, at: datetime) -> None:
    """Note that a person has withdrawn; selection and matching pass the application over. Raises `Changed`."""
    versions.get(session, Application, application_id, seen=seen).withdrawn_at = at


@act(Right.IMPORT)
def take_back_withdrawal(session: Session, application_id: int, *, seen: int, by: Actor, at: datetime) -> None:
    """The application counts again; raises `Changed`."""
    versions.get(session, Application, application_id, seen=seen).withdrawn_at = None


def _take(session: Session, where: tuple[int, Side], row: PlannedRow, by: Actor, at: datetime) -> int:
    answers = row.answers
    person = know(
        session,
        first_name=answers.first_name,
        last_name=answers.last_name,
        mail=answers.mail,
        phone=answers.phone,
        by=by,
        at=at,
    )
    application = session.get(Application, row.application_id) if row.application_id else None
    if application is None:
        empty: dict[str, Any] = {"sectors": [], "languages": [], "self_assessment": {}}
        application = Application(edition_id=where[0], person_id=person, side=where[1], **empty)
    for name, value in answers.facts.items():
        setattr(application, name, value)
    session.add(application)
    session.flush()
    assert application.id is not None  # noqa: S101 - the database has just given it
    return application.id
