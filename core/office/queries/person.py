"""One person over the years: who it is, what was asked and answered, and all that has happened."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.accounts.guard import query
from core.accounts.models import Account
from core.accounts.rules import Actor, Right
from core.certificates.rules import Settings as Certificates
from core.edition.models import Edition
from core.edition.queries import settings_of_each
from core.intake.models import Application
from core.mentoring.met import met, partners
from core.messages.models import Message
from core.office.known import Agreed, Found, Link, Opened, Part
from core.office.life import Life, Row, lines
from core.people.links import NotReachable, address_of
from core.people.models import Consent, ContactChange, History, Person, PersonalLink
from core.people.names import search_key
from core.people.queries import contact_change_of
from core.selection.models import Decision, PlaceAnswer
from core.speeddate.models import Ballot, CheckIn, Reply
from core.speeddate.wishes import says_something
from core.store.errors import NotFound
from core.training.models import Attendance, DateChoice
from core.training.rules import Settings as Training

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from core.store.config import Config

MOST_FOUND = 50
COLUMNS: tuple[Any, ...] = (
    Application.id,
    Application.edition_id,
    Edition.name,
    Edition.year,
    Application.side,
    Application.submitted_at,
    Application.withdrawn_at,
    Decision.outcome,
    Decision.reason,
    Decision.decided_at,
    Decision.account_id,
    PlaceAnswer.accepted,
    PlaceAnswer.answered_at,
    PlaceAnswer.account_id,
    DateChoice.session,
    DateChoice.wants,
    DateChoice.answered_at,
    DateChoice.account_id,
    Reply.coming,
    Reply.answered_at,
    Reply.account_id,
    CheckIn.at,
    CheckIn.account_id,
    Ballot.entered_at,
    Ballot.account_id,
)
"""In the order of a row's fields."""
APPLIED = (
    sa.select(*COLUMNS)
    .select_from(Application)
    .join(Edition, col(Edition.id) == col(Application.edition_id))
    .outerjoin(Decision, col(Decision.application_id) == col(Application.id))
    .outerjoin(PlaceAnswer, col(PlaceAnswer.application_id) == col(Application.id))
    .outerjoin(DateChoice, col(DateChoice.application_id) == col(Application.id))
    .outerjoin(Reply, col(Reply.application_id) == col(Application.id))
    .outerjoin(CheckIn, col(CheckIn.application_id) == col(Application.id))
    .outerjoin(Ballot, sa.and_(col(Ballot.mentee_id) == col(Application.id), says_something()))
    .where(col(Application.person_id) == sa.bindparam("person"))
    .order_by(col(Edition.year).desc(), col(Application.side))
)


@query(Right.APPLICANTS)
def people_called(session: Session, text: str, *, by: Actor) -> list[Found]:
    """The first 50 people, by surname, in whose name or address each word of the text stands; none for no text."""
    words = search_key(text).split()
    if not words:
        return []
    asked: tuple[Any, ...] = (Person.id, Person.first_name, Person.last_name, Person.mail)
    rows = session.connection().execute(
        sa.select(*asked)
        .where(*(col(Person.search_key).contains(word, autoescape=True) for word in words))
        .order_by(col(Person.search_key))
        .limit(MOST_FOUND)
    )
    return [Found(*row) for row in rows]


@query(Right.APPLICANTS)
def opened_person(session: Session, person_id: int, *, edition_id: int, settings: Config, by: Actor) -> Opened:
    """One person with everything over the years; the links are those of one edition. Raises `NotFound`."""
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound
    rows = [Row(*row) for row in session.connection().execute(APPLIED, {"person": person_id})]
    consents = session.exec(select(Consent).where(Consent.person_id == person_id)).all()
    happened = lines(_life(session, person_id, rows, consents, by))
    return Opened(
        person_id,
        person.first_name,
        person.last_name,
        person.mail,
        person.phone,
        person.language,
        here=any(row.edition_id == edition_id for row in rows),
        parts=_parts(session, person_id, rows),
        links=_links(session, person_id, edition_id, settings),
        change=contact_change_of(session, person_id, by=by),
        consents=[Agreed(one.kind, one.given_at, one.withdrawn_at, one.wording) for one in consents],
        lines=happened,
        editions={row.edition_id: row.edition for row in rows},
        staff=_names(session, {one.account_id for one in happened if one.account_id}),
    )


def _life(session: Session, person_id: int, rows: Sequence[Row], consents: Sequence[Consent], by: Actor) -> Life:
    applications = [row.application_id for row in rows]
    editions = {row.edition_id for row in rows}
    attended: defaultdict[int, list[int]] = defaultdict(list)
    for one in session.exec(select(Attendance).where(col(Attendance.application_id).in_(applications))):
        attended[one.application_id].append(one.session)
    return Life(
        rows,
        attended,
        partners(session, applications),
        met(session, applications),
        settings_of_each(session, editions, Training, by=by),
        settings_of_each(session, editions, Certificates, by=by),
        session.exec(select(Message).where(Message.person_id == person_id)).all(),
        consents,
        session.exec(select(ContactChange).where(ContactChange.person_id == person_id)).all(),
    )


def _parts(session: Session, person_id: int, rows: Sequence[Row]) -> list[Part]:
    kept = session.exec(select(History).where(History.person_id == person_id))
    results = {(one.edition_id, one.side): one.result for one in kept}
    return [
        Part(
            row.edition,
            row.side,
            row.outcome,
            row.withdrawn_at is not None,
            results.get((row.edition_id, row.side)),
        )
        for row in rows
    ]


def _links(session: Session, person_id: int, edition_id: int, settings: Config) -> list[Link]:
    rows = session.exec(
        select(PersonalLink)
        .where(PersonalLink.person_id == person_id, PersonalLink.edition_id == edition_id)
        .order_by(col(PersonalLink.id))
    )
    return [Link(row.purpose, _address(row, settings), row.until) for row in rows]


def _address(link: PersonalLink, settings: Config) -> str | None:
    try:
        return address_of(link, settings)
    except NotReachable:
        return None


def _names(session: Session, accounts: Collection[int]) -> dict[int, str]:
    rows = session.exec(select(Account.id, Account.name).where(col(Account.id).in_(accounts)))
    return {number or 0: name for number, name in rows}
