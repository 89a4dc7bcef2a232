"""Which editions there are, what is set for one, and what it has passed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from core.accounts.guard import query
from core.accounts.rules import Actor, Right
from core.edition.models import Edition, Passed, PhaseSettings
from core.store.errors import NotFound

if TYPE_CHECKING:
    from datetime import datetime

    from core.edition.rules import Milestone


class Defaults(Protocol):
    """The settings of a phase: a frozen dataclass that knows the programme's own values for a year."""

    @classmethod
    def defaults(cls, year: int) -> Defaults:
        """The programme's own values for the edition that begins in `year`."""
        ...


S = TypeVar("S", bound=Defaults)


@dataclass(frozen=True, slots=True)
class EditionSummary:
    """An edition as lists and titles show it."""

    id: int
    name: str
    year: int
    version: int


@query(Right.ENTER)
def editions(session: Session, *, by: Actor) -> list[EditionSummary]:
    """All editions, the newest first."""
    rows = session.exec(select(Edition).order_by(col(Edition.year).desc(), col(Edition.id).desc())).all()
    return [EditionSummary(row.id or 0, row.name, row.year, row.version) for row in rows]


@query(Right.ENTER)
def edition(session: Session, edition_id: int, *, by: Actor) -> EditionSummary:
    """One edition; raises `NotFound`."""
    row = session.get(Edition, edition_id)
    if row is None:
        raise NotFound
    return EditionSummary(edition_id, row.name, row.year, row.version)


@query(Right.ENTER)
def settings(session: Session, edition_id: int, kind: type[S], *, by: Actor) -> S:
    """What is set for a phase in this edition; the programme's own values where nothing is."""
    return settings_with_version(session, edition_id, kind, by=by)[0]


@query(Right.ENTER)
def settings_with_version(session: Session, edition_id: int, kind: type[S], *, by: Actor) -> tuple[S, int]:
    """As `settings`, with the version to hand back when saving; 0 when nothing is saved yet."""
    row = session.exec(
        select(PhaseSettings).where(PhaseSettings.edition_id == edition_id, PhaseSettings.phase == phase_of(kind))
    ).first()
    if row is None:
        year = edition(session, edition_id, by=by).year
        return kind.defaults(year), 0  # pyright: ignore[reportReturnType] - a class makes values of itself
    return adapter(kind).validate_python(row.document), row.version


@query(Right.ENTER)
def passed(session: Session, edition_id: int, milestone: Milestone, *, by: Actor) -> datetime | None:
    """When the edition passed the milestone, if it has."""
    return session.exec(select(Passed.at).where(Passed.edition_id == edition_id, Passed.milestone == milestone)).first()


def phase_of(kind: type[object]) -> str:
    """The phase that a settings class belongs to, by the folder that defines it."""
    return kind.__module__.split(".")[1]


@cache
def adapter(kind: type[Any]) -> TypeAdapter[Any]:
    """Reads and writes a settings dataclass as a JSON document."""
    return TypeAdapter(kind)
