"""One's own training, and the dates that one can choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlmodel import col

from core.accounts.guard import query
from core.accounts.rules import SYSTEM, Actor, Right
from core.edition.queries import settings
from core.intake.models import Application
from core.selection.participants import own_participations
from core.training.models import DateChoice
from core.training.queries.dates import Dated, dated
from core.training.rules import Session, Settings, has_choice

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session as Store

    from core.people.rules import Side

COLUMNS: tuple[Any, ...] = (DateChoice.application_id, DateChoice.session, DateChoice.wants, DateChoice.answered_at)
CHOICES = (
    sa.select(*COLUMNS)
    .join(Application, col(Application.id) == col(DateChoice.application_id))
    .where(col(Application.edition_id) == sa.bindparam("edition"), col(Application.withdrawn_at).is_(None))
)


@dataclass(frozen=True, slots=True)
class MyTraining:
    """One's own training: all sessions of the side, or the dates to choose from and what was chosen."""

    application_id: int
    side: Side
    dates: tuple[Dated, ...]
    choice: bool
    session: int | None
    wants: int | None
    answered_at: datetime | None = None

    @property
    def mine(self) -> tuple[Session, ...]:
        """The sessions at which one is expected: the one chosen, or all where there is nothing to choose."""
        return tuple(one.session for one in self.dates if not self.choice or one.session.number == self.session)


@query(Right.OWN)
def my_trainings(session: Store, edition_id: int, *, by: Actor) -> list[MyTraining]:
    """The training of whoever asks: one, or one on each side."""
    rules = settings(session, edition_id, Settings, by=SYSTEM)
    held = {row.application_id: row for row in session.connection().execute(CHOICES, {"edition": edition_id})}
    numbers = [row.session for row in held.values()]
    found: list[MyTraining] = []
    for application, side in own_participations(session, edition_id, by.person_id):
        row = held.get(application)
        dates, choice = dated(rules.of(side), numbers), has_choice(side, rules.of(side))
        said = (row.session, row.wants, row.answered_at) if row else (None, None, None)
        found.append(MyTraining(application, side, dates, choice, *said))
    return found
