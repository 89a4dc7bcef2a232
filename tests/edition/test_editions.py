"""Editions and the programme's own rules for a year."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.accounts.rules import SYSTEM
from core.edition import actions, queries
from core.edition.rules import (
    DatesReversed,
    Milestone,
    NameNotValid,
    NameTaken,
    OutOfBounds,
    YearNotValid,
    edition_name,
)
from core.intake.rules import NoSectors
from core.intake.rules import Settings as Intake
from core.matching.rules import Settings as Matching
from core.mentoring.rules import ClosedPeriod, latest_first_meeting
from core.mentoring.rules import Settings as Mentoring
from core.office.calendar import Day, ahead, days
from core.selection.rules import Settings as Selection
from core.speeddate.rules import Settings as SpeedDate
from core.store import database
from core.store.clock import ROME
from core.store.errors import Changed, NotFound
from core.training.rules import Session
from core.training.rules import Settings as Training
from tests.make import AT, an_edition

KINDS = (Intake, Selection, Training, SpeedDate, Matching, Mentoring)


@given(st.integers(2000, 2099))
def test_the_programmes_values_hold_for_every_year(year: int) -> None:
    training, mentoring = Training.defaults(year), Mentoring.defaults(year)
    first, last = date(year, 9, 1), date(year, 9, 18)
    assert len(training.mentor_sessions) == 3
    assert len(training.mentee_sessions) == 2
    for session in (*training.mentor_sessions, *training.mentee_sessions):
        assert first <= session.starts_at.date() <= last
        assert session.minutes == 120
    assert {session.starts_at.hour for session in training.mentor_sessions} == {18}
    assert len({session.starts_at for session in training.mentor_sessions}) == 3
    assert {session.starts_at.date() for session in training.mentee_sessions} == {date(year, 9, 2), last}
    assert (mentoring.first_day, mentoring.last_day) == (date(year, 11, 1), date(year + 1, 4, 30))
    assert [period.name for period in mentoring.closed] == ["Natale", "Pasqua"]


def test_six_meetings_are_reached_from_a_first_one_in_january_or_december() -> None:
    settings = Mentoring.defaults(2026)
    assert latest_first_meeting(settings, every=21) == date(2027, 1, 15)
    assert latest_first_meeting(settings, every=28) == date(2026, 12, 11)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__module__)
def test_settings_come_back_from_the_store_as_they_went(store: database.Store, kind) -> None:
    edition = an_edition()
    with database.writing() as session:
        actions.save_settings(session, edition_id=edition, settings=kind.defaults(2030), seen=0, by=SYSTEM, at=AT)
    with database.reading() as session:
        assert queries.settings_with_version(session, edition, kind, by=SYSTEM) == (kind.defaults(2030), 1)


def test_settings_saved_by_somebody_else_in_between_are_not_overwritten(store: database.Store) -> None:
    edition = an_edition()
    for year, seen in ((2030, 0), (2031, 1)):
        with database.writing() as session:
            actions.save_settings(
                session, edition_id=edition, settings=Intake.defaults(year), seen=seen, by=SYSTEM, at=AT
            )
    with pytest.raises(Changed), database.writing() as session:
        actions.save_settings(session, edition_id=edition, settings=Intake.defaults(2032), seen=1, by=SYSTEM, at=AT)
    with database.reading() as session:
        assert queries.settings(session, edition, Intake, by=SYSTEM) == Intake.defaults(2031)


def test_two_people_who_set_a_phase_for_the_first_time_at_once_do_not_overwrite_each_other(
    store: database.Store,
) -> None:
    edition = an_edition()
    with database.writing() as session:
        actions.save_settings(session, edition_id=edition, settings=Intake.defaults(2030), seen=0, by=SYSTEM, at=AT)
    with pytest.raises(Changed), database.writing() as session:
        actions.save_settings(session, edition_id=edition, settings=Intake.defaults(2031), seen=0, by=SYSTEM, at=AT)


@pytest.mark.parametrize(
    ("name", "year", "refusal"),
    [
        ("2026/27", 2027, NameTaken),
        ("  ", 2027, NameNotValid),
        ("x" * 61, 2027, NameNotValid),
        ("other", 1999, YearNotValid),
    ],
)
def test_an_edition_that_could_be_confused_is_refused(
    store: database.Store, name: str, year: int, refusal: type[Exception]
) -> None:
    an_edition(2026, "2026/27")
    with pytest.raises(refusal), database.writing() as session:
        actions.create(session, name=name, year=year, by=SYSTEM, at=AT)
    with database.reading() as session:
        assert [one.name for one in queries.editions(session, by=SYSTEM)] == ["2026/27"]
        with pytest.raises(NotFound):
            queries.edition(session, 999, by=SYSTEM)


def test_an_edition_is_renamed_by_whoever_saw_its_name(store: database.Store) -> None:
    edition = an_edition(name="first")
    with database.writing() as session:
        actions.rename(session, edition, name=" second  name ", seen=1, by=SYSTEM, at=AT)
    with pytest.raises(Changed), database.writing() as session:
        actions.rename(session, edition, name="third", seen=1, by=SYSTEM, at=AT)
    with database.reading() as session:
        assert queries.edition(session, edition, by=SYSTEM).name == "second name"


def test_a_milestone_is_passed_once(store: database.Store) -> None:
    edition = an_edition()
    with database.reading() as session:
        assert queries.passed(session, edition, Milestone.PAIRS_PUBLISHED, by=SYSTEM) is None
    for _ in range(2):
        with database.writing() as session:
            actions.pass_milestone(session, edition_id=edition, milestone=Milestone.PAIRS_PUBLISHED, by=SYSTEM, at=AT)
    with database.reading() as session:
        assert queries.passed(session, edition, Milestone.PAIRS_PUBLISHED, by=SYSTEM) == AT


@pytest.mark.parametrize(
    ("build", "refusal"),
    [
        (lambda: Intake(date(2026, 7, 1), date(2026, 6, 1)), DatesReversed),
        (lambda: Intake(date(2026, 6, 1), date(2026, 7, 1), ()), NoSectors),
        (lambda: ClosedPeriod("x", date(2026, 7, 1), date(2026, 6, 1)), DatesReversed),
        (lambda: Session(datetime(2026, 9, 1, 18, tzinfo=ROME), 0), OutOfBounds),
        (lambda: Mentoring(date(2026, 11, 1), date(2027, 4, 30), (), least_meetings=9), OutOfBounds),
    ],
)
def test_rules_that_contradict_themselves_are_refused(build, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        build()


def test_the_days_ahead_stand_in_order_and_the_open_one_last() -> None:
    found = days(Intake.defaults(2026), Training.defaults(2026), SpeedDate.defaults(2026), Mentoring.defaults(2026))
    later = ahead(found, date(2026, 9, 18))
    assert [one.what for one in later] == [Day.MENTEE_TRAINING, Day.MEETINGS_BEGIN, Day.MEETINGS_END, Day.SPEED_DATE]
    assert later[-1].on is None
    assert edition_name(2099) == "2099/00"
