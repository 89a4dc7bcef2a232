"""An edition that is closed is read and no longer changed, whatever the act: asked of each act before it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from core.edition.models import Edition, Passed
from core.edition.rules import Milestone
from core.store import audit
from core.store.errors import Refused
from core.store.table import table_name

if TYPE_CHECKING:
    from sqlmodel import Session


class EditionClosed(Refused):
    """The edition is closed: it is read and no longer changed."""


def refuse_closed(session: Session) -> None:
    """Raise `EditionClosed` when the act has changed anything of an edition that was closed before it.

    The act that closes an edition may still write into it, and one that takes the closing back opens it again.
    """
    touched = audit.touched(session)
    if not touched:
        return
    closed = session.exec(
        select(Edition.id)
        .join(Passed)
        .where(col(Edition.id).in_(touched), Passed.milestone == Milestone.CLOSED)
        .where(col(Passed.id).not_in(audit.made_here(session, table_name(Passed))))
    ).first()
    if closed is not None:
        raise EditionClosed
