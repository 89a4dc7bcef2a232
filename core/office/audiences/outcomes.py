"""Whom the outcome of the selection concerns: it is told, confirmed, and next year offered anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlmodel import col

from core.edition.models import Edition
from core.intake.models import Application
from core.messages.fields import Field
from core.office.audiences.sources import Applied, Candidate
from core.people.rules import Side
from core.selection.rules import Outcome, Settings, last_day
from core.store.errors import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.office.audiences.sources import Sources


def outcome(wanted: Outcome, side: Side | None) -> Callable[[Sources], Iterator[Candidate]]:
    """Those for whom this was decided and who have not withdrawn; told once for each version of the decision."""

    def found(sources: Sources) -> Iterator[Candidate]:
        for one in sources.applied:
            if one.outcome is wanted and one.withdrawn_at is None and side in {None, one.side}:
                matter = f"decision {one.decision_id} {one.decision_version}"
                why = Told("messages.why.decided", {"day": one.decided_on})
                yield _to_answer(sources, one, matter, why) if one.takes_part else Candidate(one, matter, why)

    return found


def confirm(sources: Sources) -> Iterator[Candidate]:
    """Selected applicants who have not said whether they take the place; with published pairs that matters no more."""
    for one in sources.participants():
        if one.application_id not in sources.answered:
            yield _to_answer(sources, one, matter_of(one), Told("messages.why.no_answer"))


def _to_answer(sources: Sources, one: Applied, matter: str, why: Told) -> Candidate:
    """Somebody whose place is to be taken by a day of the own; nobody is asked for what the link no longer takes."""
    last = None if one.decided_on is None else last_day(sources.rules(Settings), one.decided_on)
    if one.application_id in sources.answered:
        return Candidate(one, matter, Told("messages.why.answered"), settled=True)
    if last is not None and last < sources.today:
        return Candidate(one, matter, Told("messages.why.too_late", {"day": last}), settled=True)
    return Candidate(one, matter, why, {Field.DEADLINE: last}, settled=sources.published)


def reapply(sources: Sources) -> Iterator[Candidate]:
    """Mentees who got no place here, and have not applied in a later edition; they wait once there is one."""
    following, again = following_edition(sources), _applied_later(sources)
    for one in sources.applied:
        left_out = one.outcome in {Outcome.WAITING, Outcome.NOT_SELECTED} and one.withdrawn_at is None
        if left_out and one.side is Side.MENTEE and one.person_id not in again:
            why = Told(f"messages.why.{one.outcome}")
            yield Candidate(one, matter_of(one), why, settled=following is None)


def free(sources: Sources) -> Iterator[Candidate]:
    """Everybody who has not withdrawn, those who take part first; nobody of them waits for anything."""
    there = [one for one in sources.applied if one.withdrawn_at is None]
    for one in sorted(there, key=lambda one: not one.takes_part):
        why = Told("messages.why.takes_part" if one.takes_part else "messages.why.applied")
        yield Candidate(one, matter_of(one), why, settled=True)


def following_edition(sources: Sources) -> int | None:
    """The number of the edition that comes next, once it is made."""
    found = (
        sa.select(col(Edition.id)).where(col(Edition.year) > _this_year(sources)).order_by(col(Edition.year)).limit(1)
    )
    return sources.session.connection().scalar(found)


def matter_of(one: Applied) -> str:
    """The matter of a message that concerns an application as a whole."""
    return f"application {one.application_id}"


def _applied_later(sources: Sources) -> set[int]:
    """The persons who applied in an edition of a later year."""
    found = (
        sa.select(col(Application.person_id))
        .join(Edition, col(Edition.id) == Application.edition_id)
        .where(col(Edition.year) > _this_year(sources))
    )
    return {person for (person,) in sources.session.connection().execute(found)}


def _this_year(sources: Sources) -> sa.ScalarSelect[int]:
    return sa.select(col(Edition.year)).where(col(Edition.id) == sources.edition_id).scalar_subquery()
