"""Which editions there are, what is set for one, and what it has passed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from core.accounts.guard import query
from core.accounts.rules import Actor, Right
from core.edition.models import Edition, Passed, PhaseSettings
from core.edition.rules import Milestone
from core.store.errors import NotFound
from core.store.remembered import remembered

if TYPE_CHECKING:
    from datetime import datetime


class Defaults(Protocol):
    """The settings of a phase: a frozen dataclass that knows the programme's own values for a year."""

    @classmethod
    def defaults(cls, year: int) -> Defaults:
        """The programme's own values for the edition that begins in `year`."""
        ...

    def moved(self, years: int) -> Defaults:
        """The same for an edition that begins so many years later, each day as its phase moves it."""
        ...


S = TypeVar("S", bound=Defaults)
# Put together once: every page asks them.
SUMMARY: tuple[Any, ...] = (Edition.id, Edition.name, Edition.year, Edition.version, Passed.at)
SUMMARIES = (
    sa.select(*SUMMARY)
    .select_from(Edition)
    .outerjoin(Passed, sa.and_(col(Passed.edition_id) == Edition.id, col(Passed.milestone) == Milestone.CLOSED))
)
"""In the order of a summary's fields."""
ALL = SUMMARIES.order_by(col(Edition.year).desc(), col(Edition.id).desc())
ONE = SUMMARIES.where(col(Edition.id) == sa.bindparam("edition"))
SET = (
    select(Edition.year, col(PhaseSettings.document), col(PhaseSettings.version))
    .outerjoin(
        PhaseSettings,
        sa.and_(col(PhaseSettings.edition_id) == Edition.id, col(PhaseSettings.phase) == sa.bindparam("phase")),
    )
    .where(col(Edition.id) == sa.bindparam("edition"))
)
WHEN_PASSED = select(Passed.at).where(
    col(Passed.edition_id) == sa.bindparam("edition"), col(Passed.milestone) == sa.bindparam("milestone")
)


@dataclass(frozen=True, slots=True)
class EditionSummary:
    """An edition as lists and titles show it."""

    id: int
    name: str
    year: int
    version: int
    closed_at: datetime | None = None
    """When it was closed; from then on it is read and no longer changed."""


@query(Right.ENTER)
def editions(session: Session, *, by: Actor) -> list[EditionSummary]:
    """All editions, the newest first."""
    return [EditionSummary(*row) for row in session.connection().execute(ALL)]


@query(Right.ENTER)
def edition(session: Session, edition_id: int, *, by: Actor) -> EditionSummary:
    """One edition; raises `NotFound`."""
    row = session.connection().execute(ONE, {"edition": edition_id}).first()
    if row is None:
        raise NotFound
    return EditionSummary(*row)


@query(Right.ENTER)
def settings(session: Session, edition_id: int, kind: type[S], *, by: Actor) -> S:
    """What is set for a phase in this edition; the programme's own values where nothing is."""
    return settings_with_version(session, edition_id, kind, by=by)[0]


@query(Right.ENTER)
def settings_with_version(session: Session, edition_id: int, kind: type[S], *, by: Actor) -> tuple[S, int]:
    """As `settings`, with the version to hand back when saving; 0 when nothing is saved yet."""
    return cast("tuple[S, int]", _set(session, edition_id, kind))


@query(Right.ENTER)
def passed(session: Session, edition_id: int, milestone: Milestone, *, by: Actor) -> datetime | None:
    """When the edition passed the milestone, if it has."""
    return session.exec(WHEN_PASSED, params={"edition": edition_id, "milestone": milestone}).first()


@remembered
def _set(session: Session, edition_id: int, kind: type[Any]) -> tuple[object, int]:
    row = session.exec(SET, params={"edition": edition_id, "phase": phase_of(kind)}).first()
    if row is None:
        raise NotFound
    year, document, version = row
    return (adapter(kind).validate_python(document), version) if version else (kind.defaults(year), 0)


def phase_of(kind: type[object]) -> str:
    """The phase that a settings class belongs to, by the folder that defines it."""
    return kind.__module__.split(".")[1]


@cache
def adapter(kind: type[Any]) -> TypeAdapter[Any]:
    """Reads and writes a settings dataclass as a JSON document."""
    return TypeAdapter(kind)
