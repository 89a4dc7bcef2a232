"""Writing down who was at a training session, and setting the sessions of the year."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlmodel import Session as Store
from sqlmodel import col, select

from core.accounts.guard import act
from core.accounts.rules import Actor, Right
from core.edition import actions as editions
from core.edition.queries import settings as settings_of
from core.edition.queries import settings_with_version
from core.intake.models import Application
from core.people.rules import Side
from core.selection.participants import participants
from core.store.errors import Refused, Told
from core.training.choices import exchange
from core.training.models import Attendance
from core.training.rules import Session, Settings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    Cell = tuple[int, int]
    """An application and the number of a session."""


class TicksNotValid(Refused):
    """There is nothing to save, or the same presence is both to be added and to be taken away."""


class NotTakingPart(Refused):
    """Some of these people do not, or no longer, take part in this edition."""


class SessionUnknown(Refused):
    """The side of the participant has no session with this number."""


class SessionAhead(Refused):
    """Nobody can have been at a session that has not begun yet."""


class AttendedDropped(Refused):
    """A session that somebody has attended cannot be taken out of the year."""


class AttendedAhead(Refused):
    """A session that somebody has attended cannot lie in the future."""


@act(Right.TRAINING)
def tick(
    session: Store, *, edition_id: int, added: AbstractSet[Cell], removed: AbstractSet[Cell], by: Actor, at: datetime
) -> None:
    """Write down that these people were, or were not, at these sessions; what is so already stays so.

    Only the difference travels, so that two people who tick at once both keep theirs. Raises `TicksNotValid`,
    `NotTakingPart`, `SessionUnknown`, `SessionAhead`.
    """
    if not (added or removed) or added & removed:
        raise TicksNotValid
    sessions = _sessions_of(session, edition_id, by)
    if strangers := {application for application, _ in added | removed} - sessions.keys():
        raise NotTakingPart(n=len(strangers))
    if any(number not in sessions[application] for application, number in added | removed):
        raise SessionUnknown
    ahead = {sessions[application][number].starts_at for application, number in added}
    if late := [starts_at for starts_at in ahead if starts_at > at]:
        raise SessionAhead(when=min(late))
    there = _rows(session, {application for application, _ in added | removed})
    session.add_all(
        Attendance(application_id=application, session=number) for application, number in sorted(added - there.keys())
    )
    for cell in sorted(removed & there.keys()):
        session.delete(there[cell])


@act(Right.EDITION)
def set_sessions(session: Store, *, edition_id: int, settings: Settings, seen: int, by: Actor, at: datetime) -> None:
    """Keep the sessions of the year; raises `AttendedDropped`, `AttendedAhead`, `Changed`, `NotFound`.

    Whoever looked at another version is told what has changed, not what that would drop.
    """
    now, version = settings_with_version(session, edition_id, Settings, by=by)
    if version == seen:
        people = _attended(session, edition_id)
        _require_attended_kept(now, settings, people, at)
        settings = Settings(
            mentor_sessions=_numbered_anew(Side.MENTOR, now, settings, people),
            mentee_sessions=_numbered_anew(Side.MENTEE, now, settings, people),
        )
    editions.save_settings(session, edition_id=edition_id, settings=settings, seen=seen, by=by, at=at)
    exchange(session, edition_id, settings, at=at)


def _sessions_of(session: Store, edition_id: int, by: Actor) -> dict[int, dict[int, Session]]:
    """By participant, the sessions of the own side by number."""
    settings = settings_of(session, edition_id, Settings, by=by)
    found: dict[int, dict[int, Session]] = {}
    for side in Side:
        by_number = {one.number: one for one in settings.of(side)}
        found |= {one.application_id: by_number for one in participants(session, edition_id, side)}
    return found


def _rows(session: Store, applications: Collection[int]) -> dict[Cell, Attendance]:
    rows = session.exec(select(Attendance).where(col(Attendance.application_id).in_(applications)))
    return {(row.application_id, row.session): row for row in rows}


def _attended(session: Store, edition_id: int) -> dict[tuple[Side, int], int]:
    """How many people were at each session, those who withdrew later too."""
    rows = session.exec(
        select(Application.side, Attendance.session, sa.func.count())
        .join(Application)
        .where(Application.edition_id == edition_id)
        .group_by(col(Application.side), col(Attendance.session))
    )
    return {(Side(side), number): people for side, number, people in rows}


def _require_attended_kept(
    now: Settings, wanted: Settings, people: Mapping[tuple[Side, int], int], at: datetime
) -> None:
    dropped: list[Told] = []
    ahead: list[Told] = []
    for side, before in _each(now):
        after = next((one for one in wanted.of(side) if one.number == before.number), None)
        if n := people.get((side, before.number), 0):
            if after is None:
                dropped.append(_told(side, before, n))
            elif after.starts_at > at:
                ahead.append(_told(side, after, n))
    if dropped:
        raise AttendedDropped(sessions=dropped)
    if ahead:
        raise AttendedAhead(sessions=ahead)


def _each(settings: Settings) -> Iterator[tuple[Side, Session]]:
    return ((side, one) for side in Side for one in settings.of(side))


def _told(side: Side, one: Session, n: int) -> Told:
    return Told("training.attended_session", {"when": one.starts_at, "side": Told(f"training.side.{side}"), "n": n})


def _numbered_anew(
    side: Side, now: Settings, wanted: Settings, people: Mapping[tuple[Side, int], int]
) -> tuple[Session, ...]:
    """The sessions, new ones with numbers under which nobody was anywhere.

    Attendance can outlive its session: when the act that made the session is taken back.
    """
    kept = {one.number for one in now.of(side)}
    new = count(max(kept | {number for whose, number in people if whose is side}, default=0) + 1)
    return tuple(one if one.number in kept else replace(one, number=next(new)) for one in wanted.of(side))
