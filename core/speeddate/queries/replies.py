"""Who says to come to the speed date, and one's own invitation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.accounts.guard import query
from core.accounts.rules import SYSTEM, Actor, Right
from core.edition.queries import settings
from core.intake.models import Application
from core.people.names import Named
from core.people.rules import Side
from core.selection.participants import own_participations, participants
from core.speeddate.models import Reply
from core.speeddate.rules import Settings, ballots_open_at

if TYPE_CHECKING:
    from datetime import datetime

    from core.speeddate.rules import Coming

SAID = select(Reply).join(Application).where(col(Application.withdrawn_at).is_(None))


@dataclass(frozen=True, slots=True)
class Invited(Named):
    """A participant, and what was said about coming; None while nothing was."""

    application_id: int
    person_id: int
    side: Side
    first_name: str
    last_name: str
    mail: str
    coming: Coming | None
    answered_at: datetime | None
    by_staff: bool
    version: int
    """Of the reply; 0 where there is none yet."""


@dataclass(frozen=True, slots=True)
class MyEvent:
    """One's own invitation to the speed date; `starts_at` is None while the day is open."""

    application_id: int
    side: Side
    starts_at: datetime | None
    coming: Coming | None
    answered_at: datetime | None = None


@query(Right.CHECK_IN)
def invited(session: Session, edition_id: int, *, by: Actor) -> list[Invited]:
    """All participants with their replies, mentees first, by surname."""
    said = {row.application_id: row for row in session.exec(SAID.where(col(Application.edition_id) == edition_id))}
    found: list[Invited] = []
    for side in Side:
        for one in participants(session, edition_id, side):
            row = said.get(one.application_id)
            who = (one.application_id, one.person_id, side, one.first_name, one.last_name, one.mail)
            if row is None:
                found.append(Invited(*who, None, None, by_staff=False, version=0))
            else:
                by_staff = row.account_id is not None
                found.append(Invited(*who, row.coming, row.answered_at, by_staff=by_staff, version=row.version))
    return found


@query(Right.OWN)
def my_events(session: Session, edition_id: int, *, by: Actor) -> list[MyEvent]:
    """The invitation of whoever asks: one, or one on each side."""
    own = own_participations(session, edition_id, by.person_id)
    if not own:
        return []
    starts_at = ballots_open_at(settings(session, edition_id, Settings, by=SYSTEM))
    rows = session.exec(select(Reply).where(col(Reply.application_id).in_([number for number, _ in own])))
    said = {row.application_id: (row.coming, row.answered_at) for row in rows}
    return [MyEvent(number, side, starts_at, *said.get(number, (None, None))) for number, side in own]
