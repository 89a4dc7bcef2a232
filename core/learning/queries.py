"""What lies in the self-learning area of an edition, as the staff look after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlmodel import Session, col

from core.accounts.guard import query
from core.accounts.rules import Actor, Right
from core.learning.models import Resource
from core.learning.rules import Draft, Titled
from core.store.errors import NotFound

if TYPE_CHECKING:
    from core.learning.rules import Audience


@dataclass(frozen=True, slots=True)
class Listed(Titled):
    """A resource as the list shows it, without its texts."""

    id: int
    audience: Audience
    title_it: str
    title_en: str
    link: str
    shown: bool


COLUMNS: tuple[Any, ...] = (
    Resource.id,
    Resource.audience,
    Resource.title_it,
    Resource.title_en,
    Resource.link,
    Resource.shown,
)
"""In the order of the fields of `Listed`."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A resource with all that can be changed, and the version to hand back when saving."""

    draft: Draft
    version: int


@query(Right.LEARNING)
def resources(session: Session, edition_id: int, *, by: Actor) -> list[Listed]:
    """All resources in order of position, the hidden ones too."""
    found = (
        sa.select(*COLUMNS)
        .where(col(Resource.edition_id) == edition_id)
        .order_by(col(Resource.position), col(Resource.id))
    )
    return [Listed(*row) for row in session.connection().execute(found)]


@query(Right.LEARNING)
def opened(session: Session, edition_id: int, resource_id: int, *, by: Actor) -> Opened:
    """One resource with its texts; raises `NotFound`."""
    row = session.get(Resource, resource_id)
    if row is None or row.edition_id != edition_id:
        raise NotFound
    draft = Draft(row.audience, row.title_it, row.title_en, row.text_it, row.text_en, row.link, row.shown)
    return Opened(draft, row.version)
