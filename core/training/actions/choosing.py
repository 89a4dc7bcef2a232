"""Choosing one of the training dates within its places, and changing it where somebody else wants the opposite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.accounts.guard import act
from core.accounts.rules import SYSTEM, Actor, Right
from core.edition.queries import settings
from core.people.rules import Side
from core.selection.participants import own_participations, participants
from core.store import versions
from core.store.errors import NotFound
from core.training.choices import chosen, exchange
from core.training.models import DateChoice
from core.training.rules import Chosen, DateFull, DateOver, Session, Settings, has_choice

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlmodel import Session as Store


@act(Right.OWN)
def choose_date(
    session: Store, *, edition_id: int, application_id: int, number: int, by: Actor, at: datetime
) -> Chosen:
    """Take one of the dates, or change to it.

    Where it is full: whoever has a date already keeps it, and changes as soon as there is a place or somebody
    there wants the opposite. The date that one has already, chosen again, takes a wish to change back.
    Raises `DateFull` (nothing chosen yet), `DateOver`, `NotFound`.
    """
    if (application_id, Side.MENTEE) not in own_participations(session, edition_id, by.person_id):
        raise NotFound
    rules = _rules(session, edition_id)
    sessions = {one.number: one for one in rules.mentee_sessions}
    wanted = _session(sessions, number, at)
    held = chosen(session, edition_id)
    mine = held.get(application_id)
    if mine is None:
        if not _has_place(held, wanted):
            raise DateFull(when=wanted.starts_at)
        session.add(DateChoice(application_id=application_id, session=number, answered_at=at))
        return Chosen.TAKEN
    if mine.session == number:
        mine.wants = None
        return Chosen.TAKEN
    _require_ahead(sessions.get(mine.session), at)
    mine.wants, mine.answered_at, mine.account_id = number, at, None
    exchange(session, edition_id, rules, at=at)
    return Chosen.TAKEN if mine.session == number else Chosen.ASKED


@act(Right.TRAINING)
def place_on_date(
    session: Store, *, edition_id: int, application_id: int, number: int | None, seen: int, by: Actor, at: datetime
) -> None:
    """Write down a date that somebody told the office, beyond its places too; None takes the choice away.

    `seen` is the version of the choice as it was shown (0: none yet). Raises `Changed`, `NotFound`.
    """
    if application_id not in {one.application_id for one in participants(session, edition_id, Side.MENTEE)}:
        raise NotFound
    rules = _rules(session, edition_id)
    mine = chosen(session, edition_id).get(application_id)
    if (mine is None and seen) or number not in {None, *(one.number for one in rules.mentee_sessions)}:
        raise NotFound
    if mine is not None:
        versions.get(session, DateChoice, mine.id or 0, seen=seen)
    if number is None:
        if mine is not None:
            session.delete(mine)
    else:
        mine = mine or DateChoice(application_id=application_id, session=number, answered_at=at)
        mine.session, mine.wants, mine.answered_at, mine.account_id = number, None, at, by.account_id
        session.add(mine)
    exchange(session, edition_id, rules, at=at)


def _rules(session: Store, edition_id: int) -> Settings:
    """The rules of the year; raises `NotFound` where mentees have nothing to choose."""
    rules = settings(session, edition_id, Settings, by=SYSTEM)
    if not has_choice(Side.MENTEE, rules.mentee_sessions):
        raise NotFound
    return rules


def _session(sessions: Mapping[int, Session], number: int, at: datetime) -> Session:
    if number not in sessions:
        raise NotFound
    _require_ahead(sessions[number], at)
    return sessions[number]


def _require_ahead(one: Session | None, at: datetime) -> None:
    if one is not None and one.begun(at):
        raise DateOver(when=one.starts_at)


def _has_place(held: Mapping[int, DateChoice], wanted: Session) -> bool:
    return not wanted.places or sum(one.session == wanted.number for one in held.values()) < wanted.places
