"""What the demo writes in place of acts that the programme is still to get; each is replaced by that act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.accounts.guard import act
from core.accounts.rules import Actor, Right
from core.mentoring.models import Meeting
from core.people.models import Consent
from core.speeddate.models import CheckIn
from core.training.models import Attendance

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlmodel import Session

    from core.demo.meetings import Met
    from core.people.rules import ConsentKind


@act(Right.TRAINING)
def tick(session: Session, *, edition_id: int, added: Iterable[tuple[int, int]], by: Actor, at: datetime) -> None:
    """Note who was there: applications, each with the number of a session."""
    session.add_all(Attendance(application_id=one, session=number) for one, number in added)


@act(Right.CHECK_IN)
def check_in(session: Session, *, edition_id: int, arrived: Iterable[int], by: Actor, at: datetime) -> None:
    """Note who came to the speed date."""
    session.add_all(CheckIn(application_id=one, at=at, account_id=by.account_id) for one in arrived)


@act(Right.MEETINGS)
def add_meeting(session: Session, *, edition_id: int, pair: int, met: Met, by: Actor, at: datetime) -> None:
    """Keep a meeting of a pair."""
    session.add(
        Meeting(
            pair_id=pair,
            held_on=met.held_on,
            minutes=met.minutes,
            way=met.way,
            place=met.place,
            note=met.note,
            account_id=by.account_id,
            entered_at=at,
        )
    )


@act(Right.CERTIFICATES)
def give_consent(session: Session, *, person_id: int, kind: ConsentKind, by: Actor, at: datetime) -> None:
    """Keep a person's consent."""
    session.add(Consent(person_id=person_id, kind=kind, given_at=at))
