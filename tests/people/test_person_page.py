"""The page of one person, as a coordinator uses it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlmodel import select

from core.accounts.rules import Actor, ActorKind, Role
from core.intake.models import Application
from core.people import actions, queries
from core.people.models import PersonalLink
from core.people.rules import ConsentKind, Side
from core.store import database
from tests import make

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest


@pytest.fixture
def edition(store) -> int:
    return make.an_edition()


@pytest.fixture
def coordinator() -> Actor:
    return make.staff(Role.COORDINATOR)


@pytest.fixture
def giulia(edition: int) -> int:
    application = make.a_participant(edition, Side.MENTEE, name="Giulia Rossi", mail="giulia@rossi.example")
    with database.reading() as session:
        return session.get_one(Application, application).person_id


def opened(person: object, actor: Actor) -> AppTest:
    page = make.open_page("person", actor)
    page.query_params["person"] = str(person)
    return page.run()


def public(store: database.Store, address: str) -> None:
    store.config = replace(store.config, public_url=address)


def press(page: AppTest, label: str) -> AppTest:
    return next(one for one in page.button if one.label == label).click().run()


def labels(page: AppTest) -> list[str]:
    return [one.label for one in page.button]


def texts(page: AppTest) -> list[str]:
    return [one.value for one in page.text]


@pytest.mark.usefixtures("edition")
def test_with_nobody_chosen_it_says_how_to_find_somebody(coordinator: Actor) -> None:
    page = make.open_page("person", coordinator)
    assert not page.exception
    assert [one.value[:19] for one in page.info] == ["Cercare una persona"]
    assert "Aprire l'elenco dei candidati" in labels(page)


@pytest.mark.parametrize("said", ["x", "0", "-1", "1e5", "999", "9" * 30, "٣"])
@pytest.mark.usefixtures("giulia")
def test_an_address_that_means_nobody_is_answered_with_a_sentence(coordinator: Actor, said: str) -> None:
    page = opened(said, coordinator)
    assert not page.exception
    assert len(page.info) + len(page.error) == 1
    assert not page.header


@pytest.mark.usefixtures("giulia")
def test_somebody_is_found_by_a_part_of_the_name(coordinator: Actor) -> None:
    page = make.open_page("person", coordinator)
    page = page.text_input("people.search").set_value("ROSSÌ giu").run()
    assert page.dataframe[0].value["Cognome e nome"].tolist() == ["Rossi Giulia"]
    page.session_state[page.dataframe[0].key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    page = page.run()
    assert not page.exception
    assert [one.value for one in page.header] == ["Giulia Rossi"]
    page = make.open_page("person", coordinator).text_input("people.search").set_value("%").run()
    assert page.info[0].value.startswith("Nessuna persona ha questo nome")


def test_what_has_happened_stands_there_in_the_order_of_time(giulia: int, coordinator: Actor) -> None:
    page = opened(giulia, coordinator)
    assert not page.exception
    assert texts(page)[0] == "giulia@rossi.example · messaggi in italiano (lingua non scelta)"
    assert page.dataframe[0].value["Che cosa"].tolist() == [
        "Decisione come mentee: Selezionata (in graduatoria)",
        "Candidatura come mentee",
    ]


def test_a_link_is_made_and_shown_to_be_copied(giulia: int, coordinator: Actor, store: database.Store) -> None:
    public(store, "https://mentoring.example.it")
    page = press(opened(giulia, coordinator), "Preparare il collegamento")
    assert not page.exception
    assert len(page.code) == 1
    assert page.code[0].value.startswith("https://mentoring.example.it/mine/1-")
    assert "Preparare il collegamento" not in labels(page)


def test_without_an_address_of_the_programme_it_says_what_is_missing(giulia: int, coordinator: Actor) -> None:
    page = press(opened(giulia, coordinator), "Preparare il collegamento")
    assert not page.exception
    assert ["MENTORING" in one.value for one in page.warning] == [True]
    assert not page.code


def test_links_are_made_worthless_after_it_was_said_what_that_means(
    giulia: int, coordinator: Actor, store: database.Store
) -> None:
    public(store, "https://mentoring.example.it")
    page = press(opened(giulia, coordinator), "Preparare il collegamento")
    before = page.code[0].value
    assert any("non apriranno più nulla" in one.value for one in page.markdown)
    page = press(page, "Disattivare tutti i collegamenti")
    assert not page.exception
    assert page.code[0].value != before
    with database.reading() as session:
        assert [one.generation for one in session.exec(select(PersonalLink))] == [2]


def test_a_correction_is_settled_here_too(giulia: int, coordinator: Actor) -> None:
    me = Actor(ActorKind.LINK, "Giulia Rossi", person_id=giulia)
    with database.reading() as session:
        now = queries.me(session, by=me).contact
    with database.writing() as session:
        actions.ask_contact_change(session, contact=replace(now, phone="333"), by=me, at=make.AT)
    page = press(opened(giulia, coordinator), "Accettare")
    assert not page.exception
    assert "333" in texts(page)[0]


def test_a_consent_is_shown_with_its_date_and_text(giulia: int, coordinator: Actor) -> None:
    me = Actor(ActorKind.LINK, "Giulia Rossi", person_id=giulia)
    with database.writing() as session:
        actions.give_own_consent(
            session, kind=ConsentKind.ACKNOWLEDGEMENT, wording="Acconsento a essere nominata", by=me, at=make.AT
        )
    page = opened(giulia, coordinator)
    assert "Acconsento a essere nominata" in texts(page)
    assert any("giovedì 1 ottobre 2026" in one.value.replace("\\", "") for one in page.markdown)


def test_a_person_of_another_year_gets_no_link_here(giulia: int, coordinator: Actor) -> None:
    make.an_edition(2027, "2027/28")
    page = make.open_page("person", coordinator, edition=2)
    page.query_params["person"] = str(giulia)
    page = page.run()
    assert not page.exception
    assert "Preparare il collegamento" not in labels(page)
    assert any("non si è candidata a questa edizione" in one.value for one in page.caption)


def test_an_applicant_is_one_press_away(giulia: int, edition: int, coordinator: Actor) -> None:
    page = make.open_page("applicants", coordinator)
    page.session_state[page.dataframe[0].key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    page = page.run()
    assert "Aprire la persona" in labels(page)
