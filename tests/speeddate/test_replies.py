"""Saying beforehand whether one comes to the speed date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import select

from core.accounts.rules import SYSTEM, Actor, ActorKind, Role
from core.edition import actions as editions
from core.edition.queries import settings_with_version
from core.intake import actions as intake
from core.intake.models import Application
from core.people.rules import Side
from core.speeddate import actions, queries
from core.speeddate.models import Reply
from core.speeddate.rules import Coming, EventOver, NoDayYet, Settings
from core.store import database
from core.store.audit import AuditEntry
from core.store.clock import ROME
from core.store.errors import Changed, NotAllowed, NotFound
from tests.faults.test_turns import at_once
from tests.make import AT, a_participant, an_applicant, an_edition, staff

DAY = date(2026, 10, 16)


@pytest.fixture
def edition(store) -> int:
    edition = an_edition()
    set_day(edition, DAY)
    return edition


def set_day(edition: int, day: date | None) -> None:
    with database.writing() as session:
        now, version = settings_with_version(session, edition, Settings, by=SYSTEM)
        editions.save_settings(
            session, edition_id=edition, settings=replace(now, day=day), seen=version, by=SYSTEM, at=AT
        )


def linked(application: int) -> Actor:
    with database.reading() as session:
        return Actor(ActorKind.LINK, "x", person_id=session.get_one(Application, application).person_id)


def reply(edition: int, who: int, coming: Coming, *, by: Actor | None = None, at: datetime = AT) -> None:
    with database.writing() as session:
        actions.reply(session, edition_id=edition, application_id=who, coming=coming, by=by or linked(who), at=at)


def write(edition: int, who: int, coming: Coming | None, *, seen: int = 0, by: Actor = SYSTEM) -> None:
    with database.writing() as session:
        actions.write_reply(session, edition_id=edition, application_id=who, coming=coming, seen=seen, by=by, at=AT)


def said(edition: int) -> list[tuple[Coming | None, bool, int]]:
    with database.reading() as session:
        return [(one.coming, one.by_staff, one.version) for one in queries.invited(session, edition, by=SYSTEM)]


def acts() -> int:
    with database.reading() as session:
        return len(session.exec(select(AuditEntry).where(AuditEntry.act == "speeddate.reply")).all())


@pytest.mark.parametrize("coming", Coming)
def test_each_reply_is_kept(edition: int, coming: Coming) -> None:
    reply(edition, a_participant(edition, Side.MENTEE), coming)
    assert said(edition) == [(coming, False, 1)]


def test_a_reply_is_changed_up_to_the_end_of_the_day_itself(edition: int) -> None:
    mentor = a_participant(edition, Side.MENTOR)
    reply(edition, mentor, Coming.IN_PERSON)
    reply(edition, mentor, Coming.NO, at=datetime(2026, 10, 16, 23, 59, tzinfo=ROME))
    assert said(edition) == [(Coming.NO, False, 2)]
    with pytest.raises(EventOver) as refused:
        reply(edition, mentor, Coming.REMOTE, at=datetime(2026, 10, 17, 0, 0, tzinfo=ROME))
    assert refused.value.values == {"day": DAY}


def test_the_same_reply_again_changes_nothing(edition: int) -> None:
    mentee = a_participant(edition, Side.MENTEE)
    reply(edition, mentee, Coming.REMOTE)
    reply(edition, mentee, Coming.REMOTE, at=AT + timedelta(days=1))
    assert (said(edition), acts()) == ([(Coming.REMOTE, False, 1)], 1)


def test_before_the_day_is_set_nobody_can_say(edition: int) -> None:
    set_day(edition, None)
    mentee = a_participant(edition, Side.MENTEE)
    with pytest.raises(NoDayYet):
        reply(edition, mentee, Coming.NO)
    with database.reading() as session:
        (mine,) = queries.my_events(session, edition, by=linked(mentee))
    assert (mine.starts_at, mine.coming, acts()) == (None, None, 0)


def test_nobody_replies_for_another_or_without_taking_part(edition: int) -> None:
    mentee, applicant = a_participant(edition, Side.MENTEE), an_applicant(edition, Side.MENTEE)
    with pytest.raises(NotFound):
        reply(edition, mentee, Coming.NO, by=linked(applicant))
    with pytest.raises(NotFound):
        reply(edition, applicant, Coming.NO)
    with pytest.raises(NotAllowed):
        reply(edition, mentee, Coming.NO, by=staff())
    assert acts() == 0


def test_who_has_withdrawn_is_not_expected_and_says_nothing(edition: int) -> None:
    mentee = a_participant(edition, Side.MENTEE)
    me = linked(mentee)
    reply(edition, mentee, Coming.IN_PERSON)
    with database.writing() as session:
        intake.withdraw(session, mentee, seen=1, by=SYSTEM, at=AT)
    with pytest.raises(NotFound):
        reply(edition, mentee, Coming.NO, by=me)
    with pytest.raises(NotFound):
        write(edition, mentee, Coming.NO, seen=1)
    assert said(edition) == []


def test_staff_write_down_what_was_told_and_take_it_away(edition: int) -> None:
    mentor = a_participant(edition, Side.MENTOR)
    write(edition, mentor, Coming.REMOTE, by=staff(Role.HELPER))
    assert said(edition) == [(Coming.REMOTE, True, 1)]
    write(edition, mentor, None, seen=1)
    assert said(edition) == [(None, False, 0)]


def test_staff_who_saw_an_older_reply_are_told_and_it_stays(edition: int) -> None:
    mentor = a_participant(edition, Side.MENTOR)
    reply(edition, mentor, Coming.IN_PERSON)
    for seen in (0, 2):
        with pytest.raises(Changed):
            write(edition, mentor, Coming.NO, seen=seen)
    with pytest.raises(NotFound):
        write(edition, a_participant(edition, Side.MENTEE), Coming.NO, seen=1)
    assert (Coming.IN_PERSON, False, 1) in said(edition)


def test_mentees_stand_first_and_each_side_by_surname(edition: int) -> None:
    names = {"Zoe Zeta": Side.MENTEE, "Ada Alfa": Side.MENTOR, "Bea Beta": Side.MENTEE}
    for name, side in names.items():
        a_participant(edition, side, name=name)
    with database.reading() as session:
        people = queries.invited(session, edition, by=SYSTEM)
    assert [one.last_name for one in people] == ["Beta", "Zeta", "Alfa"]


def test_two_phones_at_once_leave_one_reply(edition: int) -> None:
    mentee = a_participant(edition, Side.MENTEE)
    me = linked(mentee)
    outcomes = at_once(*(lambda coming=coming: reply(edition, mentee, coming, by=me) for coming in Coming))
    assert outcomes == [None] * len(Coming)
    ((coming, by_staff, version),) = said(edition)
    assert (coming in Coming, by_staff, version) == (True, False, len(Coming))
    with database.reading() as session:
        assert len(session.exec(select(Reply)).all()) == 1
