"""Who has earned a certificate and what is missing, and whom the programme may thank in public."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.accounts.guard import query
from core.accounts.rules import Actor, Right
from core.certificates.paper import Done, Paper
from core.certificates.rules import Facts, Missing, Settings, missing
from core.edition import queries as editions
from core.intake.models import Application
from core.matching.models import Pair, Publication
from core.mentoring.models import Meeting
from core.mentoring.tally import Tally, tallies
from core.people.models import Consent
from core.people.names import Named
from core.people.rules import ConsentKind, Side
from core.selection.participants import Participant, participants
from core.training.attended import attended
from core.training.rules import Settings as Training

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from core.training.rules import Session as Lesson


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


class ConsentState(StrEnum):
    """Whether somebody may be named in public."""

    GIVEN = "given"
    NEVER = "never"
    """Not asked yet, or refused when asked."""
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Thanked(Named):
    """A mentor with a pair, and the consent to being named: since when it stands as it does, if it was ever given."""

    person_id: int
    first_name: str
    last_name: str
    mail: str
    company: str | None
    job_title: str | None
    state: ConsentState
    since: datetime | None

    @property
    def consents(self) -> bool:
        """Whether the name may stand in public."""
        return self.state is ConsentState.GIVEN


@query(Right.CERTIFICATES)
def standings(session: Session, edition_id: int, *, side: Side | None = None, by: Actor) -> list[Standing]:
    """The participants of one side, or of both with the mentees first, by surname."""
    rules = editions.settings(session, edition_id, Settings, by=by)
    lessons = editions.settings(session, edition_id, Training, by=by)
    were_there = attended(session, edition_id)
    pairs = _by_member(tallies(session, edition_id).values())
    periods = _periods(session, edition_id)
    rows: list[Standing] = []
    for one_side in [side] if side else Side:
        for one in participants(session, edition_id, one_side):
            own = one.application_id
            heard = [lesson for lesson in _lessons(lessons, one_side) if lesson.number in were_there.get(own, ())]
            held = pairs.get(own, ())
            facts = _facts(_followed(lessons, one_side, len(heard)), held)
            done = _done(heard, held, periods.get(own))
            lacks = missing(rules.of(one_side), facts)
            rows.append(Standing(own, one.first_name, one.last_name, one_side, facts, done, lacks))
    return rows


@query(Right.CERTIFICATES)
def thanks(session: Session, edition_id: int, *, by: Actor) -> list[Thanked]:
    """The mentors who take part and have a published pair, by surname, each with the consent to being named."""
    paired = {pair.mentor_id for pair in tallies(session, edition_id).values()}
    mentors = [one for one in participants(session, edition_id, Side.MENTOR) if one.application_id in paired]
    told = session.exec(
        select(Consent.person_id, Consent.given_at, Consent.withdrawn_at)
        .join(Application, col(Application.person_id) == Consent.person_id)
        .where(Consent.kind == ConsentKind.ACKNOWLEDGEMENT, Application.edition_id == edition_id)
    )
    consents = {person: (given, withdrawn) for person, given, withdrawn in told}
    return [_thanked(one, *consents.get(one.person_id, (None, None))) for one in mentors]


def _thanked(mentor: Participant, given: datetime | None, withdrawn: datetime | None) -> Thanked:
    ever = ConsentState.WITHDRAWN if withdrawn else ConsentState.GIVEN
    state = ever if given else ConsentState.NEVER
    return Thanked(
        mentor.person_id,
        mentor.first_name,
        mentor.last_name,
        mentor.mail,
        mentor.company,
        mentor.job_title,
        state,
        withdrawn or given,
    )


def _lessons(settings: Training, side: Side) -> tuple[Lesson, ...]:
    return settings.mentor_sessions if side is Side.MENTOR else settings.mentee_sessions


def _followed(settings: Training, side: Side, heard: int) -> tuple[int, int]:
    """How many sessions somebody has attended, of how many expected: mentors all of theirs, mentees one of theirs."""
    offered = len(_lessons(settings, side))
    expected = offered if side is Side.MENTOR else min(offered, 1)
    return min(heard, expected), expected


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
    rows = session.connection().execute(
        sa.select(
            col(Pair.mentee_id),
            col(Pair.mentor_id),
            sa.func.min(col(Meeting.held_on)),
            sa.func.max(col(Meeting.held_on)),
        )
        .join(Publication, col(Publication.id) == col(Pair.publication_id))
        .join(Meeting, col(Meeting.pair_id) == col(Pair.id))
        .where(col(Publication.edition_id) == edition_id)
        .group_by(col(Pair.id))
    )
    found: dict[int, tuple[date, date]] = {}
    for *members, first, last in rows:
        for member in members:
            before = found.get(member, (first, last))
            found[member] = (min(first, before[0]), max(last, before[1]))
    return found
