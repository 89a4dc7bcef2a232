"""What the first page shows, and the page of the copies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import col, select

from core.accounts.guard import query
from core.accounts.rules import Actor, Right
from core.edition.queries import edition, passed, settings
from core.edition.rules import Milestone
from core.intake.rules import Settings as Intake
from core.mentoring.rules import Settings as Mentoring
from core.office.attention import Asked, Counted, matters
from core.office.calendar import Dated, ahead, days
from core.office.copies import Safety, safety
from core.office.phases import Phase, Year, phase_of
from core.speeddate.rules import Settings as SpeedDate
from core.store.audit import AuditEntry
from core.store.backup.copies import Copy, listing
from core.store.clock import ROME
from core.training.rules import Settings as Training

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class Today:
    """In which phase the edition is, the days from today on (those without a day last), and what wants attention."""

    phase: Phase
    ahead: list[Dated]
    matters: list[Counted]

    @property
    def deadline(self) -> Dated | None:
        """The next day that has a date."""
        return next((one for one in self.ahead if one.on is not None), None)


@query(Right.ENTER)
def today(session: Session, edition_id: int, *, by: Actor, at: datetime) -> Today:
    """Where the edition stands at this moment, with the counts that the person's rights include."""
    year = Year(
        intake=settings(session, edition_id, Intake, by=by),
        training=settings(session, edition_id, Training, by=by),
        speed_date=settings(session, edition_id, SpeedDate, by=by),
        mentoring=settings(session, edition_id, Mentoring, by=by),
        published=passed(session, edition_id, Milestone.PAIRS_PUBLISHED, by=by) is not None,
        closed=edition(session, edition_id, by=by).closed_at is not None,
    )
    phase = phase_of(year, at)
    found = days(year.intake, year.training, year.speed_date, year.mentoring)
    to_come = [] if year.closed else ahead(found, at.astimezone(ROME).date())
    return Today(phase, to_come, matters(phase, Asked(session, edition_id, by, at)))


@query(Right.BACKUPS)
def copies(session: Session, folder: Path, *, by: Actor) -> list[Copy]:
    """The copies of the store that lie in this folder, the newest first."""
    return listing(folder)


@query(Right.BACKUPS)
def copies_safety(session: Session, folder: Path, *, by: Actor, at: datetime) -> Safety:
    """Whether there is a good copy that is not too old; only names are read, no file is opened."""
    first = session.exec(select(AuditEntry.at).order_by(col(AuditEntry.id)).limit(1)).first()
    return safety(listing(folder), first_act=first, at=at)
