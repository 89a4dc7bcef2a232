"""The page on which people are chosen and drafts prepared, as a person uses it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import select

from core.accounts.rules import Role
from core.language.text import Language, say
from core.messages.models import Message
from core.messages.rules import Occasion
from core.people.models import Person
from core.people.rules import Side
from core.store import database
from tests import make

IT = Language.ITALIAN


@pytest.fixture
def edition(store, monkeypatch: pytest.MonkeyPatch) -> int:
    reachable = replace(store.config, public_url="https://mentoring.example.it")
    monkeypatch.setattr(store, "config", reachable)
    return make.an_edition()


@pytest.fixture
def actor(edition):
    return make.staff(Role.COORDINATOR)


def press(page, label: str):
    return next(one for one in page.button if one.label == label).click().run()


def drafts() -> list[tuple[str, Occasion]]:
    with database.reading() as session:
        return [(one.name, one.occasion) for one in session.exec(select(Message).order_by(Message.name))]


def occasions(page):
    return next(one for one in page.selectbox if one.label == "Occasione")


def listed(page) -> list[str]:
    return page.dataframe[0].value["Persona"].tolist()


def tick(page, rows: list[int]):
    key = page.dataframe[0].proto.id.split("-", 2)[2]  # what stands before it is the kind and a digest
    page.session_state[key] = {"selection": {"rows": rows, "columns": [], "cells": []}}
    return page.run()


def test_where_nobody_is_there_it_says_why_and_where_to_go(edition: int, actor) -> None:
    page = make.open_page("prepare", actor)
    assert not page.exception
    assert [one.value for one in page.info] == [say("messages.prepare.empty.outcome", IT)]
    assert "Aprire «Graduatoria e decisioni»" in [one.label for one in page.button]


def test_all_who_wait_are_ticked_and_get_a_draft_once(edition: int, actor) -> None:
    for name in ("Anna Alfa", "Bea Beta"):
        make.a_participant(edition, Side.MENTEE, name=name)
    page = make.open_page("prepare", actor)
    assert occasions(page).options[0] == "Esito: mentee selezionati · 2 persone da avvisare"
    assert listed(page) == ["Alfa Anna", "Beta Bea"]
    assert page.text[0].value.startswith("Ciao Anna,")
    page = press(page, "Preparare 2 bozze")
    assert not page.exception
    assert drafts() == [("Anna Alfa", Occasion.SELECTED_MENTEE), ("Bea Beta", Occasion.SELECTED_MENTEE)]
    occasions(page).set_value(Occasion.SELECTED_MENTEE).run()
    assert occasions(page).options[0] == "Esito: mentee selezionati"
    told = page.dataframe[0].value["Già detto"].tolist()
    assert told == ["Bozza · 1 ott 2026"] * 2
    assert next(one for one in page.button if one.key == "prepare.go").disabled


def test_only_the_ticked_ones_get_a_draft_and_who_was_told_is_left_out(edition: int, actor) -> None:
    for name in ("Anna Alfa", "Bea Beta"):
        make.a_participant(edition, Side.MENTEE, name=name)
    page = tick(make.open_page("prepare", actor), [1])
    page = press(page, "Preparare una bozza")
    assert drafts() == [("Bea Beta", Occasion.SELECTED_MENTEE)]
    assert listed(page) == ["Alfa Anna"]
    page.segmented_control("prepare.show True").set_value("every").run()
    assert listed(page) == ["Alfa Anna", "Beta Bea"]
    page = tick(page, [0, 1])
    assert [one.value for one in page.warning] == [say("messages.prepare.left_out", IT, n=1)]
    press(page, "Preparare una bozza")
    assert len(drafts()) == 2


def test_who_cannot_be_written_to_says_why_and_the_others_go_on(edition: int, actor) -> None:
    for name in ("Anna Alfa", "Bea Beta"):
        make.a_participant(edition, Side.MENTEE, name=name)
    with make.writing() as session:
        session.get_one(Person, 1).mail = "anna at example"
    page = make.open_page("prepare", actor)
    assert page.dataframe[0].value["Perché non si può"].tolist()[0].startswith("L'indirizzo «anna at example»")
    press(page, "Preparare una bozza")
    assert drafts() == [("Bea Beta", Occasion.SELECTED_MENTEE)]


def test_without_an_address_of_the_programme_it_says_so_before_and_prepares_nothing(
    edition: int, actor, store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "config", replace(store.config, public_url=""))
    make.a_participant(edition, Side.MENTEE, name="Anna Alfa")
    page = make.open_page("prepare", actor)
    assert [one.value for one in page.warning] == [say("messages.prepare.no_address", IT)]
    page = press(page, "Preparare una bozza")
    assert len(page.error) == 1
    assert drafts() == []


def test_the_address_names_the_occasion_and_the_people(edition: int, actor) -> None:
    for name in ("Anna Alfa", "Bea Beta", "Carla Gamma"):
        make.a_participant(edition, Side.MENTEE, name=name)
    page = make.open_page("prepare", actor)
    page.query_params["people"] = "1,3"
    page.query_params["occasion"] = Occasion.CONFIRM
    page = page.run()
    assert listed(page) == ["Alfa Anna", "Gamma Carla"]
    page = press(page, "Mostrare anche le altre")
    assert listed(page) == ["Alfa Anna", "Beta Bea", "Gamma Carla"]


def test_a_free_message_without_a_text_says_where_to_write_it(edition: int, actor) -> None:
    make.a_participant(edition, Side.MENTEE, name="Anna Alfa")
    page = make.open_page("prepare", actor)
    occasions(page).set_value(Occasion.FREE).run()
    assert [one.value for one in page.warning] == [say("messages.refused.FreeTextMissing", IT)]
    assert page.button(key="prepare.go").disabled
