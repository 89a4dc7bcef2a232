"""Who has applied, and what they said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from core.accounts.guard import query
from core.accounts.rules import Actor, Right, mail_key
from core.intake.models import Application
from core.intake.plan import Existing, Plan, planned
from core.people.models import Person
from core.people.names import Named
from core.people.rules import Side
from core.store.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.intake.reading.results import Row


@dataclass(frozen=True, slots=True)
class Applicant(Named):
    """One application as the list shows it."""

    application_id: int
    person_id: int
    side: Side
    first_name: str
    last_name: str
    mail: str
    search_key: str
    submitted_at: datetime | None
    course: str | None
    mean_30: float | None
    final_mark: int | None
    honours: bool
    company: str | None
    job_title: str | None
    years_experience: float | None
    capacity: int | None
    sectors: tuple[str, ...]
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class OpenedApplication:
    """One application opened: the person, and every answer as it is kept."""

    person: Person
    application: Application


COLUMNS: tuple[Any, ...] = (
    Application.id,
    Application.person_id,
    Application.side,
    Person.first_name,
    Person.last_name,
    Person.mail,
    Person.search_key,
    Application.submitted_at,
    Application.course,
    Application.mean_30,
    Application.final_mark,
    Application.honours,
    Application.company,
    Application.job_title,
    Application.years_experience,
    Application.capacity,
    Application.sector,
    Application.sectors,
    Application.withdrawn_at,
)
"""In the order of an applicant's fields; the last three are told in two."""
OF_SIDE = (
    sa.select(*COLUMNS)
    .join(Person)
    .where(col(Application.edition_id) == sa.bindparam("edition"), col(Application.side) == sa.bindparam("side"))
    .order_by(Person.search_key)
)


@query(Right.APPLICANTS)
def applicants(session: Session, edition_id: int, *, side: Side, by: Actor) -> list[Applicant]:
    """The applicants of one side, by surname; those who withdrew are marked."""
    rows = session.connection().execute(OF_SIDE, {"edition": edition_id, "side": side})
    return [
        Applicant(*facts, sectors=tuple([main] * bool(main) + others), withdrawn=at is not None)
        for *facts, main, others, at in rows
    ]


@query(Right.APPLICANTS)
def opened(session: Session, application_id: int, *, by: Actor) -> OpenedApplication:
    """One application with its person; raises `NotFound`."""
    application = session.get(Application, application_id)
    if application is None:
        raise NotFound
    person = session.get(Person, application.person_id)
    if person is None:
        raise NotFound
    return OpenedApplication(person, application)


@query(Right.IMPORT)
def preview(session: Session, edition_id: int, *, side: Side, rows: Sequence[Row], by: Actor) -> Plan:
    """What taking these rows over would do now."""
    return planned(rows, _known(session, edition_id, side, rows))


def _known(session: Session, edition_id: int, side: Side, rows: Sequence[Row]) -> dict[str, Existing]:
    """Who of these rows is known, by the key of the address, with the application here if there is one."""
    mails = {mail_key(str(row.values.get("email") or "")) for row in rows}
    newest = (
        select(Application.person_id, func.max(Application.submitted_at).label("at"))
        .group_by(col(Application.person_id))
        .subquery()
    )
    here = sa.and_(
        col(Application.person_id) == Person.id,
        col(Application.edition_id) == edition_id,
        col(Application.side) == side,
    )
    found = session.exec(
        select(Person, Application, newest.c.at)
        .outerjoin(Application, here)
        .outerjoin(newest, newest.c.person_id == Person.id)
        .where(col(Person.mail_key).in_(mails))
    ).all()
    return {person.mail_key: _existing(person, application, at) for person, application, at in found}


def _existing(person: Person, application: Application | None, newest: datetime | None) -> Existing:
    facts = {} if application is None else application.model_dump()
    names = {"first_name": person.first_name, "last_name": person.last_name, "phone": person.phone}
    return Existing({**facts, **names}, application.id if application else None, newest)


@query(Right.APPLICANTS)
def counts(session: Session, edition_id: int, *, by: Actor) -> dict[Side, int]:
    """How many have applied on each side and not withdrawn."""
    rows = session.exec(
        select(Application.side, func.count())
        .where(Application.edition_id == edition_id, col(Application.withdrawn_at).is_(None))
        .group_by(Application.side)
    ).all()
    found = dict(rows)
    return {side: found.get(side, 0) for side in Side}


@query(Right.APPLICANTS)
def applied_since(session: Session, edition_id: int, *, since: datetime, by: Actor) -> int:
    """How many of both sides have applied since a moment and not withdrawn."""
    found = select(func.count()).where(
        Application.edition_id == edition_id,
        col(Application.withdrawn_at).is_(None),
        col(Application.submitted_at) >= since,
    )
    return session.exec(found).one()
