"""Two people save the same thing: the second is told what changed, nothing is overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from sqlmodel import Session, col, select

from core.store.audit import AuditChange, AuditEntry, image_of
from core.store.errors import Changed, Difference, NotFound
from core.store.table import Versioned, table_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.store.images import Image

T = TypeVar("T", bound=Versioned)


def get(
    session: Session,
    kind: type[T],
    row_id: int,
    *,
    seen: int | None = None,
    wanted: Image | None = None,
    before: Image | None = None,
) -> T:
    """The row; raises `NotFound`, or `Changed` with the differences when it is not the version `seen`.

    `wanted` are the fields as the person would have saved them, told beside the differences; `before` is what
    the form was drawn with when there was no row yet.
    """
    row = session.get(kind, row_id)
    if row is None:
        raise NotFound
    if seen is not None and row.version != seen:
        raise _changed(session, row, seen, wanted or {}, before)
    return row


def _changed(session: Session, row: Versioned, seen: int, wanted: Image, before: Image | None) -> Changed:
    now = image_of(row)
    changes = session.exec(
        select(AuditChange, AuditEntry)
        .join(AuditEntry)
        .where(AuditChange.table_name == table_name(type(row)), AuditChange.row_id == now["id"])
        .order_by(col(AuditChange.id).desc())
    ).all()
    last = changes[0][1]
    images = (change.before for change, _ in changes)
    then: Image = next((image for image in images if image and image["version"] == seen), {**now, **(before or {})})
    return Changed(who=last.actor, when=last.at, differences=tuple(_differences(then, now, wanted)))


def _differences(then: Image, now: Image, wanted: Image) -> Iterator[Difference]:
    """What differs, field by field; a document is opened and told by its own fields."""
    for field in [name for name in {**now, **then} if name != "version"]:
        was, is_now, yours = then.get(field), now.get(field), wanted.get(field)
        if isinstance(was, dict) and isinstance(is_now, dict):
            yield from _differences(cast("Image", was), cast("Image", is_now), cast("Image", yours or {}))
        elif was != is_now or yours not in (None, was):
            yield Difference(field, was, is_now, yours)
