"""Numbering the mentors, and keeping ballots: typed one by one, or taken over from a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.accounts.guard import act
from core.accounts.rules import Actor, Right
from core.edition import queries as editions
from core.edition.rules import Milestone
from core.people.rules import Side
from core.selection.participants import participants
from core.speeddate import queries
from core.speeddate.models import Ballot, Choice, MentorNumber, Veto
from core.speeddate.rules import Settings, Wishes
from core.speeddate.typed import contradiction, written
from core.speeddate.wishes import ballots_of, wishes_of
from core.store import versions
from core.store.errors import Changed, NotFound, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from core.intake.reading import Table


class BallotNotValid(Refused):
    """The ballot is empty, or names a mentor twice, both wished and not wanted, or more mentors than it may."""


class PairsPublished(Refused):
    """The pairs of this edition have been published; its ballots stay as they are."""


class PreviewOutdated(Refused):
    """The ballots have changed since the preview was shown."""


@act(Right.BALLOTS)
def number_mentors(session: Session, *, edition_id: int, by: Actor, at: datetime) -> None:
    """Give each mentor without a number the next one, by surname; raises `PairsPublished`.

    Numbers are never changed or given again.
    """
    _require_open(session, edition_id, by=by)
    _numbers(session, edition_id)


@act(Right.BALLOTS)
def save_ballot(
    session: Session, *, edition_id: int, mentee: int, wishes: Wishes, seen: int, by: Actor, at: datetime
) -> None:
    """Keep a mentee's ballot; raises `PairsPublished`, `Changed`, `BallotNotValid`, `NotFound`.

    `seen` is the version that the person looked at, 0 for none. Who may not read vetoes adds to them and takes none
    away; then a mentor may stand on both sides, and the veto counts.
    """
    _require_open(session, edition_id, by=by)
    most = editions.settings(session, edition_id, Settings, by=by).most_choices
    if wishes == Wishes() or contradiction(wishes, most=most) is not None:
        raise BallotNotValid
    if mentee not in {one.application_id for one in participants(session, edition_id, Side.MENTEE)}:
        raise NotFound
    held = ballots_of(session, edition_id).get(mentee)
    if held is None and seen:
        raise NotFound
    if held is not None:
        _require_version(session, held, seen)
        if not by.may(Right.VETOES):
            hidden = (wishes_of(session, held) or Wishes()).vetoes
            wishes = Wishes(wishes.ranks, tuple(sorted({*hidden, *wishes.vetoes})))
    _keep(session, edition_id, {mentee: wishes}, by=by, at=at)


@act(Right.VETOES)
def remove_ballot(session: Session, *, edition_id: int, mentee: int, seen: int, by: Actor, at: datetime) -> None:
    """Take a ballot away, as if it had never been handed in; raises `PairsPublished`, `Changed`, `NotFound`."""
    _require_open(session, edition_id, by=by)
    held = ballots_of(session, edition_id).get(mentee)
    if held is None:
        raise NotFound
    _require_version(session, held, seen)
    if wishes_of(session, held) is None:
        raise NotFound
    held.choices, held.entered_at, held.account_id = "", at, by.account_id
    emptied = {held.id or 0: Wishes()}
    _keep_choices(session, emptied)
    _keep_vetoes(session, emptied)


@act(Right.VETOES)
def take_over(session: Session, *, edition_id: int, table: Table, seen: int, by: Actor, at: datetime) -> int:
    """Write the new and the changed ballots of a table; the number of them.

    `seen` is the fingerprint of the plan that was shown; raises `PairsPublished`, `PreviewOutdated`, `NoBallotColumns`.
    """
    _require_open(session, edition_id, by=by)
    plan = queries.preview(session, edition_id, table, by=by)
    if plan.fingerprint != seen:
        raise PreviewOutdated
    _keep(session, edition_id, {line.mentee or 0: line.wishes for line in plan.taken}, by=by, at=at)
    return len(plan.taken)


def _require_open(session: Session, edition_id: int, *, by: Actor) -> None:
    if editions.passed(session, edition_id, Milestone.PAIRS_PUBLISHED, by=by) is not None:
        raise PairsPublished


def _require_version(session: Session, ballot: Ballot, seen: int) -> None:
    """Of what differs only the choices are told: they say who saved what, and no veto."""
    try:
        versions.get(session, Ballot, ballot.id or 0, seen=seen)
    except Changed as changed:
        told = tuple(one for one in changed.differences if one.field == "choices")
        raise Changed(who=str(changed.values["who"]), when=ballot.entered_at, differences=told) from None


def _keep(session: Session, edition_id: int, entries: Mapping[int, Wishes], *, by: Actor, at: datetime) -> None:
    """Write these ballots and nothing that they do not change."""
    number_of = _numbers(session, edition_id)
    if any(mentor not in number_of for wishes in entries.values() for mentor in (*wishes.wished, *wishes.vetoes)):
        raise NotFound
    held = ballots_of(session, edition_id)
    ballots = [held.get(mentee) or Ballot(mentee_id=mentee, choices="", entered_at=at) for mentee in entries]
    for ballot in ballots:
        ballot.choices = written(Wishes(entries[ballot.mentee_id].ranks), number_of)
        ballot.entered_at, ballot.account_id = at, by.account_id
    session.add_all(ballots)
    session.flush()
    of_ballot = {ballot.id or 0: entries[ballot.mentee_id] for ballot in ballots}
    _keep_choices(session, of_ballot)
    _keep_vetoes(session, of_ballot)


def _keep_choices(session: Session, of_ballot: Mapping[int, Wishes]) -> None:
    ranks = {
        (ballot, mentor): rank
        for ballot, wishes in of_ballot.items()
        for rank, group in enumerate(wishes.ranks, start=1)
        for mentor in group
    }
    found = session.exec(select(Choice).where(col(Choice.ballot_id).in_(of_ballot))).all()
    there = {(choice.ballot_id, choice.mentor_id): choice for choice in found}
    for pair, rank in ranks.items():
        if pair in there:
            there[pair].rank = rank
        else:
            session.add(Choice(ballot_id=pair[0], mentor_id=pair[1], rank=rank))
    _forget(session, [choice for pair, choice in there.items() if pair not in ranks])


def _keep_vetoes(session: Session, of_ballot: Mapping[int, Wishes]) -> None:
    wanted = {(ballot, mentor) for ballot, wishes in of_ballot.items() for mentor in wishes.vetoes}
    found = session.exec(select(Veto).where(col(Veto.ballot_id).in_(of_ballot))).all()
    there = {(veto.ballot_id, veto.mentor_id): veto for veto in found}
    session.add_all(Veto(ballot_id=ballot, mentor_id=mentor) for ballot, mentor in sorted(wanted - there.keys()))
    _forget(session, [veto for pair, veto in there.items() if pair not in wanted])


def _forget(session: Session, rows: Iterable[Choice | Veto]) -> None:
    for row in rows:
        session.delete(row)


def _numbers(session: Session, edition_id: int) -> dict[int, int]:
    """The number of each mentor, after those without have been given theirs."""
    rows = session.exec(select(MentorNumber).where(MentorNumber.edition_id == edition_id)).all()
    number = {row.mentor_id: row.number for row in rows}
    after = max(number.values(), default=0)
    new = [
        one.application_id for one in participants(session, edition_id, Side.MENTOR) if one.application_id not in number
    ]
    given = {mentor: after + at for at, mentor in enumerate(new, start=1)}
    session.add_all(MentorNumber(edition_id=edition_id, mentor_id=mentor, number=at) for mentor, at in given.items())
    session.flush()
    return number | given
