"""Who has earned a certificate and what is missing, and whom the programme may thank in public."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.accounts.guard import query
from core.accounts.rules import Actor, Right
from core.certificates.standing import Standing, standing
from core.intake.models import Application
from core.mentoring.tally import tallies
from core.people.models import Consent
from core.people.names import Named
from core.people.rules import ConsentKind, Side
from core.selection.participants import Participant, participants
from core.store.remembered import remembered

if TYPE_CHECKING:
    from datetime import datetime


class ConsentState(StrEnum):
    """Whether somebody may be named in public."""

    GIVEN = "given"
    NEVER = "never"
    """Not asked yet, or refused when asked."""
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Thanked(Named):
    """A mentor with a pair, and the consent to being named: since when it stands as it does, if it was ever given."""

    person_id: int
    first_name: str
    last_name: str
    mail: str
    company: str | None
    job_title: str | None
    state: ConsentState
    since: datetime | None

    @property
    def consents(self) -> bool:
        """Whether the name may stand in public."""
        return self.state is ConsentState.GIVEN


@query(Right.CERTIFICATES)
def standings(session: Session, edition_id: int, *, side: Side | None = None, by: Actor) -> list[Standing]:
    """The participants of one side, or of both with the mentees first, by surname."""
    return standing(session, edition_id, side=side, by=by)


@query(Right.CERTIFICATES)
def thanks(session: Session, edition_id: int, *, by: Actor) -> list[Thanked]:
    """The mentors who take part and have a published pair, by surname, each with the consent to being named."""
    return list(_thanks(session, edition_id))


@remembered
def _thanks(session: Session, edition_id: int) -> tuple[Thanked, ...]:
    paired = {pair.mentor_id for pair in tallies(session, edition_id).values()}
    mentors = [one for one in participants(session, edition_id, Side.MENTOR) if one.application_id in paired]
    told = session.exec(
        select(Consent.person_id, Consent.given_at, Consent.withdrawn_at)
        .join(Application, col(Application.person_id) == Consent.person_id)
        .where(Consent.kind == ConsentKind.ACKNOWLEDGEMENT, Application.edition_id == edition_id)
    )
    consents = {person: (given, withdrawn) for person, given, withdrawn in told}
    return tuple(_thanked(one, *consents.get(one.person_id, (None, None))) for one in mentors)


def _thanked(mentor: Participant, given: datetime | None, withdrawn: datetime | None) -> Thanked:
    ever = ConsentState.WITHDRAWN if withdrawn else ConsentState.GIVEN
    state = ever if given else ConsentState.NEVER
    return Thanked(
        mentor.person_id,
        mentor.first_name,
        mentor.last_name,
        mentor.mail,
        mentor.company,
        mentor.job_title,
        state,
        withdrawn or given,
    )
