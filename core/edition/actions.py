"""Making an edition and setting its rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import Session, select

from core.accounts.guard import act
from core.accounts.rules import Actor, Right
from core.edition.models import Edition, Passed, PhaseSettings
from core.edition.queries import Defaults, adapter, phase_of
from core.edition.rules import Milestone, NameTaken, checked_name, checked_year
from core.store import versions
from core.store.errors import NotFound

if TYPE_CHECKING:
    from datetime import datetime


@act(Right.EDITION)
def create(session: Session, *, name: str, year: int, by: Actor, at: datetime) -> int:
    """Make an edition and return its number; raises `NameNotValid`, `NameTaken`, `YearNotValid`."""
    edition = Edition(name=_free_name(session, name), year=checked_year(year))
    session.add(edition)
    session.flush()
    assert edition.id is not None  # noqa: S101 - the database has just given it
    return edition.id


@act(Right.EDITION)
def rename(session: Session, edition_id: int, *, name: str, seen: int, by: Actor, at: datetime) -> None:
    """Give an edition another name; raises `Changed`, `NameNotValid`, `NameTaken`."""
    edition = versions.get(session, Edition, edition_id, seen=seen, wanted={"name": name})
    if checked_name(name) != edition.name:
        edition.name = _free_name(session, name)


@act(Right.EDITION)
def save_settings(session: Session, *, edition_id: int, settings: Defaults, seen: int, by: Actor, at: datetime) -> None:
    """Keep what is set for a phase (already checked by its class); raises `Changed`, `NotFound`."""
    kind = type(settings)
    row = session.exec(
        select(PhaseSettings).where(PhaseSettings.edition_id == edition_id, PhaseSettings.phase == phase_of(kind))
    ).first()
    written = adapter(kind).dump_python(settings, mode="json")
    if row is None:
        if seen:
            raise NotFound
        session.add(PhaseSettings(edition_id=edition_id, phase=phase_of(kind), document=written))
        return
    drawn = None if seen else {"document": _defaults(session, edition_id, kind)}
    versions.get(session, PhaseSettings, row.id or 0, seen=seen, wanted={"document": written}, before=drawn)
    row.document = written


@act(Right.MATCH)
def pass_milestone(session: Session, *, edition_id: int, milestone: Milestone, by: Actor, at: datetime) -> None:
    """Write that the edition has passed a milestone; once is enough."""
    found = select(Passed).where(Passed.edition_id == edition_id, Passed.milestone == milestone)
    if session.exec(found).first() is None:
        session.add(Passed(edition_id=edition_id, milestone=milestone, at=at))


def _defaults(session: Session, edition_id: int, kind: type[Defaults]) -> dict[str, Any]:
    year = versions.get(session, Edition, edition_id).year
    return adapter(kind).dump_python(kind.defaults(year), mode="json")


def _free_name(session: Session, name: str) -> str:
    clean = checked_name(name)
    if session.exec(select(Edition.id).where(Edition.name == clean)).first() is not None:
        raise NameTaken(name=clean)
    return clean
