"""What audiences are found in: the applications of an edition and all that has come of them, each asked once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col

from core.edition import queries as editions
from core.edition.rules import Milestone
from core.intake.models import Application
from core.language.text import OFFERED, Language
from core.mentoring import queries as mentoring
from core.office.audiences.answers import answered_places
from core.people.models import Person
from core.people.names import Named
from core.selection.models import Decision
from core.selection.rules import Outcome
from core.store.clock import ROME
from core.training.rules import Settings as Training

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from core.accounts.rules import Actor
    from core.edition.queries import Defaults
    from core.mentoring.queries import Followed
    from core.messages.fields import Field
    from core.people.rules import Side
    from core.store.errors import Told

S = TypeVar("S", bound="Defaults")
COLUMNS: tuple[Any, ...] = (
    Application.id,
    Application.person_id,
    Person.first_name,
    Person.last_name,
    Person.mail,
    Person.language,
    Application.side,
    Application.course,
    Application.company,
    Application.job_title,
    Application.withdrawn_at,
    Decision.id,
    Decision.version,
    Decision.outcome,
    Decision.decided_at,
)
"""In the order of an applied one's fields."""
APPLIED = (
    sa.select(*COLUMNS)
    .select_from(Application)
    .join(Person, col(Person.id) == Application.person_id)
    .outerjoin(Decision, col(Decision.application_id) == Application.id)
    .where(col(Application.edition_id) == sa.bindparam("edition"))
    .order_by(Person.search_key)
)
"""Put together once, which costs more than asking it."""


@dataclass(frozen=True, slots=True)
class Applied(Named):
    """Somebody who applied, with what was decided; the number is the application's."""

    application_id: int
    person_id: int
    first_name: str
    last_name: str
    mail: str
    asked_language: Language | None
    side: Side
    course: str | None
    company: str | None
    job_title: str | None
    withdrawn_at: datetime | None
    decision_id: int | None
    decision_version: int | None
    outcome: Outcome | None
    decided_at: datetime | None

    @property
    def language(self) -> Language:
        """In which the person is written to."""
        asked = self.asked_language
        return asked if asked is not None and asked in OFFERED else Language.ITALIAN

    @property
    def decided_on(self) -> date | None:
        """The day of the decision."""
        return None if self.decided_at is None else _day(self.decided_at)

    @property
    def takes_part(self) -> bool:
        """Selected, and not withdrawn."""
        return self.outcome is Outcome.SELECTED and self.withdrawn_at is None

    @property
    def role(self) -> str:
        """What somebody does where, as far as it is known."""
        return ", ".join(filter(None, (self.job_title, self.company)))


@lru_cache(maxsize=1024)
def _day(at: datetime) -> date:
    return at.astimezone(ROME).date()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom an occasion is meant for: about which matter, why, and what only this letter says.

    `settled`: there is no need to write, or not now: the list names the person, and nobody waits.
    """

    one: Applied
    matter: str
    why: Told
    own: Mapping[Field, object] = field(default_factory=dict["Field", object])
    settled: bool = False


class Sources:
    """One edition as a day finds it; whoever is asked for is read from the store then, and once."""

    def __init__(self, session: Session, edition_id: int, *, today: date, by: Actor) -> None:
        self.session, self.edition_id, self.today, self.by = session, edition_id, today, by
        self._rules: dict[type[object], object] = {}

    def rules(self, kind: type[S]) -> S:
        """What is set for a phase."""
        if kind not in self._rules:
            self._rules[kind] = editions.settings(self.session, self.edition_id, kind, by=self.by)
        return self._rules[kind]  # pyright: ignore[reportReturnType] - kept under its own class

    @cached_property
    def applied(self) -> Sequence[Applied]:
        """Everybody who applied, by surname."""
        rows = self.session.connection().execute(APPLIED, {"edition": self.edition_id})
        return [Applied(*row) for row in rows]

    @cached_property
    def answered(self) -> frozenset[int]:
        """The applications whose people have said whether they take the place."""
        return answered_places(self.session, self.edition_id)

    @cached_property
    def by_application(self) -> Mapping[int, Applied]:
        """The same by the application."""
        return {one.application_id: one for one in self.applied}

    def participants(self, side: Side | None = None) -> list[Applied]:
        """Who takes part, on one side or on both, by surname."""
        return [one for one in self.applied if one.takes_part and side in {None, one.side}]

    @cached_property
    def published(self) -> bool:
        """Whether the pairs are."""
        return editions.passed(self.session, self.edition_id, Milestone.PAIRS_PUBLISHED, by=self.by) is not None

    def to_come(self, side: Side) -> list[datetime]:
        """When the training sessions of a side begin that are not over, today's included."""
        starts = [one.starts_at for one in self.rules(Training).of(side)]
        return [one for one in starts if one.astimezone(ROME).date() >= self.today]

    @cached_property
    def pairs(self) -> Sequence[Followed]:
        """The published pairs that have not ended, with their meetings and how each stands."""
        found = mentoring.followed(self.session, self.edition_id, today=self.today, by=self.by)
        return [one for one in found if not one.pair.ended]

    @cached_property
    def pairs_of(self) -> Mapping[int, Sequence[Followed]]:
        """The pairs of each application, on either side."""
        found: defaultdict[int, list[Followed]] = defaultdict(list)
        for one in self.pairs:
            found[one.pair.mentee_id].append(one)
            found[one.pair.mentor_id].append(one)
        return found
