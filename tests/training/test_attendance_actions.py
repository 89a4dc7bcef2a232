"""Attendance in the store: who was there, and what may become of the sessions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from core.accounts.rules import SYSTEM, Role
from core.edition.queries import settings_with_version
from core.intake.models import Application
from core.office import actions as office
from core.people.rules import Side
from core.store import database
from core.store.audit import AuditEntry
from core.store.errors import Changed, NotAllowed
from core.training import actions, queries
from core.training.actions import (
    AttendedAhead,
    AttendedDropped,
    NotTakingPart,
    SessionAhead,
    SessionUnknown,
    TicksNotValid,
)
from core.training.models import Attendance
from core.training.rules import Session, Settings, at
from tests import make

NOBODY: frozenset[tuple[int, int]] = frozenset()
LATER = make.AT + timedelta(days=7)


@pytest.fixture
def edition(store) -> int:
    return make.an_edition()


@pytest.fixture
def mentors(edition: int) -> list[int]:
    return [make.a_participant(edition, Side.MENTOR, name=f"Luca M{letter}") for letter in "abc"]


@pytest.fixture
def mentee(edition: int) -> int:
    return make.a_participant(edition, Side.MENTEE, name="Anna Alfa")


def tick(edition: int, added=NOBODY, removed=NOBODY, *, by=SYSTEM, at=make.AT) -> None:
    with database.writing() as session:
        actions.tick(session, edition_id=edition, added=frozenset(added), removed=frozenset(removed), by=by, at=at)


def rules(edition: int) -> tuple[Settings, int]:
    with database.reading() as session:
        return settings_with_version(session, edition, Settings, by=SYSTEM)


def keep(edition: int, *, seen: int, by=SYSTEM, **sides: tuple[Session, ...]) -> None:
    changed = replace(rules(edition)[0], **sides)
    with database.writing() as session:
        actions.set_sessions(session, edition_id=edition, settings=changed, seen=seen, by=by, at=make.AT)


def people(edition: int, side: Side = Side.MENTOR) -> list[queries.Attender]:
    with database.reading() as session:
        return queries.attendance(session, edition, side=side, by=SYSTEM).people


def there(edition: int) -> set[tuple[int, int]]:
    with database.reading() as session:
        return {(row.application_id, row.session) for row in session.exec(select(Attendance)).all()}


def entries() -> int:
    with database.reading() as session:
        return len(session.exec(select(AuditEntry)).all())


def test_ticks_are_kept_and_tell_who_has_completed(edition: int, mentors: list[int], mentee: int) -> None:
    by = make.staff(Role.COORDINATOR)
    tick(edition, {(mentors[0], 1), (mentors[0], 2), (mentors[0], 3), (mentors[1], 2), (mentee, 2)}, by=by)
    told = [(one.listed, one.attended, one.completed, [m.number for m in one.missing]) for one in people(edition)]
    assert told == [
        ("Ma Luca", {1, 2, 3}, True, []),
        ("Mb Luca", {2}, False, [1, 3]),
        ("Mc Luca", set(), False, [1, 2, 3]),
    ]
    assert [(one.attended, one.completed) for one in people(edition, Side.MENTEE)] == [({2}, True)]


def test_two_who_tick_different_people_both_keep_theirs(edition: int, mentors: list[int]) -> None:
    tick(edition, {(mentors[2], 1)})
    tick(edition, {(mentors[0], 1)}, {(mentors[2], 1)}, by=make.staff(Role.COORDINATOR))
    tick(edition, {(mentors[1], 1)}, by=make.staff(Role.COORDINATOR))
    assert there(edition) == {(mentors[0], 1), (mentors[1], 1)}


def test_ticking_what_is_ticked_writes_nothing(edition: int, mentors: list[int]) -> None:
    tick(edition, {(mentors[0], 1)})
    before = entries()
    tick(edition, {(mentors[0], 1)}, {(mentors[1], 1)})
    assert (there(edition), entries()) == ({(mentors[0], 1)}, before)


def test_a_tick_can_be_taken_back(edition: int, mentors: list[int]) -> None:
    by = make.staff(Role.COORDINATOR)
    tick(edition, {(mentors[0], 1), (mentors[1], 2)}, by=by)
    with database.reading() as session:
        last = max(row.id or 0 for row in session.exec(select(AuditEntry)).all())
    with database.writing() as session:
        office.undo_act(session, entry_id=last, by=by, at=LATER)
    assert there(edition) == set()


@pytest.mark.parametrize("both", [True, False])
def test_an_empty_or_contradicting_difference_is_refused(edition: int, mentors: list[int], *, both: bool) -> None:
    cells = frozenset({(mentors[0], 1)}) if both else NOBODY
    with pytest.raises(TicksNotValid):
        tick(edition, cells, cells)
    assert there(edition) == set()


def test_who_does_not_take_part_is_refused_and_nothing_is_kept(edition: int, mentors: list[int]) -> None:
    applicant = make.an_applicant(edition, Side.MENTOR)
    elsewhere = make.a_participant(make.an_edition(2027, name="2027/28"), Side.MENTOR)
    with make.writing() as session:
        session.get_one(Application, mentors[2]).withdrawn_at = make.AT
    for stranger in (applicant, elsewhere, mentors[2], 999_999):
        with pytest.raises(NotTakingPart):
            tick(edition, {(mentors[0], 1), (stranger, 1)})
        with pytest.raises(NotTakingPart):
            tick(edition, {(mentors[0], 1)}, {(stranger, 1)})
    assert there(edition) == set()


def test_a_session_that_the_side_does_not_have_is_refused(edition: int, mentors: list[int], mentee: int) -> None:
    tick(edition, {(mentors[0], 3)})
    for cell in ((mentee, 3), (mentors[0], 4), (mentors[0], 0)):
        with pytest.raises(SessionUnknown):
            tick(edition, {(mentors[1], 1), cell})
        with pytest.raises(SessionUnknown):
            tick(edition, NOBODY, {cell})
    assert there(edition) == {(mentors[0], 3)}


def test_nobody_was_at_a_session_before_it_began(edition: int, mentors: list[int]) -> None:
    first = rules(edition)[0].mentor_sessions[0]
    with pytest.raises(SessionAhead) as refused:
        tick(edition, {(mentors[0], 2), (mentors[0], 1)}, at=first.starts_at - timedelta(seconds=1))
    assert refused.value.values == {"when": first.starts_at}
    tick(edition, {(mentors[0], 1)}, at=first.starts_at)
    assert there(edition) == {(mentors[0], 1)}


def test_only_coordinators_read_and_tick(edition: int, mentors: list[int]) -> None:
    for role in set(Role) - {Role.COORDINATOR}:
        by = make.staff(role)
        with pytest.raises(NotAllowed):
            tick(edition, {(mentors[0], 1)}, by=by)
        with pytest.raises(NotAllowed):
            keep(edition, seen=0, by=by)
        with database.reading() as session, pytest.raises(NotAllowed):
            queries.attendance(session, edition, side=Side.MENTOR, by=by)
    assert (there(edition), rules(edition)[1]) == (set(), 0)


def test_another_date_keeps_the_attendance(edition: int, mentors: list[int]) -> None:
    tick(edition, {(mentors[0], 1), (mentors[0], 2)})
    first, *others = rules(edition)[0].mentor_sessions
    moved = replace(first, starts_at=at(make.AT.date() - timedelta(days=1), 18))
    keep(edition, seen=0, mentor_sessions=(*others, moved))
    assert [one.number for one in rules(edition)[0].mentor_sessions] == [2, 3, 1]
    assert [one.attended for one in people(edition)] == [{1, 2}, set(), set()]


def test_a_session_that_somebody_attended_stays(edition: int, mentors: list[int], mentee: int) -> None:
    tick(edition, {(mentors[0], 1), (mentors[1], 1), (mentee, 2)})
    with make.writing() as session:
        session.get_one(Application, mentors[1]).withdrawn_at = make.AT
    settings = rules(edition)[0]
    with pytest.raises(AttendedDropped) as refused:
        keep(edition, seen=0, mentor_sessions=(), mentee_sessions=())
    assert [(one.values["when"], one.values["n"]) for one in refused.value.values["sessions"]] == [
        (settings.mentee_sessions[1].starts_at, 1),
        (settings.mentor_sessions[0].starts_at, 2),
    ]
    assert rules(edition) == (settings, 0)
    keep(edition, seen=0, mentor_sessions=settings.mentor_sessions[:1], mentee_sessions=settings.mentee_sessions[1:])
    assert [one.number for one in rules(edition)[0].mentee_sessions] == [2]


def test_a_session_that_somebody_attended_does_not_move_into_the_future(edition: int, mentors: list[int]) -> None:
    tick(edition, {(mentors[0], 1)})
    first, second, third = rules(edition)[0].mentor_sessions
    ahead = at(LATER.date(), 18)
    with pytest.raises(AttendedAhead):
        keep(edition, seen=0, mentor_sessions=(replace(first, starts_at=ahead), second, third))
    assert rules(edition)[1] == 0
    keep(edition, seen=0, mentor_sessions=(first, second, replace(third, starts_at=ahead)))
    assert rules(edition)[0].mentor_sessions[2].starts_at == ahead


def test_whoever_saw_other_sessions_is_told_what_changed(edition: int, mentors: list[int]) -> None:
    settings = rules(edition)[0]
    more = (*settings.mentor_sessions, Session(at(make.AT.date() - timedelta(days=1), 18)))
    keep(edition, seen=0, mentor_sessions=more)
    tick(edition, {(mentors[0], 4)})
    with pytest.raises(Changed):
        keep(edition, seen=0, mentor_sessions=settings.mentor_sessions)
    assert [one.number for one in rules(edition)[0].mentor_sessions] == [1, 2, 3, 4]


def test_a_new_session_does_not_inherit_who_was_at_one_that_is_gone(edition: int, mentors: list[int]) -> None:
    by = make.staff(Role.COORDINATOR)
    new = Session(at(make.AT.date() - timedelta(days=1), 18))
    keep(edition, seen=0, mentor_sessions=(*rules(edition)[0].mentor_sessions, new), by=by)
    with database.reading() as session:
        made = max(row.id or 0 for row in session.exec(select(AuditEntry)).all())
    tick(edition, {(mentors[0], 4)})
    with database.writing() as session:
        office.undo_act(session, entry_id=made, by=by, at=LATER)
    assert people(edition)[0].attended == set()
    settings, version = rules(edition)
    keep(edition, seen=version, mentor_sessions=(*settings.mentor_sessions, new))
    assert [one.number for one in rules(edition)[0].mentor_sessions] == [1, 2, 3, 5]
    assert people(edition)[0].attended == set()


def test_names_are_found_in_either_order_and_without_accents(edition: int) -> None:
    make.a_participant(edition, Side.MENTOR, name="Zoë D'Àmico")
    person = people(edition)[0]
    assert [person.answers_to(text) for text in ("zoe d'am", "DAMICO", "d amico zoe", "", "zoe x")] == [
        True,
        False,
        True,
        True,
        False,
    ]
