"""All that has happened with somebody, and finding the person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as some

from core.accounts.rules import SYSTEM, Actor, ActorKind, Role
from core.certificates.earning import Together, earned_at
from core.certificates.rules import Settings as Certificates
from core.certificates.rules import Thresholds
from core.intake.models import Application
from core.language.text import Language
from core.mentoring.models import Meeting
from core.mentoring.rules import Way
from core.messages.models import Message
from core.messages.rules import Channel, MessageState, Occasion
from core.office import actions as office
from core.office import queries
from core.office.happened import By, What
from core.people import actions as people
from core.people.models import History
from core.people.rules import ConsentKind, Contact, Purpose, Result, Side
from core.selection import actions as selection
from core.selection.models import PlaceAnswer
from core.selection.rules import Outcome
from core.speeddate.models import Ballot, CheckIn, Veto
from core.store import database
from core.store.errors import NotAllowed, NotFound
from core.store.remembered import memory
from core.training.models import Attendance, DateChoice
from core.training.rules import Session
from tests.make import AT, a_pair, a_participant, an_applicant, an_edition, met, staff, writing

if TYPE_CHECKING:
    from core.office.queries import OpenedPerson

LATER = AT + timedelta(days=1)


@pytest.fixture
def edition(store) -> int:
    return an_edition()


@pytest.fixture
def giulia(edition: int) -> int:
    return a_participant(edition, Side.MENTEE, name="Giulia Rossi", mail="giulia@rossi.example")


def person(application: int) -> int:
    with database.reading() as session:
        return session.get_one(Application, application).person_id


def linked(application: int) -> Actor:
    return Actor(ActorKind.LINK, "Giulia Rossi", person_id=person(application))


def opened(edition: int, application: int, *, public: str = "") -> OpenedPerson:
    settings = replace(database.current().config, public_url=public)
    with database.reading() as session:
        return queries.opened_person(session, person(application), edition_id=edition, settings=settings, by=SYSTEM)


def whats(edition: int, application: int) -> list[What]:
    return [one.what for one in opened(edition, application).lines]


def called(text: str) -> list[str]:
    with database.reading() as session:
        return [one.spoken for one in queries.people_called(session, text, by=SYSTEM)]


def test_what_was_asked_and_answered_stands_in_the_order_of_time(edition: int, giulia: int) -> None:
    coordinator = staff(Role.COORDINATOR, name="Carlo Neri")
    with writing() as session:
        session.add(PlaceAnswer(application_id=giulia, accepted=True, answered_at=LATER))
        session.add(
            DateChoice(application_id=giulia, session=1, wants=2, answered_at=LATER, account_id=coordinator.account_id)
        )
        session.add(CheckIn(application_id=giulia, at=AT + timedelta(days=20)))
    one = opened(edition, giulia)
    assert [(line.what, line.by) for line in one.lines] == [
        (What.CAME, By.STAFF),
        (What.DATE_WANTED, By.STAFF),
        (What.DATE_CHOSEN, By.STAFF),
        (What.PLACE_TAKEN, By.PERSON),
        (What.DECIDED, By.STAFF),
        (What.APPLIED, By.PERSON),
    ]
    assert one.staff == {coordinator.account_id: "Carlo Neri"}
    assert one.editions == {edition: "2026/27"}


def test_giving_the_place_up_is_told_with_the_withdrawal(edition: int, giulia: int) -> None:
    with database.writing() as session:
        selection.write_place(
            session, edition_id=edition, application_id=giulia, accepted=False, seen=0, by=SYSTEM, at=LATER
        )
    assert whats(edition, giulia)[:2] == [What.WITHDREW, What.PLACE_GIVEN_UP]


def test_letters_are_told_with_each_of_their_steps(edition: int, giulia: int) -> None:
    facts: dict[str, Any] = {"edition_id": edition, "person_id": person(giulia), "language": Language.ITALIAN,
                             "name": "x", "mail": "x", "prepared_at": AT}  # fmt: skip
    sent = {"approved_at": AT + timedelta(hours=1), "sent_at": AT + timedelta(hours=2), "channel": Channel.MAIL}
    with writing() as session:
        session.add(Message(occasion=Occasion.CONFIRM, about="1", state=MessageState.DRAFT, **facts))
        session.add(Message(occasion=Occasion.FREE, about="2", state=MessageState.RETURNED, **facts, **sent))
        session.add(Message(occasion=Occasion.THANKS, about="3", state=MessageState.UNSURE, approved_at=LATER, **facts))
    letters = [one for one in opened(edition, giulia).lines if one.what.startswith("letter_")]
    assert [(one.what, one.values["occasion"].key.rpartition(".")[2]) for one in letters] == [
        (What.LETTER_FAILED, "thanks"),
        (What.LETTER_APPROVED, "thanks"),
        (What.LETTER_RETURNED, "free"),
        (What.LETTER_SENT, "free"),
        (What.LETTER_APPROVED, "free"),
        *[(What.LETTER_PREPARED, occasion) for occasion in ("confirm", "free", "thanks")],
    ]


def test_corrections_and_consents_are_told_and_who_dealt_with_them(edition: int, giulia: int) -> None:
    me, coordinator = linked(giulia), staff(Role.COORDINATOR)
    with database.writing() as session:
        wanted = Contact("Giulia", "Rossi", "giulia@rossi.example", "333")
        people.ask_contact_change(session, contact=wanted, by=me, at=AT)
    with database.writing() as session:
        people.settle_contact_change(session, change_id=1, accepted=True, seen=1, by=coordinator, at=LATER)
    kind = ConsentKind.ACKNOWLEDGEMENT
    with database.writing() as session:
        people.give_own_consent(session, kind=kind, wording="Acconsento", by=me, at=AT + timedelta(days=2))
    with database.writing() as session:
        people.withdraw_own_consent(session, kind=kind, by=me, at=AT + timedelta(days=3))
    one = opened(edition, giulia)
    assert [line.what for line in one.lines][:4] == [
        What.CONSENT_WITHDRAWN,
        What.CONSENT_GIVEN,
        What.CORRECTION_TAKEN,
        What.CORRECTION_ASKED,
    ]
    assert (one.phone, one.change) == ("333", None)
    assert [(agreed.wording, agreed.withdrawn_at) for agreed in one.consents] == [
        ("Acconsento", AT + timedelta(days=3))
    ]


def test_a_correction_that_waits_is_there_to_be_settled(edition: int, giulia: int) -> None:
    with database.writing() as session:
        wanted = Contact("Giulia", "Bianchi", "giulia@rossi.example", "")
        people.ask_contact_change(session, contact=wanted, by=linked(giulia), at=AT)
    change = opened(edition, giulia).change
    assert change is not None
    assert change.asked["last_name"] == "Bianchi"


def test_the_months_of_the_pair_end_with_the_certificate(edition: int, giulia: int) -> None:
    mentor = a_participant(edition, Side.MENTOR, name="Paolo Conti")
    pair = a_pair(edition, giulia, mentor)
    with writing() as session:
        session.add(Attendance(application_id=giulia, session=1))
    for turn in range(6):
        assert What.EARNED not in whats(edition, giulia)
        met(pair, date(2026, 11, 5) + timedelta(weeks=3 * turn))
    lines = opened(edition, giulia).lines
    assert [one.what for one in lines][:2] == [What.EARNED, What.MET]
    assert lines[1].values == {"partner": "Paolo Conti", "minutes": 90}
    assert [one.what for one in lines].count(What.MET) == 6
    assert [one.what for one in lines].count(What.TRAINED) == 1
    assert What.EARNED not in whats(edition, mentor)


def test_what_is_rather_not_wanted_and_notes_are_never_told(edition: int, giulia: int) -> None:
    mentor = a_participant(edition, Side.MENTOR, name="Paolo Conti")
    other = a_participant(edition, Side.MENTOR, name="Rita Segreta")
    pair = a_pair(edition, giulia, mentor)
    with writing() as session:
        ballot = Ballot(mentee_id=giulia, choices="", entered_at=LATER)
        session.add(ballot)
        session.flush()
        session.add(Veto(ballot_id=ballot.id or 0, mentor_id=other))
        session.add(
            Meeting(pair_id=pair, held_on=date(2026, 11, 5), minutes=90, way=Way.ONLINE, note="segreto", entered_at=AT)
        )
    one = opened(edition, giulia)
    assert What.BALLOT in [line.what for line in one.lines]
    assert not any(word in repr(one) for word in ("Segreta", "segreto"))


def test_a_ballot_that_was_taken_away_is_not_told(edition: int, giulia: int) -> None:
    with writing() as session:
        session.add(Ballot(mentee_id=giulia, choices="", entered_at=LATER))
    assert What.BALLOT not in whats(edition, giulia)


def test_earlier_years_stand_beside_this_one_with_what_was_kept(edition: int, giulia: int) -> None:
    before = an_edition(2025, "2025/26")
    an_applicant(before, Side.MENTEE, name="Giulia Rossi", mail="giulia@rossi.example")
    who = person(giulia)
    with writing() as session:
        session.add(History(person_id=who, edition_id=before, side=Side.MENTEE, result=Result.NOT_SELECTED))
    one = opened(edition, giulia)
    assert [(part.edition, part.outcome, part.result) for part in one.parts] == [
        ("2026/27", Outcome.SELECTED, None),
        ("2025/26", None, Result.NOT_SELECTED),
    ]
    assert {line.edition_id for line in one.lines} == {edition, before}


def test_the_links_are_those_of_the_edition_and_need_an_address(edition: int, giulia: int) -> None:
    next_year = an_edition(2027, "2027/28")
    coordinator = staff(Role.COORDINATOR)
    who = person(giulia)
    with database.writing() as session:
        office.make_link(session, edition_id=edition, person_id=who, by=coordinator, at=AT)
    (link,) = opened(edition, giulia).links
    assert (link.purpose, link.address) == (Purpose.PROGRAMME, None)
    assert link.until == datetime(2027, 6, 29, 21, 59, tzinfo=UTC)
    (link,) = opened(edition, giulia, public="https://mentoring.example.it").links
    assert (link.address or "").startswith("https://mentoring.example.it/mine/1-")
    there = opened(next_year, giulia)
    assert (there.here, there.links) == (False, [])


def test_whoever_has_a_link_keeps_it_and_who_did_not_apply_gets_none(edition: int, giulia: int) -> None:
    next_year, who = an_edition(2027, "2027/28"), person(giulia)
    for _ in range(2):
        with database.writing() as session:
            office.make_link(session, edition_id=edition, person_id=who, by=SYSTEM, at=AT)
    assert len(opened(edition, giulia).links) == 1
    with pytest.raises(NotFound), database.writing() as session:
        office.make_link(session, edition_id=next_year, person_id=who, by=SYSTEM, at=AT)


def test_the_number_of_questions_does_not_grow_with_what_happened(
    edition: int, giulia: int, store: database.Store
) -> None:
    mentor = a_participant(edition, Side.MENTOR)
    few = asked(store, edition, giulia)
    pair = a_pair(edition, giulia, mentor)
    for turn in range(8):
        met(pair, date(2026, 11, 5) + timedelta(weeks=turn))
    for year in (2024, 2025):
        an_applicant(an_edition(year, f"{year}"), Side.MENTEE, mail="giulia@rossi.example")
    assert asked(store, edition, giulia) == few


def asked(store: database.Store, edition: int, application: int) -> int:
    heard: list[str] = []

    def hear(*told: Any) -> None:
        heard.append(told[2])

    who = person(application)
    memory.clear()
    sa.event.listen(store.engine, "before_cursor_execute", hear)
    with database.reading() as session:
        queries.opened_person(session, who, edition_id=edition, settings=store.config, by=SYSTEM)
    sa.event.remove(store.engine, "before_cursor_execute", hear)
    return len(heard)


def test_nobody_who_is_not_there_is_opened_and_only_by_who_may(edition: int, giulia: int) -> None:
    config, helper, who = database.current().config, staff(Role.HELPER), person(giulia)
    with database.reading() as session:
        with pytest.raises(NotFound):
            queries.opened_person(session, 999, edition_id=edition, settings=config, by=SYSTEM)
        with pytest.raises(NotAllowed):
            queries.opened_person(session, who, edition_id=edition, settings=config, by=helper)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("rossi", ["Giulia Rossi"]),
        ("GIÙLIA ross", ["Giulia Rossi"]),
        ("giulia@rossi", ["Giulia Rossi"]),
        ("muller", ["Jörg Müller"]),
        ("o brien", ["Una O'Brien"]),
        ("o'brien", ["Una O'Brien"]),
        ("example", ["Jörg Müller", "Una O'Brien", "Giulia Rossi"]),
        ("%", ["Per Cento%"]),
        ("_", ["Sotto_ Linea"]),
        ("\\", []),
        ("rossi bianchi", []),
        ("   ", []),
    ],
)
@pytest.mark.usefixtures("giulia")
def test_people_are_found_whatever_the_spelling(edition: int, text: str, found: list[str]) -> None:
    an_applicant(edition, Side.MENTOR, name="Jörg Müller", mail="jm@m.example")
    an_applicant(edition, Side.MENTOR, name="Una O'Brien", mail="uo@b.example")
    an_applicant(edition, Side.MENTOR, name="Per Cento%", mail="pc@c.test")
    an_applicant(edition, Side.MENTOR, name="Sotto_ Linea", mail="sl@l.test")
    assert called(text) == found


# ---- when a certificate is earned

RULES = Certificates(mentees=Thresholds(100, 3, 4.5), mentors=Thresholds(66, 3, 4.5))
LESSONS = tuple(Session(AT + timedelta(days=number), number=number) for number in (1, 2, 3))


def earned(side: Side, attended: list[int], days: list[int], *, pairs: int = 1) -> datetime | None:
    meetings = [Together(AT + timedelta(days=day), 1, 90) for day in days]
    return earned_at(RULES, side, sessions=LESSONS, attended=attended, pairs=pairs, meetings=meetings)


def test_a_certificate_is_earned_with_the_last_thing_that_was_missing() -> None:
    assert earned(Side.MENTEE, [1], [10, 20, 30]) == AT + timedelta(days=30)
    assert earned(Side.MENTEE, [1], [10, 20, 30, 40]) == AT + timedelta(days=30)
    assert earned(Side.MENTOR, [1, 3], [0, 1, 2]) == AT + timedelta(days=3)
    assert earned(Side.MENTOR, [1], [10, 20, 30]) is None
    assert earned(Side.MENTEE, [1], [10, 20]) is None
    assert earned(Side.MENTEE, [], [10, 20, 30]) is None
    assert earned(Side.MENTEE, [1], [10, 20, 30], pairs=0) is None


@given(some.lists(some.integers(0, 60), max_size=8), some.sets(some.integers(1, 3)))
def test_what_comes_later_never_moves_it_to_a_later_day(days: list[int], attended: set[int]) -> None:
    before = earned(Side.MENTOR, sorted(attended), days)
    after = earned(Side.MENTOR, sorted(attended), [*days, 61])
    assert before is None or after == before
