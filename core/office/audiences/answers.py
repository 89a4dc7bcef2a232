"""What people have answered in each phase, as far as it decides whether they are reminded.

Not guarded: the query that asks for an audience is.
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from core.intake.models import Application
from core.selection.models import PlaceAnswer
from core.speeddate.models import Ballot, Reply
from core.speeddate.wishes import says_something
from core.training.models import DateChoice


def answered_places(session: Session, edition_id: int) -> frozenset[int]:
    """The applications whose people have said whether they take the place."""
    rows = session.exec(
        select(PlaceAnswer.application_id).join(Application).where(Application.edition_id == edition_id)
    )
    return frozenset(rows.all())


def chosen_sessions(session: Session, edition_id: int) -> dict[int, int]:
    """The number of the training session that each application's person has chosen."""
    found = select(DateChoice.application_id, DateChoice.session).join(Application)
    return dict(session.exec(found.where(Application.edition_id == edition_id)).all())


def replied(session: Session, edition_id: int) -> frozenset[int]:
    """The applications whose people have said whether they come to the speed date."""
    rows = session.exec(select(Reply.application_id).join(Application).where(Application.edition_id == edition_id))
    return frozenset(rows.all())


def with_ballot(session: Session, edition_id: int) -> frozenset[int]:
    """The applications of the mentees whose preferences are there."""
    found = select(Ballot.mentee_id).join(Application, col(Application.id) == Ballot.mentee_id)
    return frozenset(session.exec(found.where(Application.edition_id == edition_id, says_something())).all())
