"""Who is on the event's list, who has come, who has a ballot, and what the ballots say to whom may read them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.accounts.guard import query
from core.accounts.rules import Actor, Right
from core.edition import queries as editions
from core.intake.models import Application
from core.people.models import Person
from core.people.names import Named
from core.people.rules import Side
from core.selection.participants import in_order, participants
from core.speeddate import importer
from core.speeddate.models import Ballot, CheckIn, MentorNumber
from core.speeddate.names import Listed
from core.speeddate.rules import Settings, Wishes
from core.speeddate.wishes import IS_HERE, says_something, wishes

if TYPE_CHECKING:
    from datetime import datetime

    from core.intake.reading import Table
    from core.selection.participants import Participant

VERSIONS = (
    select(Ballot.mentee_id, Ballot.version).join(Application, col(Application.id) == Ballot.mentee_id).where(IS_HERE)
)
ENTERED = (
    sa.select(
        col(Ballot.mentee_id), col(Ballot.account_id), col(Ballot.entered_at), col(Ballot.id), col(Ballot.version)
    )
    .join(Application, col(Application.id) == Ballot.mentee_id)
    .where(IS_HERE, says_something())
)
NUMBERED = (
    sa.select(
        col(MentorNumber.mentor_id),
        col(Person.first_name),
        col(Person.last_name),
        col(Person.mail),
        col(MentorNumber.number),
    )
    .join(Application, col(Application.id) == MentorNumber.mentor_id)
    .join(Person, col(Person.id) == Application.person_id)
    .where(col(MentorNumber.edition_id) == sa.bindparam("edition"))
    .order_by(Person.search_key)
)
"""In the order of the fields of who is listed."""


@dataclass(frozen=True, slots=True)
class MenteeBallot:
    """A mentee with the ballot, if there is one; of one that was taken away only the version is left.

    `hides` says that vetoes are there which the asker may not read.
    """

    person: Listed
    wishes: Wishes | None = None
    version: int = 0
    hides: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """The mentee whose ballot comes next; `after` changes whenever this person has entered another ballot."""

    mentee: int
    after: str


@dataclass(frozen=True, slots=True)
class Arrival(Named):
    """A participant by name alone, as whoever stands at the door needs it; `at` is when they came."""

    application_id: int
    side: Side
    first_name: str
    last_name: str
    at: datetime | None


@query(Right.CHECK_IN)
def arrivals(session: Session, edition_id: int, *, by: Actor) -> list[Arrival]:
    """All participants, the mentees before the mentors, by surname."""
    came = session.exec(
        select(CheckIn.application_id, CheckIn.at)
        .join(Application, col(Application.id) == CheckIn.application_id)
        .where(Application.edition_id == edition_id)
    ).all()
    at = dict(came)
    return [
        Arrival(one.application_id, side, one.first_name, one.last_name, at.get(one.application_id))
        for side in Side
        for one in participants(session, edition_id, side)
    ]


@query(Right.BALLOTS)
def mentors(session: Session, edition_id: int, *, by: Actor) -> list[Listed]:
    """The mentors by surname, with their numbers where they have one; then those who left after getting one."""
    return _mentors(session, edition_id)


@query(Right.BALLOTS)
def ballots(session: Session, edition_id: int, *, by: Actor) -> list[MenteeBallot]:
    """All mentees by surname with their ballots; vetoes only for those who may read them."""
    told = wishes(session, edition_id)
    versions = dict(session.exec(VERSIONS, params={"edition": edition_id}).all())
    rows: list[MenteeBallot] = []
    for person in map(_listed, participants(session, edition_id, Side.MENTEE)):
        said = told.get(person.application_id)
        hides = said is not None and bool(said.vetoes) and not by.may(Right.VETOES)
        shown = replace(said, vetoes=()) if said and hides else said
        rows.append(MenteeBallot(person, shown, versions.get(person.application_id, 0), hides))
    return rows


@query(Right.BALLOTS)
def turn(session: Session, edition_id: int, *, by: Actor) -> Turn | None:
    """Whose ballot to enter next: by surname, without a ballot, after the one that this person entered last.

    From the top again after the end of the list; when all have one, the one entered last. None without mentees.
    """
    held = {one.mentee_id: one for one in session.connection().execute(ENTERED, {"edition": edition_id})}
    mine = [one for one in held.values() if one.account_id == by.account_id]
    last = max(mine, key=lambda one: (one.entered_at, one.id or 0), default=None)
    order = in_order(session, edition_id, Side.MENTEE)
    if not order:
        return None
    at = order.index(last.mentee_id) if last and last.mentee_id in order else -1
    waiting = [one for one in order[at + 1 :] + order[: at + 1] if one not in held]
    mentee = waiting[0] if waiting else order[max(at, 0)]
    return Turn(mentee, f"{last.id}.{last.version}" if last else "")


@query(Right.VETOES)
def preview(session: Session, edition_id: int, table: Table, *, by: Actor) -> importer.Plan:
    """What taking over a table of ballots would do, row by row; raises `NoBallotColumns`."""
    programme = importer.Programme(
        mentees=[_listed(one) for one in participants(session, edition_id, Side.MENTEE)],
        mentors=_mentors(session, edition_id),
        ballots=wishes(session, edition_id),
        most=editions.settings(session, edition_id, Settings, by=by).most_choices,
    )
    return importer.plan(table, programme)


def _mentors(session: Session, edition_id: int) -> list[Listed]:
    numbered = session.connection().execute(NUMBERED, {"edition": edition_id}).all()
    number = {row.mentor_id: row.number for row in numbered}
    present = [
        replace(_listed(one), number=number.get(one.application_id))
        for one in participants(session, edition_id, Side.MENTOR)
    ]
    here = {one.application_id for one in present}
    return present + [Listed(*row, takes_part=False) for row in numbered if row.mentor_id not in here]


def _listed(one: Participant) -> Listed:
    return Listed(one.application_id, one.first_name, one.last_name, one.mail)
