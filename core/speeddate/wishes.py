"""What all ballots of an edition say. The matching reads them here.

Not guarded: each phase asks its own right in the query that calls this, and hides what it must.
"""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.intake.models import Application
from core.speeddate.models import Ballot, Choice, Veto
from core.speeddate.rules import Wishes
from core.store.remembered import remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import ColumnElement

CHOICES = select(Ballot.mentee_id, Choice.rank, Choice.mentor_id).join(Choice)
VETOES = select(Ballot.mentee_id, Veto.mentor_id).join(Veto)
IS_HERE = col(Application.edition_id) == sa.bindparam("edition")
CHOICES_HERE, VETOES_HERE = (
    CHOICES.join(Application, col(Application.id) == Ballot.mentee_id).where(IS_HERE),
    (VETOES.join(Application, col(Application.id) == Ballot.mentee_id).where(IS_HERE)),
)


def ballots_of(session: Session, edition_id: int) -> dict[int, Ballot]:
    """The ballots of an edition by mentee, also those that were taken away and are empty now."""
    rows = session.exec(
        select(Ballot)
        .join(Application, col(Application.id) == Ballot.mentee_id)
        .where(Application.edition_id == edition_id)
    )
    return {ballot.mentee_id: ballot for ballot in rows}


def wishes_of(session: Session, ballot: Ballot) -> Wishes | None:
    """What this ballot says, vetoes included; None of an empty one."""
    mine = col(Ballot.id) == ballot.id
    return _together(session.exec(CHOICES.where(mine)), session.exec(VETOES.where(mine))).get(ballot.mentee_id)


@remembered
def wishes(session: Session, edition_id: int) -> Mapping[int, Wishes]:
    """What each mentee's ballot says, vetoes included; an empty ballot is none."""
    of = {"edition": edition_id}
    return MappingProxyType(_together(session.exec(CHOICES_HERE, params=of), session.exec(VETOES_HERE, params=of)))


def _together(choices: Iterable[tuple[int, int, int]], vetoes: Iterable[tuple[int, int]]) -> dict[int, Wishes]:
    ranked: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for mentee, rank, mentor in choices:
        ranked[mentee][rank].append(mentor)
    vetoed: defaultdict[int, list[int]] = defaultdict(list)
    for mentee, mentor in vetoes:
        vetoed[mentee].append(mentor)
    return {
        mentee: Wishes(
            ranks=tuple(tuple(sorted(group)) for _, group in sorted(ranked[mentee].items())),
            vetoes=tuple(sorted(vetoed[mentee])),
        )
        for mentee in {*ranked, *vetoed}
    }


def says_something() -> ColumnElement[bool]:
    """Whether a ballot says anything, as a condition; one that was taken away does not."""
    return sa.or_(*(sa.exists().where(col(kind.ballot_id) == Ballot.id) for kind in (Choice, Veto)))
