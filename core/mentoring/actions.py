"""Writing down the meetings of a pair, correcting them, and striking one out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import Session, select

from core.accounts.guard import act
from core.accounts.rules import Actor, Right
from core.edition.queries import settings
from core.matching.models import Pair, Publication
from core.mentoring.models import Meeting
from core.mentoring.rules import Settings, require_within
from core.store import versions
from core.store.clock import ROME
from core.store.errors import NotFound, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from core.mentoring.rules import Report


class MetThatDay(Refused):
    """The pair has a meeting on that day already."""


@act(Right.MEETINGS)
def log(session: Session, *, edition_id: int, pair_id: int, report: Report, by: Actor, at: datetime) -> None:
    """Write a meeting down; raises `MetThatDay`, `NotFound`, `OutsideMonths`."""
    _require_possible(session, edition_id, pair_id, report, by=by, at=at)
    _require_free(session, pair_id, report)
    meeting = Meeting(pair_id=pair_id, account_id=by.account_id, entered_at=at, **_facts(report))
    session.add(meeting)


@act(Right.MEETINGS)
def correct(
    session: Session, *, edition_id: int, meeting_id: int, report: Report, seen: int, by: Actor, at: datetime
) -> None:
    """Give a meeting other facts; raises `Changed`, `MetThatDay`, `NotFound`, `OutsideMonths`."""
    meeting = versions.get(session, Meeting, meeting_id, seen=seen)
    _require_possible(session, edition_id, meeting.pair_id, report, by=by, at=at)
    if report.held_on != meeting.held_on:
        _require_free(session, meeting.pair_id, report)
    for name, value in _facts(report).items():
        setattr(meeting, name, value)
    meeting.account_id, meeting.entered_at = by.account_id, at


@act(Right.MEETINGS)
def strike(session: Session, *, edition_id: int, meeting_id: int, seen: int, by: Actor, at: datetime) -> None:
    """Take a meeting away that was written down by mistake; raises `Changed`, `NotFound`."""
    meeting = versions.get(session, Meeting, meeting_id, seen=seen)
    _made_on(session, edition_id, meeting.pair_id)
    session.delete(meeting)


def _require_possible(
    session: Session, edition_id: int, pair_id: int, report: Report, *, by: Actor, at: datetime
) -> None:
    since = _made_on(session, edition_id, pair_id).astimezone(ROME).date()
    rules = settings(session, edition_id, Settings, by=by)
    require_within(rules, report.held_on, since=since, today=at.astimezone(ROME).date())


def _made_on(session: Session, edition_id: int, pair_id: int) -> datetime:
    """When the pair was published; raises `NotFound` for one that is not of this edition."""
    made = session.exec(
        select(Publication.published_at).join(Pair).where(Pair.id == pair_id, Publication.edition_id == edition_id)
    ).first()
    if made is None:
        raise NotFound
    return made


def _require_free(session: Session, pair_id: int, report: Report) -> None:
    there = select(Meeting.id).where(Meeting.pair_id == pair_id, Meeting.held_on == report.held_on)
    if session.exec(there).first() is not None:
        raise MetThatDay(day=report.held_on)


def _facts(report: Report) -> dict[str, Any]:
    return {
        "held_on": report.held_on,
        "minutes": report.minutes,
        "way": report.way,
        "place": report.place.strip() or None,
        "note": report.note.strip() or None,
    }
