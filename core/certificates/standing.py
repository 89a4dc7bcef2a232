"""What each participant has done for a certificate, and lacks. Not guarded: each caller asks its own right."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlmodel import Session, col

from core.certificates.paper import Done, Paper
from core.certificates.rules import Facts, Missing, Settings, missing
from core.edition import queries as editions
from core.matching.models import Pair, Publication
from core.mentoring.models import Meeting
from core.mentoring.tally import Tally, tallies
from core.people.names import Named
from core.people.rules import Side
from core.selection.participants import participants
from core.store.remembered import remembered
from core.training.attended import attended
from core.training.rules import Settings as Training
from core.training.rules import followed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from core.accounts.rules import Actor
    from core.training.rules import Session as Lesson

MET = (
    sa.select(
        col(Pair.mentee_id), col(Pair.mentor_id), sa.func.min(col(Meeting.held_on)), sa.func.max(col(Meeting.held_on))
    )
    .join(Publication, col(Publication.id) == col(Pair.publication_id))
    .join(Meeting, col(Meeting.pair_id) == col(Pair.id))
    .where(col(Publication.edition_id) == sa.bindparam("edition"))
    .group_by(col(Pair.id))
)
"""Put together once, which costs more than asking it."""


@dataclass(frozen=True, slots=True)
class Standing(Named):
    """A participant with what was done and what is missing; the number is the application's."""

    application_id: int
    first_name: str
    last_name: str
    side: Side
    facts: Facts
    done: Done
    missing: tuple[Missing, ...]

    @property
    def earned(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    def paper(self, *, edition: str, issued_on: date) -> Paper:
        """What stands on the certificate."""
        return Paper(self.spoken, self.listed, self.side, edition, self.done, issued_on)


def standing(session: Session, edition_id: int, *, side: Side | None = None, by: Actor) -> list[Standing]:
    """The participants of one side, or of both with the mentees first, by surname."""
    rules = editions.settings(session, edition_id, Settings, by=by)
    lessons = editions.settings(session, edition_id, Training, by=by)
    return [one for one in _standing(session, edition_id, rules, lessons) if side in (None, one.side)]


@remembered
def _standing(session: Session, edition_id: int, rules: Settings, lessons: Training) -> tuple[Standing, ...]:
    were_there = attended(session, edition_id)
    pairs = _by_member(tallies(session, edition_id).values())
    periods = _periods(session, edition_id)
    rows: list[Standing] = []
    for one_side in Side:
        offered = lessons.of(one_side)
        for one in participants(session, edition_id, one_side):
            own = one.application_id
            there, held = were_there.get(own, frozenset()), pairs.get(own, ())
            heard = [lesson for lesson in offered if lesson.number in there]
            facts = _facts(followed(one_side, offered, there), held)
            done = _done(heard, held, periods.get(own))
            lacks = missing(rules.of(one_side), facts)
            rows.append(Standing(own, one.first_name, one.last_name, one_side, facts, done, lacks))
    return tuple(rows)


def _facts(followed: tuple[int, int], pairs: Sequence[Tally]) -> Facts:
    return Facts(
        *followed,
        partners=len(pairs),
        meetings=max((pair.meetings for pair in pairs), default=0),
        minutes=sum(pair.minutes for pair in pairs),
    )


def _done(heard: Sequence[Lesson], pairs: Sequence[Tally], period: tuple[date, date] | None) -> Done:
    return Done(
        sessions=len(heard),
        session_minutes=sum(lesson.minutes for lesson in heard),
        meetings=sum(pair.meetings for pair in pairs),
        minutes=sum(pair.minutes for pair in pairs),
        period=period,
    )


def _by_member(pairs: Iterable[Tally]) -> Mapping[int, Sequence[Tally]]:
    """The pairs of each application, on either side."""
    of: defaultdict[int, list[Tally]] = defaultdict(list)
    for pair in pairs:
        of[pair.mentee_id].append(pair)
        of[pair.mentor_id].append(pair)
    return of


def _periods(session: Session, edition_id: int) -> dict[int, tuple[date, date]]:
    """The first and the last day on which each application's pairs met."""
    rows = session.connection().execute(MET, {"edition": edition_id})
    found: dict[int, tuple[date, date]] = {}
    for *members, first, last in rows:
        for member in members:
            before = found.get(member, (first, last))
            found[member] = (min(first, before[0]), max(last, before[1]))
    return found
