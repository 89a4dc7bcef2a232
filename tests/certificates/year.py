"""A year up to its end: published pairs, their meetings, and who was there at the training."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.matching.models import Pair, Publication
from core.matching.rules import Policy
from core.mentoring.models import Meeting
from core.mentoring.rules import Way
from core.people.rules import Side
from core.training.models import Attendance
from tests import make

if TYPE_CHECKING:
    from collections.abc import Iterable

FIRST = date(2026, 11, 5)


def publish(edition: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """The pairs of a mentee and a mentor as they were published; their numbers."""
    with make.writing() as session:
        made = Publication(
            edition_id=edition,
            policy=next(iter(Policy)),
            seed=1,
            profile=[],
            unlisted=0,
            unmatched=0,
            inputs="0" * 64,
            published_at=make.AT,
        )
        session.add(made)
        session.flush()
        rows = [Pair(publication_id=made.id or 0, mentee_id=mentee, mentor_id=mentor) for mentee, mentor in pairs]
        session.add_all(rows)
        session.flush()
        return [row.id or 0 for row in rows]


def meet(pair: int, times: int, *, minutes: int = 90) -> None:
    """So many meetings, one every three weeks."""
    with make.writing() as session:
        for turn in range(times):
            day = FIRST + timedelta(weeks=3 * turn)
            session.add(Meeting(pair_id=pair, held_on=day, minutes=minutes, way=Way.ONLINE, entered_at=make.AT))


def attend(application: int, *sessions: int) -> None:
    """There at these sessions of the training."""
    with make.writing() as session:
        session.add_all(Attendance(application_id=application, session=number) for number in sessions)


def finished(edition: int, mentee: str = "Giulia Rossi", mentor: str = "Paolo Conti", **facts: str) -> tuple[int, int]:
    """A mentee and a mentor who did all that is asked; their applications. The pairs are published with them."""
    one = make.a_participant(edition, Side.MENTEE, name=mentee)
    other = make.a_participant(edition, Side.MENTOR, name=mentor, **facts)
    [pair] = publish(edition, [(one, other)])
    meet(pair, 6)
    attend(one, 1)
    attend(other, 1, 2)
    return one, other
