"""Giving points to a motivation, and deciding about applications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.accounts.guard import act
from core.accounts.models import Account
from core.accounts.rules import Actor, Right
from core.edition.queries import passed
from core.edition.rules import Milestone
from core.intake.models import Application
from core.language.text import Language, say
from core.people.models import Person
from core.selection.models import Decision, Review
from core.selection.queries import in_queue
from core.selection.rules import DecisionsFinal, HasWithdrawn, NobodyChosen, Outcome, checked_points, checked_reason
from core.store import versions
from core.store.errors import Changed, Difference, NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@act(Right.SCORE)
def review(
    session: Session,
    *,
    edition_id: int,
    application_id: int,
    points: float | None,
    note: str,
    seen: int,
    by: Actor,
    at: datetime,
) -> None:
    """Keep one's own points for a motivation of one's own queue, new or changed.

    Raises `Changed` when they were saved from another tab, `HasWithdrawn`, `NotFound`, `PointsNotValid`.
    """
    given = checked_points(points)
    _open_applications(session, edition_id, [application_id])
    if not in_queue(session, edition_id, application_id, by=by):
        raise NotFound
    mine = session.exec(
        select(Review).where(Review.application_id == application_id, Review.account_id == by.account_id)
    ).first()
    if mine is None:
        if seen:
            raise NotFound
        mine = Review(application_id=application_id, account_id=by.account_id or 0, points=given, given_at=at)
    else:
        versions.get(session, Review, mine.id or 0, seen=seen)
    mine.points, mine.note, mine.given_at = given, note.strip() or None, at
    session.add(mine)


@act(Right.DECIDE)
def decide(
    session: Session,
    *,
    edition_id: int,
    seen: Mapping[int, int],
    outcome: Outcome,
    reason: str,
    by: Actor,
    at: datetime,
) -> int:
    """Give one outcome, with its reason, to many applications at once; returns how many.

    `seen` holds the applications, each with the version of its decision as it was shown (0: none yet).
    Once the pairs are published only first decisions are taken, none is changed.
    Raises `Changed`, `DecisionsFinal`, `HasWithdrawn`, `NobodyChosen`, `NotFound`, `ReasonNotValid`.
    """
    why = checked_reason(reason)
    if not seen:
        raise NobodyChosen
    names = _open_applications(session, edition_id, list(seen))
    known = {
        decision.application_id: decision
        for decision in session.exec(select(Decision).where(col(Decision.application_id).in_(seen)))
    }
    if any(version and application not in known for application, version in seen.items()):
        raise NotFound
    if known and passed(session, edition_id, Milestone.PAIRS_PUBLISHED, by=by):
        raise DecisionsFinal(n=len(known))
    _require_unchanged(session, known, seen, names, by)
    for application in seen:
        decision = known.get(application) or Decision(
            application_id=application, outcome=outcome, reason=why, decided_at=at
        )
        decision.outcome, decision.reason, decision.account_id, decision.decided_at = (
            outcome,
            why,
            by.account_id,
            at,
        )
        session.add(decision)
    return len(seen)


def _open_applications(session: Session, edition_id: int, wanted: list[int]) -> dict[int, str]:
    """The names of applications of this edition; raises `HasWithdrawn`, `NotFound`."""
    rows = session.exec(
        select(Application.id, Application.withdrawn_at, Person)
        .join(Person)
        .where(Application.edition_id == edition_id, col(Application.id).in_(wanted))
    ).all()
    if len(rows) != len(wanted):
        raise NotFound
    withdrawn = [number for number, since, _ in rows if since is not None]
    if withdrawn:
        raise HasWithdrawn(n=len(withdrawn))
    return {number or 0: person.listed for number, _, person in rows}


def _require_unchanged(
    session: Session,
    known: Mapping[int, Decision],
    seen: Mapping[int, int],
    names: Mapping[int, str],
    by: Actor,
) -> None:
    """Raise `Changed`, with one difference a person, when decisions have moved on since they were seen."""
    moved = [one for one in known.values() if one.version != seen[one.application_id]]
    if not moved:
        return
    last = max(moved, key=lambda one: one.decided_at)
    account = session.get(Account, last.account_id) if last.account_id else None
    differences = tuple(
        Difference(
            names[one.application_id],
            _word(_outcome_at(session, one, seen[one.application_id]), by),
            _word(one.outcome, by),
        )
        for one in moved
    )
    raise Changed(who=account.name if account else "—", when=last.decided_at, differences=differences)


def _outcome_at(session: Session, decision: Decision, seen: int) -> object:
    """The outcome at the version that was seen; None when there was no decision yet (0)."""
    if not seen:
        return None
    try:
        versions.get(session, Decision, decision.id or 0, seen=seen)
    except Changed as changed:
        return next((one.then for one in changed.differences if one.field == "outcome"), decision.outcome)
    return decision.outcome


def _word(outcome: object, by: Actor) -> str:
    return say(f"selection.outcome.{outcome or 'none'}", Language(by.language))
