"""Who takes part: the selected applicants who have not withdrawn. Later phases read them here.

Not guarded: each phase asks its own right in the query that calls this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.intake.models import Application
from core.people.models import Person
from core.selection.models import Decision
from core.selection.rules import Outcome

if TYPE_CHECKING:
    from core.people.rules import Side


@dataclass(frozen=True, slots=True)
class Participant:
    """A selected applicant; the number is the application's."""

    application_id: int
    person_id: int
    first_name: str
    last_name: str
    mail: str
    course: str | None
    company: str | None
    job_title: str | None
    sector: str | None
    sectors: tuple[str, ...]
    mode: str | None
    capacity: int | None

    @property
    def listed(self) -> str:
        """As lists show it: Rossi Giulia."""
        return f"{self.last_name} {self.first_name}".strip()

    @property
    def spoken(self) -> str:
        """As sentences say it: Giulia Rossi."""
        return f"{self.first_name} {self.last_name}".strip()


def participants(session: Session, edition_id: int, side: Side) -> list[Participant]:
    """The participants of one side, by surname."""
    rows = session.exec(
        select(Application, Person)
        .join(Person)
        .join(Decision, col(Decision.application_id) == Application.id)
        .where(
            Application.edition_id == edition_id,
            Application.side == side,
            col(Application.withdrawn_at).is_(None),
            Decision.outcome == Outcome.SELECTED,
        )
        .order_by(Person.search_key)
    ).all()
    return [
        Participant(
            application_id=application.id or 0,
            person_id=person.id or 0,
            first_name=person.first_name,
            last_name=person.last_name,
            mail=person.mail,
            course=application.course,
            company=application.company,
            job_title=application.job_title,
            sector=application.sector,
            sectors=tuple(application.sectors),
            mode=application.mode,
            capacity=application.capacity,
        )
        for application, person in rows
    ]
