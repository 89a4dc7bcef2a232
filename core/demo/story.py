"""One edition and all that happens in it: what the chapters know, and how far they are played."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.demo.chance import lots
from core.intake.queries import applicants, opened
from core.selection.participants import participants
from core.store import database

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    from core.demo.applications import Applicant
    from core.demo.dates import Calendar
    from core.demo.population import Population
    from core.demo.team import Team
    from core.people.rules import Side

Scene = tuple[datetime, Callable[[datetime], None]]
"""When something happens, and the act, which is told the moment."""
Chapter = Callable[["Story"], "Iterable[Scene]"]


@dataclass(frozen=True, slots=True)
class Story:
    """An edition, its people, and who works with it; `share` of the taxonomy's numbers take part."""

    edition_id: int
    year: Calendar
    people: Population
    team: Team
    seed: str
    share: float = 1.0

    def lots(self, *about: object) -> Random:
        """The lots for one matter of this edition."""
        return lots(self.seed, *about)

    def applied(self, side: Side) -> dict[int, Applicant]:
        """Who is in the store so far, by application, as they were drawn."""
        drawn = self.people.by_mail
        with database.reading() as session:
            rows = applicants(session, self.edition_id, side=side, by=self.team["coordinator"])
        return {row.application_id: drawn[side, row.mail] for row in rows if not row.withdrawn}

    def taking_part(self, side: Side) -> dict[int, Applicant]:
        """The participants so far, by application, as they were drawn."""
        drawn = self.people.by_mail
        with database.reading() as session:
            return {row.application_id: drawn[side, row.mail] for row in participants(session, self.edition_id, side)}

    def version(self, application: int) -> int:
        """The version of an application, as somebody who opens it sees it."""
        with database.reading() as session:
            return opened(session, application, by=self.team["coordinator"]).application.version


def play(story: Story, chapters: Iterable[Chapter], until: datetime) -> None:
    """Make all acts that are dated before this moment, chapter by chapter."""
    for chapter in chapters:
        for at, act in sorted(chapter(story), key=lambda scene: scene[0]):
            if at <= until:
                act(at)


def shortly(at: datetime, number: int) -> datetime:
    """A few minutes later for each act of a row of acts."""
    return at + timedelta(minutes=2 * number)
