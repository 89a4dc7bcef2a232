"""What all ballots of an edition say. The matching reads them here.

Not guarded: each phase asks its own right in the query that calls this, and hides what it must.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.intake.models import Application
from core.speeddate.models import Ballot, Choice, Veto
from core.speeddate.rules import Wishes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement


def ballots_of(session: Session, edition_id: int) -> dict[int, Ballot]:
    """The ballots of an edition by mentee, also those that were taken away and are empty now."""
    rows = session.exec(
        select(Ballot)
        .join(Application, col(Application.id) == Ballot.mentee_id)
        .where(Application.edition_id == edition_id)
    )
    return {ballot.mentee_id: ballot for ballot in rows}


def wishes_of(session: Session, ballots: Iterable[Ballot]) -> dict[int, Wishes]:
    """What these ballots say, by mentee, vetoes included; an empty ballot is none."""
    mentee = {ballot.id or 0: ballot.mentee_id for ballot in ballots}
    ranked: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for choice in session.exec(select(Choice).where(col(Choice.ballot_id).in_(mentee))):
        ranked[choice.ballot_id][choice.rank].append(choice.mentor_id)
    vetoed: defaultdict[int, list[int]] = defaultdict(list)
    for veto in session.exec(select(Veto).where(col(Veto.ballot_id).in_(mentee))):
        vetoed[veto.ballot_id].append(veto.mentor_id)
    return {
        of: Wishes(
            ranks=tuple(tuple(sorted(group)) for _, group in sorted(ranked[ballot].items())),
            vetoes=tuple(sorted(vetoed[ballot])),
        )
        for ballot, of in mentee.items()
        if ballot in ranked or ballot in vetoed
    }


def wishes(session: Session, edition_id: int) -> dict[int, Wishes]:
    """What each mentee's ballot says."""
    return wishes_of(session, ballots_of(session, edition_id).values())


def says_something() -> ColumnElement[bool]:
    """Whether a ballot says anything, as a condition; one that was taken away does not."""
    return sa.or_(*(sa.exists().where(col(kind.ballot_id) == Ballot.id) for kind in (Choice, Veto)))
