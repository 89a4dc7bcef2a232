"""Which sessions each participant attended. Not guarded: each caller asks its own right."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.intake.models import Application
from core.training.models import Attendance

if TYPE_CHECKING:
    from collections.abc import Mapping


def attended(session: Session, edition_id: int) -> Mapping[int, frozenset[int]]:
    """The numbers of the sessions that each application's person attended; who attended none is not there."""
    rows = session.exec(
        select(Attendance.application_id, Attendance.session)
        .join(Application)
        .where(col(Application.edition_id) == edition_id)
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    for application, number in rows:
        found[application].add(number)
    return {application: frozenset(numbers) for application, numbers in found.items()}
