"""The page of the answers, as a coordinator uses it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from core.accounts.rules import SYSTEM, Actor, ActorKind, Role
from core.edition import actions as editions
from core.edition.queries import settings_with_version
from core.intake.models import Application
from core.messages.rules import Occasion
from core.people import actions as people
from core.people import queries as persons
from core.people.rules import Contact, Side
from core.selection import actions as selection
from core.selection import queries
from core.selection.rules import Outcome, PlaceState, Settings, SideRules
from core.speeddate.queries import invited
from core.speeddate.rules import Coming
from core.speeddate.rules import Settings as SpeedDate
from core.store import database
from core.training import actions as training
from core.training.queries import choosing
from core.training.rules import Settings as Training
from pages.shared.writing import asked
from tests import make

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest


@pytest.fixture
def edition(store) -> int:
    return make.an_edition()


@pytest.fixture
def coordinator() -> Actor:
    return make.staff(Role.COORDINATOR)


def linked(application: int) -> Actor:
    with database.reading() as session:
        return Actor(ActorKind.LINK, "x", person_id=session.get_one(Application, application).person_id)


def keep(edition: int, kind: Any, **changed: Any) -> None:
    with database.writing() as session:
        now, version = settings_with_version(session, edition, kind, by=SYSTEM)
        wanted = replace(now, **changed)
        editions.save_settings(session, edition_id=edition, settings=wanted, seen=version, by=SYSTEM, at=make.AT)


def write(edition: int, application: int, *, accepted: bool, seen: int = 0) -> None:
    with database.writing() as session:
        selection.write_place(
            session, edition_id=edition, application_id=application, accepted=accepted, seen=seen, by=SYSTEM, at=make.AT
        )


def states(edition: int) -> dict[str, PlaceState]:
    with database.reading() as session:
        given = queries.places(session, edition, side=Side.MENTEE, by=SYSTEM).given
    return {one.spoken: one.state for one in given}


def lead(page: AppTest) -> str:
    """The line below the title; before it only the roles are a caption, in the header."""
    return page.caption[1].value.replace("\\", "")


def names(page: AppTest) -> list[str]:
    return page.dataframe[0].value["Cognome e nome"].tolist()


def told(page: AppTest) -> list[str]:
    return page.dataframe[0].value["Risposta"].tolist()


def open_row(page: AppTest, row: int) -> AppTest:
    """The page with this row of the table ticked."""
    key = page.dataframe[0].key
    page.session_state[key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return page.run()


def matter(page: AppTest, wanted: str) -> AppTest:
    return page.segmented_control("messages.matter").set_value(wanted).run()


def say(page: AppTest, value: object) -> AppTest:
    next(one for one in page.segmented_control if (one.key or "").endswith(".said")).set_value(value)
    return press(page, "Registrare la risposta")


def press(page: AppTest, label: str) -> AppTest:
    return next(one for one in page.button if one.label.replace("\\", "") == label).click().run()


@pytest.mark.parametrize(
    ("wanted", "button"),
    [("places", "Graduatoria e decisioni"), ("dates", "Edizione e regole"), ("event", "Graduatoria e decisioni")],
)
@pytest.mark.usefixtures("edition")
def test_without_anybody_to_ask_it_says_why_and_where_to_go(coordinator: Actor, wanted: str, button: str) -> None:
    page = matter(make.open_page("answers", coordinator), wanted)
    assert not page.exception
    assert len(page.info) == 1
    assert button in [one.label for one in page.button]


@pytest.mark.usefixtures("edition")
def test_without_corrections_it_says_that_none_waits(coordinator: Actor) -> None:
    page = matter(make.open_page("answers", coordinator), "contacts")
    assert [one.value[:28] for one in page.info] == ["Nessuna correzione aspetta: "]


def test_the_counts_stand_in_one_line_and_the_answers_in_a_table(edition: int, coordinator: Actor) -> None:
    keep(edition, Settings, answer_by=date(2026, 10, 10), mentees=SideRules(3, Settings.defaults(2026).mentees.weights))
    yes, no, _ = (make.a_participant(edition, Side.MENTEE, name=name) for name in ("Ada Alfa", "Bea Beta", "Zoe Zeta"))
    write(edition, yes, accepted=True)
    write(edition, no, accepted=False)
    page = make.open_page("answers", coordinator)
    assert lead(page) == (
        "Posti: 3 · accettati: 1 · rifiutati o ritirati: 1 · una persona senza risposta · un posto libero · "
        "risposte fino a sabato 10 ottobre 2026"
    )
    assert (names(page), told(page)) == (["Alfa Ada", "Beta Bea", "Zeta Zoe"], ["Accetta", "Rifiuta", "–"])
    page = page.segmented_control("messages.show places").set_value("silent").run()
    assert names(page) == ["Zeta Zoe"]
    page = page.segmented_control("messages.show places").set_value("no").run()
    assert names(page) == ["Beta Bea"]
    page = page.text_input("messages.search").set_value("zzz").run()
    assert not page.exception
    assert not page.dataframe


def test_fewer_seats_than_are_held_are_told(edition: int, coordinator: Actor) -> None:
    for _ in range(2):
        make.a_participant(edition, Side.MENTEE)
    keep(edition, Settings, mentees=SideRules(1, Settings.defaults(2026).mentees.weights))
    assert "uno oltre i posti" in lead(make.open_page("answers", coordinator))


def test_an_answer_told_by_telephone_is_written_down_and_taken_away(edition: int, coordinator: Actor) -> None:
    make.a_participant(edition, Side.MENTEE, name="Ada Alfa")
    page = say(open_row(make.open_page("answers", coordinator), 0), False)
    assert not page.exception
    assert [one.value for one in page.toast] == ["Risposta di Ada Alfa registrata"]
    assert states(edition) == {"Ada Alfa": PlaceState.DECLINED}
    assert page.dataframe[0].value["Chi"].tolist() == ["l'ufficio"]
    page = press(open_row(page, 0), "Togliere la risposta")
    assert not page.exception
    assert states(edition) == {"Ada Alfa": PlaceState.SILENT}


def test_nothing_picked_is_said_and_nothing_is_written(edition: int, coordinator: Actor) -> None:
    make.a_participant(edition, Side.MENTEE, name="Ada Alfa")
    page = press(open_row(make.open_page("answers", coordinator), 0), "Registrare la risposta")
    assert [one.value for one in page.warning] == ["Nessuna risposta scelta: nulla è stato registrato."]
    assert states(edition) == {"Ada Alfa": PlaceState.SILENT}


def test_who_answered_meanwhile_is_not_overwritten_and_it_is_said(edition: int, coordinator: Actor) -> None:
    mentee = make.a_participant(edition, Side.MENTEE, name="Ada Alfa")
    page = open_row(make.open_page("answers", coordinator), 0)
    write(edition, mentee, accepted=True)
    page = say(page, False)
    assert not page.exception
    assert len(page.warning) == 1
    assert "nel frattempo" in page.warning[0].value
    assert states(edition) == {"Ada Alfa": PlaceState.ACCEPTED}


def test_a_free_seat_is_offered_to_the_first_of_the_waiting_list(edition: int, coordinator: Actor) -> None:
    well = {"self_assessment": {"goals": 5}, "motivation": "x"}
    best = make.an_applicant(edition, Side.MENTEE, name="Ada Alfa", mean_30=30.0, **well)
    good = make.an_applicant(edition, Side.MENTEE, name="Bea Beta", mean_30=25.0, **well)
    make.a_participant(edition, Side.MENTEE, name="Zoe Zeta")
    with database.writing() as session:
        selection.decide(
            session,
            edition_id=edition,
            seen={best: 0, good: 0},
            outcome=Outcome.WAITING,
            reason="oltre i posti",
            by=SYSTEM,
            at=make.AT,
        )
    keep(edition, Settings, mentees=SideRules(2, Settings.defaults(2026).mentees.weights))
    page = make.open_page("answers", coordinator)
    assert any("Alfa Ada" in one.value for one in page.markdown)
    page = press(page, "Offrire il posto a Alfa Ada")
    assert not page.exception
    assert states(edition) == {"Ada Alfa": PlaceState.SILENT, "Zoe Zeta": PlaceState.SILENT}
    assert not any(one.label.startswith("Offrire") for one in page.button)


def test_a_place_is_not_offered_without_a_reason(edition: int, coordinator: Actor) -> None:
    best = make.an_applicant(edition, Side.MENTEE, name="Ada Alfa")
    make.a_participant(edition, Side.MENTEE, name="Zoe Zeta")
    with database.writing() as session:
        selection.decide(
            session, edition_id=edition, seen={best: 0}, outcome=Outcome.WAITING, reason="x", by=SYSTEM, at=make.AT
        )
    page = make.open_page("answers", coordinator)
    next(one for one in page.text_input if (one.key or "").startswith("offer ")).set_value(" ")
    page = press(page, "Offrire il posto a Alfa Ada")
    assert len(page.error) == 1
    assert states(edition) == {"Zoe Zeta": PlaceState.SILENT}


def test_a_training_date_is_told_with_its_places_and_written_down(edition: int, coordinator: Actor) -> None:
    make.a_participant(edition, Side.MENTEE, name="Ada Alfa")
    with database.writing() as session:
        now, version = settings_with_version(session, edition, Training, by=SYSTEM)
        first, second = now.mentee_sessions
        wanted = replace(now, mentee_sessions=(replace(first, places=1), second))
        training.set_sessions(session, edition_id=edition, settings=wanted, seen=version, by=SYSTEM, at=make.AT)
    page = matter(make.open_page("answers", coordinator), "dates")
    assert lead(page) == (
        "mercoledì 2 settembre 2026, 14:00: 0 su 1 posti · venerdì 18 settembre 2026, 14:00: 0, senza limite · "
        "una persona senza risposta"
    )
    page = say(open_row(page, 0), 1)
    assert not page.exception
    with database.reading() as session:
        assert [one.session for one in choosing(session, edition, by=SYSTEM).people] == [1]
    assert told(page) == ["2 set 2026, 14:00"]


def test_who_would_like_to_change_is_found(edition: int, coordinator: Actor) -> None:
    one, other = (make.a_participant(edition, Side.MENTEE, name=name) for name in ("Ada Alfa", "Bea Beta"))
    with database.writing() as session:
        now, version = settings_with_version(session, edition, Training, by=SYSTEM)
        full = tuple(replace(date_, places=1) for date_ in now.mentee_sessions)
        training.set_sessions(
            session,
            edition_id=edition,
            settings=replace(now, mentee_sessions=full),
            seen=version,
            by=SYSTEM,
            at=make.AT,
        )
    early = make.AT.replace(month=8)
    for mentee, number in ((one, 1), (other, 2), (one, 2)):
        me = linked(mentee)
        with database.writing() as session:
            training.choose_date(session, edition_id=edition, application_id=mentee, number=number, by=me, at=early)
    page = matter(make.open_page("answers", coordinator), "dates")
    page = page.segmented_control("messages.show dates").set_value("wants").run()
    assert (names(page), told(page)) == (["Alfa Ada"], ["2 set 2026, 14:00 (vorrebbe 18 set 2026, 14:00)"])


def test_a_reply_about_the_speed_date_is_written_down(edition: int, coordinator: Actor) -> None:
    keep(edition, SpeedDate, day=date(2026, 10, 16))
    make.a_participant(edition, Side.MENTOR, name="Ada Alfa")
    page = matter(make.open_page("answers", coordinator), "event")
    assert lead(page) == (
        "In presenza: 0 · a distanza: 0 · non vengono: 0 · una persona senza risposta · venerdì 16 ottobre 2026, 17:00"
    )
    page = say(open_row(page, 0), Coming.REMOTE)
    assert not page.exception
    with database.reading() as session:
        assert [one.coming for one in invited(session, edition, by=SYSTEM)] == [Coming.REMOTE]
    assert "a distanza: 1" in lead(page)


def ask(application: int, **wanted: str) -> None:
    me = linked(application)
    with database.reading() as session:
        now = persons.me(session, by=me).contact
    with database.writing() as session:
        people.ask_contact_change(session, contact=replace(now, **wanted), by=me, at=make.AT)


def contact(application: int) -> Contact:
    with database.reading() as session:
        return persons.me(session, by=linked(application)).contact


@pytest.mark.parametrize(("button", "surname"), [("Accettare", "Bianchi"), ("Lasciare com'è", "Alfa")])
def test_a_correction_is_taken_over_or_left(edition: int, coordinator: Actor, button: str, surname: str) -> None:
    mentee = make.an_applicant(edition, Side.MENTEE, name="Ada Alfa", mail="ada@alfa.example")
    ask(mentee, last_name="Bianchi", phone="333")
    page = matter(make.open_page("answers", coordinator), "contacts")
    assert lead(page) == "Una correzione aspetta una decisione"
    assert page.dataframe[0].value.values.tolist() == [["Cognome", "Alfa", "Bianchi"], ["Telefono", "—", "333"]]
    page = press(page, button)
    assert not page.exception
    assert contact(mentee).last_name == surname
    assert not page.dataframe


def test_an_address_that_is_somebody_elses_is_said_and_nothing_changes(edition: int, coordinator: Actor) -> None:
    mentee = make.an_applicant(edition, Side.MENTEE, name="Ada Alfa", mail="ada@alfa.example")
    ask(mentee, mail="ugo@verdi.example")
    make.an_applicant(edition, Side.MENTOR, mail="ugo@verdi.example")
    page = press(matter(make.open_page("answers", coordinator), "contacts"), "Accettare")
    assert page.error[0].value.replace("\\", "") == (
        "L'indirizzo ugo@verdi.example appartiene già a un'altra persona: verificare se è la stessa. "
        "Nulla è stato modificato."
    )
    assert contact(mentee).mail == "ada@alfa.example"


def test_corrections_are_counted_on_the_first_page(edition: int, coordinator: Actor) -> None:
    assert "Correzioni di recapiti che aspettano" not in [one.label for one in make.open_page("", coordinator).metric]
    ask(make.an_applicant(edition, Side.MENTEE), phone="333")
    page = make.open_page("", coordinator)
    assert [(one.label, one.value) for one in page.metric][-1] == ("Correzioni di recapiti che aspettano", "1")


def test_the_silent_are_handed_to_the_page_that_writes(edition: int, coordinator: Actor) -> None:
    for _ in range(2):
        make.a_participant(edition, Side.MENTEE)
    page = make.open_page("answers", coordinator)
    offered = [one.label for one in page.button if one.label.startswith("Scrivere a")]
    assert offered == ["Scrivere a 2 persone che non hanno risposto"]
    assert asked(Occasion.CONFIRM, {12, 3}) == {"occasion": "confirm", "people": "3,12"}
