"""Who stands where, read from the store; and the consents to being thanked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from core.accounts.rules import Right, Role
from core.certificates import queries
from core.certificates.acknowledgement import snippet
from core.certificates.paper import Done
from core.certificates.queries import ConsentState, Standing, Thanked
from core.certificates.rules import Facts, Lack
from core.intake.models import Application
from core.people import actions
from core.people.models import Consent
from core.people.rules import ConsentKind, Side
from core.store import database
from core.store.audit import AuditEntry
from core.store.errors import NotAllowed, NotFound
from tests import make
from tests.certificates import year

KIND = ConsentKind.ACKNOWLEDGEMENT
LATER = make.AT + timedelta(days=1)


@pytest.fixture
def edition(store) -> int:
    return make.an_edition()


@pytest.fixture
def me(store):
    return make.staff(Role.COORDINATOR)


def standings(edition: int, by, side: Side | None = None) -> dict[int, Standing]:
    with database.reading() as session:
        return {one.application_id: one for one in queries.standings(session, edition, side=side, by=by)}


def thanked(edition: int, by) -> list[Thanked]:
    with database.reading() as session:
        return queries.thanks(session, edition, by=by)


def say_yes(*people: int, by, at=make.AT) -> None:
    with database.writing() as session:
        actions.give_consent(session, people, kind=KIND, by=by, at=at)


def say_no(*people: int, by, at=make.AT) -> None:
    with database.writing() as session:
        actions.withdraw_consent(session, people, kind=KIND, by=by, at=at)


def test_a_pair_that_did_all_has_earned_two_certificates(edition: int, me) -> None:
    mentee, mentor = year.finished(edition)
    held = standings(edition, me)
    assert [one.earned for one in held.values()] == [True, True]
    assert held[mentee].facts == Facts(attended=1, expected=1, partners=1, meetings=6, minutes=540)
    assert held[mentor].facts == Facts(attended=2, expected=3, partners=1, meetings=6, minutes=540)
    assert held[mentor].done == Done(2, 240, 6, 540, (date(2026, 11, 5), date(2027, 2, 18)))
    paper = held[mentee].paper(edition="2026/27", issued_on=date(2027, 5, 5))
    assert (paper.name, paper.listed, paper.side) == ("Giulia Rossi", "Rossi Giulia", Side.MENTEE)


def test_of_several_mentees_the_best_pairs_meetings_and_all_hours_count(edition: int, me) -> None:
    first, second = (make.a_participant(edition, Side.MENTEE) for _ in range(2))
    mentor = make.a_participant(edition, Side.MENTOR)
    year.attend(mentor, 1, 2, 3)
    one, other = year.publish(edition, [(first, mentor), (second, mentor)])
    year.meet(one, 4)
    year.meet(other, 5)
    held = standings(edition, me, Side.MENTOR)[mentor]
    assert held.facts == Facts(attended=3, expected=3, partners=2, meetings=5, minutes=810)
    assert held.done.meetings == 9
    assert [lack.lack for lack in held.missing] == [Lack.MEETINGS]


def test_a_mentee_needs_one_session_and_a_second_counts_no_more(edition: int, me) -> None:
    mentee = make.a_participant(edition, Side.MENTEE)
    assert standings(edition, me)[mentee].facts == Facts(attended=0, expected=1)
    year.attend(mentee, 1, 2)
    assert standings(edition, me)[mentee].facts == Facts(attended=1, expected=1)
    assert standings(edition, me)[mentee].done.sessions == 2


def test_a_session_that_is_no_longer_held_does_not_count(edition: int, me) -> None:
    mentor = make.a_participant(edition, Side.MENTOR)
    year.attend(mentor, 1, 99)
    assert standings(edition, me)[mentor].facts == Facts(attended=1, expected=3)


def test_whoever_withdrew_or_was_not_selected_is_not_in_the_list(edition: int, me) -> None:
    mentee, mentor = year.finished(edition)
    make.an_applicant(edition, Side.MENTEE)
    with make.writing() as session:
        session.get_one(Application, mentee).withdrawn_at = make.AT
    assert list(standings(edition, me)) == [mentor]


def test_the_number_of_statements_does_not_grow_with_the_people(edition: int, me) -> None:
    counts: list[int] = []
    for _ in range(2):
        statements: list[str] = []
        engine = database.current().engine

        def heard(*said, kept: list[str] = statements) -> None:
            kept.append(said[2])

        event.listen(engine, "before_cursor_execute", heard)
        standings(edition, me)
        thanked(edition, me)
        event.remove(engine, "before_cursor_execute", heard)
        counts.append(len(statements))
        if len(counts) == 1:
            pairs = [
                (make.a_participant(edition, Side.MENTEE), make.a_participant(edition, Side.MENTOR)) for _ in range(9)
            ]
            for pair in year.publish(edition, pairs):
                year.meet(pair, 2)
    assert counts[0] == counts[1]


def test_a_consent_is_given_once_kept_and_taken_back(edition: int, me) -> None:
    year.finished(edition, company="Banca & Figli", job_title="HR")
    [mentor] = thanked(edition, me)
    assert (mentor.state, mentor.since, mentor.listed) == (ConsentState.NEVER, None, "Conti Paolo")
    say_yes(mentor.person_id, by=me)
    say_yes(mentor.person_id, by=me, at=LATER)
    [mentor] = thanked(edition, me)
    assert (mentor.state, mentor.since) == (ConsentState.GIVEN, make.AT)
    say_no(mentor.person_id, by=me, at=LATER)
    say_no(mentor.person_id, by=me, at=LATER + timedelta(days=1))
    [mentor] = thanked(edition, me)
    assert (mentor.state, mentor.since) == (ConsentState.WITHDRAWN, LATER)
    say_yes(mentor.person_id, by=me, at=LATER + timedelta(days=2))
    [mentor] = thanked(edition, me)
    assert (mentor.state, mentor.since) == (ConsentState.GIVEN, LATER + timedelta(days=2))


def test_taking_back_what_was_never_given_changes_nothing(edition: int, me) -> None:
    year.finished(edition)
    say_no(thanked(edition, me)[0].person_id, by=me)
    with database.reading() as session:
        assert session.exec(select(Consent)).all() == []


def test_a_consent_of_nobody_is_refused_whole(edition: int, me) -> None:
    year.finished(edition)
    person = thanked(edition, me)[0].person_id
    with pytest.raises(NotFound):
        say_yes(person, 9999, by=me)
    assert thanked(edition, me)[0].state is ConsentState.NEVER


def test_several_consents_are_one_act(edition: int, me) -> None:
    mentees = [make.a_participant(edition, Side.MENTEE) for _ in range(3)]
    mentors = [make.a_participant(edition, Side.MENTOR) for _ in range(3)]
    year.publish(edition, zip(mentees, mentors, strict=True))
    people = [one.person_id for one in thanked(edition, me)]
    say_yes(*people, people[0], by=me)
    with database.reading() as session:
        acts = session.exec(select(AuditEntry).where(AuditEntry.act == "people.give_consent")).all()
        assert len(acts) == 1
    assert {one.state for one in thanked(edition, me)} == {ConsentState.GIVEN}


def test_only_mentors_of_published_pairs_are_thanked(edition: int, me) -> None:
    make.a_participant(edition, Side.MENTOR, name="Senza Coppia")
    assert thanked(edition, me) == []
    year.finished(edition)
    assert [one.listed for one in thanked(edition, me)] == ["Conti Paolo"]


def test_the_snippet_names_who_consented_and_escapes_what_they_wrote(edition: int, me) -> None:
    script = "<script>alert(1)</script>"
    pairs = []
    for name in ("Anna <b>Alfa", "Bea Beta", "Carla Gamma"):
        mentor = make.a_participant(edition, Side.MENTOR, name=name, company="A & B", job_title=script)
        pairs.append((make.a_participant(edition, Side.MENTEE), mentor))
    year.publish(edition, pairs)
    by_name = {one.first_name: one.person_id for one in thanked(edition, me)}
    say_yes(by_name["Anna"], by_name["Bea"], by=me)
    say_no(by_name["Bea"], by=me)
    assert snippet(thanked(edition, me)) == (
        "<ul>\n"
        "  <li><strong>Anna &lt;b&gt;Alfa</strong>, &lt;script&gt;alert(1)&lt;/script&gt;, A &amp; B</li>\n"
        "</ul>\n"
    )


def test_whoever_does_not_coordinate_neither_reads_nor_writes(edition: int) -> None:
    year.finished(edition)
    viewer = make.staff(Role.VIEWER, Role.HELPER, Role.REVIEWER, Role.ADMIN)
    assert not viewer.may(Right.CERTIFICATES)
    with pytest.raises(NotAllowed):
        standings(edition, viewer)
    with pytest.raises(NotAllowed):
        thanked(edition, viewer)
    with pytest.raises(NotAllowed):
        say_yes(1, by=viewer)
