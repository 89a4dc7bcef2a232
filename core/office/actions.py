"""What the staff can do about the whole: copy the store, take an act back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.accounts.guard import act
from core.accounts.rules import Actor, Right
from core.edition import actions as edition_actions
from core.edition import queries as editions
from core.edition.rules import Milestone, YearTaken, edition_name
from core.mentoring.rules import Settings as Mentoring
from core.office import copies
from core.office.closing import fates
from core.office.rules_of_year import SETTINGS
from core.office.undoing import undoable
from core.people.models import History
from core.store import audit
from core.store.backup.copies import Copy, Kind
from core.store.clock import ROME
from core.store.database import file_of
from core.store.errors import Refused
from core.store.travel import travel
from core.store.undo import undo

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlmodel import Session


class AlreadyClosed(Refused):
    """The edition has been closed."""


class StillRunning(Refused):
    """The months of the meetings are not over."""


@act(Right.BACKUPS, final=True)
def make_copy(session: Session, folder: Path, *, by: Actor, at: datetime) -> Copy:
    """Copy the store that this session reads, now; raises what `make` raises. No row changes, so the log notes it."""
    return copies.add(file_of(session), folder, kind=Kind.DEMAND, at=at)


@act(Right.ENTER, final=True)
def undo_act(session: Session, *, entry_id: int, by: Actor, at: datetime) -> None:
    """Put back what an act of the record changed; needs the right of that act, and for others' acts the record's too.

    Raises what `core.office.undoing` and `core.store.undo` refuse.
    """
    entry = undoable(session, entry_id, by=by)
    audit.undoes(session, entry)
    undo(session, entry)


@act(Right.EDITION)
def begin_edition(session: Session, *, year: int, like: int | None, by: Actor, at: datetime) -> int:
    """Make the edition of a year with the programme's own values, or like another one; returns its number.

    From the other one goes along what was set for each phase, its days moved by the years between, and what
    travels (the resources): no person, and nothing that happened.
    A year has one edition: lists, files and addresses tell editions apart by their years.
    Raises `NameTaken`, `NotFound`, `YearNotValid`, `YearTaken`, and what a phase's rules refuse.
    """
    if same := next((one for one in editions.editions(session, by=by) if one.year == year), None):
        raise YearTaken(name=same.name, year=str(year))
    new = edition_actions.create(session, name=edition_name(year), year=year, by=by, at=at)
    if like is None:
        return new
    model = editions.edition(session, like, by=by)
    for kind in SETTINGS:
        settings, version = editions.settings_with_version(session, like, kind, by=by)
        if version:
            moved = settings.moved(year - model.year)
            edition_actions.save_settings(session, edition_id=new, settings=moved, seen=0, by=by, at=at)
    travel(session, from_edition=like, to_edition=new)
    return new


@act(Right.EDITION)
def close_edition(session: Session, *, edition_id: int, by: Actor, at: datetime) -> int:
    """Write down what became of everybody and close the edition: from then on it is read and no longer changed.

    Returns how many rows of history there are; taking the act back opens the edition again.
    Raises `AlreadyClosed`, `NotFound`, `StillRunning`.
    """
    if editions.edition(session, edition_id, by=by).closed_at is not None:
        raise AlreadyClosed
    last = editions.settings(session, edition_id, Mentoring, by=by).last_day
    if at.astimezone(ROME).date() <= last:
        raise StillRunning(day=last)
    rows = fates(session, edition_id, by=by)
    session.add_all(History(edition_id=edition_id, **one._asdict()) for one in rows)
    edition_actions.pass_milestone(session, edition_id=edition_id, milestone=Milestone.CLOSED, by=by, at=at)
    return len(rows)
