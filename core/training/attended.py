"""Which sessions each participant attended. Not guarded: each caller asks its own right."""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlmodel import Session, col

from core.intake.models import Application
from core.store.remembered import remembered
from core.training.models import Attendance

if TYPE_CHECKING:
    from collections.abc import Mapping

ATTENDED = (
    sa.select(col(Attendance.application_id), col(Attendance.session))
    .join(Application, col(Application.id) == col(Attendance.application_id))
    .where(col(Application.edition_id) == sa.bindparam("edition"))
)
"""Put together once, which costs more than asking it."""


@remembered
def attended(session: Session, edition_id: int) -> Mapping[int, frozenset[int]]:
    """The numbers of the sessions that each application's person attended; who attended none is not there."""
    rows = session.connection().execute(ATTENDED, {"edition": edition_id})
    found: defaultdict[int, set[int]] = defaultdict(set)
    for application, number in rows:
        found[application].add(number)
    return MappingProxyType({application: frozenset(numbers) for application, numbers in found.items()})
