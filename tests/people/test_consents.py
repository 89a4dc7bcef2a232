"""Being named in public: consented to and taken back, with the date and the text of then."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from core.accounts.rules import SYSTEM, Actor, ActorKind
from core.intake.models import Application
from core.people import actions, queries
from core.people.models import Consent
from core.people.queries import MyConsent
from core.people.rules import ConsentKind, Side
from core.store import database
from core.store.errors import NotAllowed
from tests.faults.test_turns import at_once
from tests.make import AT, a_participant, an_edition, staff

LATER, LAST = AT + timedelta(days=1), AT + timedelta(days=2)
NAMED = ConsentKind.ACKNOWLEDGEMENT
FIRST_TEXT, SECOND_TEXT = "Acconsento, testo 1", "Acconsento, testo 2"


@pytest.fixture
def mentor(store) -> int:
    application = a_participant(an_edition(), Side.MENTOR)
    with database.reading() as session:
        return session.get_one(Application, application).person_id


def linked(person: int) -> Actor:
    return Actor(ActorKind.LINK, "x", person_id=person)


def give(person: int, wording: str = FIRST_TEXT, at: datetime = AT) -> None:
    with database.writing() as session:
        actions.give_own_consent(session, kind=NAMED, wording=wording, by=linked(person), at=at)


def take_back(person: int, at: datetime = LATER) -> None:
    with database.writing() as session:
        actions.withdraw_own_consent(session, kind=NAMED, by=linked(person), at=at)


def said(person: int) -> MyConsent | None:
    with database.reading() as session:
        return queries.my_consent(session, kind=NAMED, by=linked(person))


def test_a_consent_keeps_its_date_and_the_text_that_was_agreed_to(mentor: int) -> None:
    assert said(mentor) is None
    give(mentor)
    assert said(mentor) == MyConsent(AT, None, FIRST_TEXT)


def test_whoever_consents_already_keeps_the_first_date_and_text(mentor: int) -> None:
    give(mentor)
    give(mentor, SECOND_TEXT, LATER)
    assert said(mentor) == MyConsent(AT, None, FIRST_TEXT)


def test_a_consent_that_was_taken_back_begins_anew_with_the_text_of_now(mentor: int) -> None:
    give(mentor)
    take_back(mentor)
    assert said(mentor) == MyConsent(AT, LATER, FIRST_TEXT)
    take_back(mentor, LAST)
    assert said(mentor) == MyConsent(AT, LATER, FIRST_TEXT)
    give(mentor, SECOND_TEXT, LAST)
    assert said(mentor) == MyConsent(LAST, None, SECOND_TEXT)


def test_what_was_never_given_cannot_be_taken_back(mentor: int) -> None:
    take_back(mentor)
    assert said(mentor) is None


def test_what_staff_write_down_has_no_text(mentor: int) -> None:
    give(mentor)
    take_back(mentor)
    with database.writing() as session:
        actions.give_consent(session, [mentor], kind=NAMED, by=SYSTEM, at=LAST)
    assert said(mentor) == MyConsent(LAST, None, None)


def test_staff_do_not_consent_in_the_persons_name(mentor: int) -> None:
    colleague = staff()
    with pytest.raises(NotAllowed), database.writing() as session:
        actions.give_own_consent(session, kind=NAMED, wording=FIRST_TEXT, by=colleague, at=AT)
    with pytest.raises(NotAllowed), database.writing() as session:
        actions.give_consent(session, [mentor], kind=NAMED, by=linked(mentor), at=AT)
    assert said(mentor) is None


def test_two_phones_at_once_leave_one_consent(mentor: int) -> None:
    assert at_once(lambda: give(mentor), lambda: give(mentor)) == [None, None]
    with database.reading() as session:
        assert len(session.exec(select(Consent)).all()) == 1
