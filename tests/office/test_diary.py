"""People's own dates: what stands in their calendars and what their letters carry."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from core.accounts.rules import SYSTEM, Actor, ActorKind
from core.edition import actions as editions
from core.edition.queries import settings_with_version
from core.intake.models import Application
from core.language.text import Language
from core.mentoring.models import Meeting
from core.mentoring.rules import Way
from core.messages.rules import Occasion
from core.office.diary import calendar_text, calendar_texts
from core.office.queries import calendar_of, recipients
from core.people.rules import Side
from core.speeddate.actions import write_reply
from core.speeddate.rules import Coming
from core.speeddate.rules import Settings as SpeedDate
from core.store import database
from core.store.errors import NotAllowed
from core.store.remembered import memory
from core.training.actions import place_on_date, set_sessions
from core.training.rules import Settings as Training
from tests.make import AT, a_pair, a_participant, an_applicant, an_edition, staff, writing

DAY = date(2026, 10, 16)
AFTERNOON = datetime(2026, 9, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def edition(store) -> int:
    return an_edition()


def person(application: int) -> int:
    with database.reading() as session:
        return session.get_one(Application, application).person_id


def linked(application: int) -> Actor:
    return Actor(ActorKind.LINK, "Giulia Rossi", person_id=person(application))


def feed(edition: int, application: int, language: Language = Language.ITALIAN) -> bytes:
    with database.reading() as session:
        return calendar_of(session, edition_id=edition, at=AT, language=language, by=linked(application))


def events(edition: int, application: int, language: Language = Language.ITALIAN) -> dict[str, Any]:
    calendar = Calendar.from_ical(feed(edition, application, language))
    return {str(one["uid"]).partition("@")[0]: one for one in calendar.walk("VEVENT")}


def titles(edition: int, application: int, language: Language = Language.ITALIAN) -> list[str]:
    return [str(one["summary"]) for one in events(edition, application, language).values()]


def choose(edition: int, application: int, number: int | None, *, seen: int = 0, at: datetime = AT) -> None:
    with database.writing() as session:
        place_on_date(
            session, edition_id=edition, application_id=application, number=number, seen=seen, by=SYSTEM, at=at
        )


def set_day(edition: int, day: date | None) -> None:
    with database.writing() as session:
        now, version = settings_with_version(session, edition, SpeedDate, by=SYSTEM)
        editions.save_settings(
            session, edition_id=edition, settings=replace(now, day=day), seen=version, by=SYSTEM, at=AT
        )


def reply(edition: int, application: int, coming: Coming) -> None:
    with database.writing() as session:
        write_reply(session, edition_id=edition, application_id=application, coming=coming, seen=0, by=SYSTEM, at=AT)


def test_a_mentor_is_expected_at_every_session(edition: int) -> None:
    mentor = a_participant(edition, Side.MENTOR)
    assert titles(edition, mentor) == ["Mentoring: formazione"] * 3


def test_a_mentee_is_expected_nowhere_until_a_date_is_chosen(edition: int) -> None:
    mentee = a_participant(edition, Side.MENTEE)
    assert titles(edition, mentee) == []
    choose(edition, mentee, 1)
    (event,) = events(edition, mentee).values()
    assert (event["dtstart"].dt, event["dtend"].dt) == (AFTERNOON, AFTERNOON + timedelta(hours=2))


def test_another_date_replaces_the_one_in_the_calendar(edition: int) -> None:
    mentee = a_participant(edition, Side.MENTEE)
    choose(edition, mentee, 1)
    before = events(edition, mentee)
    choose(edition, mentee, 2, seen=1, at=AT + timedelta(minutes=1))
    after = events(edition, mentee)
    assert list(before) == list(after) == [f"training.{mentee}"]
    key = f"training.{mentee}"
    assert after[key]["sequence"] == before[key]["sequence"] + 60
    assert after[key]["dtstart"].dt != before[key]["dtstart"].dt


def test_a_session_that_is_moved_replaces_the_one_in_the_calendar(edition: int) -> None:
    mentor = a_participant(edition, Side.MENTOR)
    before = events(edition, mentor)
    with database.writing() as session:
        now, version = settings_with_version(session, edition, Training, by=SYSTEM)
        first, *others = now.mentor_sessions
        moved = replace(now, mentor_sessions=(replace(first, starts_at=first.starts_at + timedelta(days=1)), *others))
        set_sessions(session, edition_id=edition, settings=moved, seen=version, by=SYSTEM, at=AT + timedelta(hours=1))
    after = events(edition, mentor)
    key = f"training.{mentor}.1"
    assert list(before) == list(after)
    assert after[key]["dtstart"].dt - before[key]["dtstart"].dt == timedelta(days=1)
    assert after[key]["sequence"] == before[key]["sequence"] + 3600


def test_the_speed_date_stands_there_once_its_day_is_set(edition: int) -> None:
    mentee = a_participant(edition, Side.MENTEE)
    assert titles(edition, mentee) == []
    set_day(edition, DAY)
    (event,) = events(edition, mentee).values()
    assert str(event["summary"]) == "Mentoring: speed date"
    assert event["dtstart"].dt == datetime.combine(DAY, time(15), tzinfo=UTC)
    assert event["dtend"].dt == datetime.combine(DAY, time(17), tzinfo=UTC)


@pytest.mark.parametrize(("coming", "told"), [(Coming.REMOTE, "A distanza, come da risposta."), (Coming.NO, None)])
def test_what_was_said_about_coming_is_heeded(edition: int, coming: Coming, told: str | None) -> None:
    mentee = a_participant(edition, Side.MENTEE)
    set_day(edition, DAY)
    reply(edition, mentee, coming)
    assert [str(one["description"]) for one in events(edition, mentee).values()] == ([told] if told else [])


def test_whoever_is_on_both_sides_goes_to_one_speed_date(edition: int) -> None:
    mentee = a_participant(edition, Side.MENTEE, mail="both@unimi.example")
    a_participant(edition, Side.MENTOR, mail="both@unimi.example")
    set_day(edition, DAY)
    assert titles(edition, mentee).count("Mentoring: speed date") == 1


def test_a_meeting_names_the_partner_and_nobody_else(edition: int) -> None:
    mentee = a_participant(edition, Side.MENTEE, name="Giulia Rossi")
    mentor = a_participant(edition, Side.MENTOR, name="Paolo Conti", mail="paolo@conti.example")
    other = a_participant(edition, Side.MENTOR, name="Rita Neri")
    pair = a_pair(edition, mentee, mentor)
    a_pair(edition, a_participant(edition, Side.MENTEE), other)
    with writing() as session:
        session.add(
            Meeting(pair_id=pair, held_on=date(2026, 11, 5), minutes=90, way=Way.IN_PERSON, place="Aula; 3, piano\\2",
                    note="riservato", entered_at=AT)
        )  # fmt: skip
    (event,) = events(edition, mentee).values()
    assert (str(event["summary"]), str(event["location"])) == (
        "Mentoring: incontro con Paolo Conti",
        "Aula; 3, piano\\2",
    )
    assert event["dtstart"].dt == date(2026, 11, 5)
    said = feed(edition, mentee).decode()
    assert not any(word in said for word in ("paolo@", "Neri", "riservato", "Giulia"))
    assert "Mentoring: meeting with Giulia Rossi" in titles(edition, mentor, Language.ENGLISH)


def test_whoever_is_not_selected_or_has_withdrawn_has_no_dates(edition: int) -> None:
    applicant, gone = an_applicant(edition, Side.MENTOR), a_participant(edition, Side.MENTOR)
    with writing() as session:
        session.get_one(Application, gone).withdrawn_at = AT
    set_day(edition, DAY)
    assert titles(edition, applicant) == titles(edition, gone) == []


def test_the_feed_stays_the_same_while_nothing_changes(edition: int) -> None:
    mentor = a_participant(edition, Side.MENTOR)
    set_day(edition, DAY)
    with database.reading() as session:
        later = calendar_of(
            session, edition_id=edition, at=AT + timedelta(days=9), language=Language.ITALIAN, by=linked(mentor)
        )
    assert feed(edition, mentor) == later


def test_staff_do_not_read_it(edition: int) -> None:
    with database.reading() as session, pytest.raises(NotAllowed):
        calendar_of(session, edition_id=edition, at=AT, language=Language.ITALIAN, by=staff())


def letter(edition: int, application: int, occasion: Occasion) -> str | None:
    with database.reading() as session:
        return calendar_text(session, edition, person(application), occasion, Language.ITALIAN)


def test_letters_carry_the_dates_that_they_are_about(edition: int) -> None:
    mentee, mentor = a_participant(edition, Side.MENTEE), a_participant(edition, Side.MENTOR)
    set_day(edition, DAY)
    assert letter(edition, mentee, Occasion.TRAINING_DATE) is None
    choose(edition, mentee, 2)
    assert (letter(edition, mentee, Occasion.TRAINING_DATE) or "").count("BEGIN:VEVENT") == 1
    assert (letter(edition, mentor, Occasion.TRAINING_MENTOR) or "").count("BEGIN:VEVENT") == 3
    assert (letter(edition, mentor, Occasion.SPEED_DATE) or "").count("BEGIN:VEVENT") == 1
    assert letter(edition, mentor, Occasion.TRAINING_DATE) is None
    assert letter(edition, mentor, Occasion.CONFIRM) is None


def test_the_letters_that_staff_prepare_carry_them(edition: int) -> None:
    mentor = a_participant(edition, Side.MENTOR)
    a_participant(edition, Side.MENTEE)
    set_day(edition, DAY)
    with database.reading() as session:
        found = {
            occasion: recipients(session, edition, occasion, today=date(2026, 8, 1), by=SYSTEM) for occasion in Occasion
        }
    dated = {occasion: [one.recipient.calendar for one in people] for occasion, people in found.items()}
    assert [one is not None for one in dated.pop(Occasion.SPEED_DATE)] == [True, True]
    assert dated.pop(Occasion.TRAINING_MENTOR) == [letter(edition, mentor, Occasion.TRAINING_MENTOR)]
    assert {one for people in dated.values() for one in people} == {None}


def test_many_letters_ask_the_store_no_more_often_than_one(edition: int, store: database.Store) -> None:
    people = [person(a_participant(edition, Side.MENTOR)) for _ in range(5)]
    set_day(edition, DAY)
    assert asked(store, edition, people[:1]) == asked(store, edition, people)


def asked(store: database.Store, edition: int, people: list[int]) -> int:
    heard: list[str] = []

    def hear(*told: Any) -> None:
        heard.append(told[2])

    memory.clear()
    sa.event.listen(store.engine, "before_cursor_execute", hear)
    with database.reading() as session:
        found = calendar_texts(session, edition, Occasion.SPEED_DATE, dict.fromkeys(people, Language.ITALIAN))
    sa.event.remove(store.engine, "before_cursor_execute", hear)
    assert set(found) == set(people)
    return len(heard)
