"""What the first page shows, and the page of the copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from core.accounts.guard import query
from core.accounts.rules import Actor, Right
from core.edition.queries import settings
from core.intake.rules import Settings as Intake
from core.mentoring.rules import Settings as Mentoring
from core.office.calendar import Dated, ahead, days
from core.office.copies import Safety, safety
from core.speeddate.rules import Settings as SpeedDate
from core.store.audit import AuditEntry
from core.store.backup.copies import Copy, listing
from core.training.rules import Settings as Training

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from sqlmodel import Session


@query(Right.ENTER)
def days_ahead(session: Session, edition_id: int, *, today: date, by: Actor) -> list[Dated]:
    """The edition's days from today on; those without a day yet stand last."""
    found = days(
        settings(session, edition_id, Intake, by=by),
        settings(session, edition_id, Training, by=by),
        settings(session, edition_id, SpeedDate, by=by),
        settings(session, edition_id, Mentoring, by=by),
    )
    return ahead(found, today)


@query(Right.BACKUPS)
def copies(session: Session, folder: Path, *, by: Actor) -> list[Copy]:
    """The copies of the store that lie in this folder, the newest first."""
    return listing(folder)


@query(Right.BACKUPS)
def copies_safety(session: Session, folder: Path, *, by: Actor, at: datetime) -> Safety:
    """Whether there is a good copy that is not too old; only names are read, no file is opened."""
    first = session.exec(select(AuditEntry.at).order_by(col(AuditEntry.id)).limit(1)).first()
    return safety(listing(folder), first_act=first, at=at)
