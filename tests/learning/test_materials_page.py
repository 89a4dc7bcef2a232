"""The page of the resources, as a person uses it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.accounts.rules import Role
from core.language.text import Language, say
from core.learning import actions, queries
from core.learning.rules import Audience, Draft
from core.store import database
from tests import make

GUIDE = Draft(Audience.MENTEES, "Guida", "Guide", "Prima riga", "First line", "https://x.example/guida", shown=True)


@pytest.fixture
def edition(store) -> int:
    return make.an_edition()


def add(edition: int, *drafts: Draft, by) -> list[int]:
    numbers: list[int] = []
    for draft in drafts:
        with database.writing() as session:
            numbers.append(actions.add(session, edition_id=edition, draft=draft, by=by, at=make.AT))
    return numbers


def kept(edition: int, by) -> list[Draft]:
    with database.reading() as session:
        numbers = [one.id for one in queries.resources(session, edition, by=by)]
        return [queries.opened(session, edition, one, by=by).draft for one in numbers]


def press(page, label: str):
    return next(one for one in page.button if one.label == label).click().run()


def field(page, label: str):
    return next(one for one in (*page.text_input, *page.text_area, *page.toggle) if one.label == label)


def pick(page, row: int, ids: list[int]):
    page.session_state[f"learning.list 0 {ids}"] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return page.run()


def listed(page) -> list[str]:
    return page.dataframe[0].value["Titolo"].tolist()


def test_an_empty_area_says_what_belongs_here_and_begins_with_the_form(edition: int) -> None:
    actor = make.staff(Role.COORDINATOR)
    page = make.open_page("materials", actor)
    assert [one.value for one in page.info] == [say("learning.materials.empty", Language.ITALIAN)]
    field(page, "Titolo italiano").set_value("Guida al programma")
    field(page, "Testo italiano").set_value("Prima riga\nseconda riga")
    field(page, "Collegamento (https://…)").set_value("https://x.example/guida")
    page = press(page, "Aggiungere il materiale")
    assert not page.exception
    assert kept(edition, actor) == [
        Draft(
            Audience.BOTH,
            title_it="Guida al programma",
            text_it="Prima riga\nseconda riga",
            link="https://x.example/guida",
        )
    ]
    assert [one.value for one in page.info] == []
    assert field(page, "Titolo italiano").value == ""
    assert page.dataframe[0].value.iloc[0].tolist() == [
        "Guida al programma",
        "Tutti",
        "nascosto",
        "IT",
    ]


def test_what_cannot_be_taken_is_said_and_stays_typed(edition: int) -> None:
    actor = make.staff(Role.COORDINATOR)
    page = make.open_page("materials", actor)
    field(page, "Titolo italiano").set_value("Guida")
    field(page, "Collegamento (https://…)").set_value("www.unimi.it")
    page = press(page, "Aggiungere il materiale")
    assert [one.value[:49] for one in page.error] == ["Il collegamento non è un indirizzo web completo. "]
    assert field(page, "Collegamento (https://…)").value == "www.unimi.it"
    assert kept(edition, actor) == []


def test_the_chosen_one_is_changed(edition: int) -> None:
    actor = make.staff(Role.COORDINATOR)
    ids = add(edition, GUIDE, replace(GUIDE, title_it="Video"), by=actor)
    page = pick(make.open_page("materials", actor), 1, ids)
    assert field(page, "Titolo italiano").value == "Video"
    field(page, "Titolo italiano").set_value("Filmato")
    field(page, "Visibile ai destinatari").set_value(False)
    page = press(page, "Salvare le modifiche")
    assert not page.exception
    assert kept(edition, actor) == [GUIDE, replace(GUIDE, title_it="Filmato", shown=False)]
    assert [one.value for one in page.subheader] == ["Filmato"]


def test_who_saves_second_sees_the_differences_and_the_other_text_stays(edition: int) -> None:
    actor, other = make.staff(Role.COORDINATOR), make.staff(Role.COORDINATOR)
    ids = add(edition, GUIDE, by=actor)
    page = pick(make.open_page("materials", actor), 0, ids)
    with database.writing() as session:
        theirs = replace(GUIDE, title_it="Di Carla")
        actions.save(session, ids[0], edition_id=edition, draft=theirs, seen=1, by=other, at=make.AT)
    field(page, "Titolo italiano").set_value("Mio")
    page = press(page, "Salvare le modifiche")
    assert len(page.warning) == 1
    assert "Mio" in page.dataframe[0].value.iloc[0].tolist()
    assert kept(edition, actor) == [theirs]
    assert field(page, "Titolo italiano").value == "Di Carla"


def test_the_moved_one_stays_chosen_and_at_the_end_its_button_is_grey(edition: int) -> None:
    actor = make.staff(Role.COORDINATOR)
    ids = add(edition, *(replace(GUIDE, title_it=name) for name in "ABC"), by=actor)
    page = pick(make.open_page("materials", actor), 1, ids)
    field(page, "Titolo inglese").set_value("typed meanwhile")
    page = press(page, "Su")
    assert not page.exception
    assert listed(page) == ["B", "A", "C"]
    assert [one.value for one in page.subheader] == ["B"]
    assert field(page, "Titolo inglese").value == "typed meanwhile"
    assert {one.label: one.disabled for one in page.button if one.label in ("Su", "Giù")} == {"Su": True, "Giù": False}
    page = press(page, "Salvare le modifiche")
    assert kept(edition, actor)[0] == replace(GUIDE, title_it="B", title_en="typed meanwhile")


def test_the_chosen_one_is_removed_and_nothing_is_chosen_then(edition: int) -> None:
    actor = make.staff(Role.COORDINATOR)
    ids = add(edition, GUIDE, replace(GUIDE, title_it="Video"), by=actor)
    page = press(pick(make.open_page("materials", actor), 0, ids), "Eliminare")
    assert not page.exception
    assert listed(page) == ["Video"]
    assert [one.value for one in page.subheader] == ["Nuovo materiale"]


def test_what_is_typed_stays_when_a_colleague_adds_another_one_meanwhile(edition: int) -> None:
    actor = make.staff(Role.COORDINATOR)
    ids = add(edition, GUIDE, by=actor)
    page = pick(make.open_page("materials", actor), 0, ids)
    add(edition, replace(GUIDE, title_it="Video"), by=actor)
    page = field(page, "Titolo inglese").set_value("typed meanwhile").run()
    assert listed(page) == ["Guida", "Video"]
    assert [one.value for one in page.subheader] == ["Guida"]
    press(page, "Salvare le modifiche")
    assert kept(edition, actor)[0] == replace(GUIDE, title_en="typed meanwhile")


@pytest.mark.parametrize("label", ["Salvare le modifiche", "Eliminare", "Giù"])
def test_who_presses_for_one_that_a_colleague_has_removed_is_told(edition: int, label: str) -> None:
    actor = make.staff(Role.COORDINATOR)
    ids = add(edition, GUIDE, replace(GUIDE, title_it="Video"), by=actor)
    page = pick(make.open_page("materials", actor), 0, ids)
    with database.writing() as session:
        actions.remove(session, ids[0], edition_id=edition, seen=1, by=actor, at=make.AT)
    field(page, "Titolo inglese").set_value("typed meanwhile")
    page = press(page, label)
    assert not page.exception
    assert [one.value for one in page.warning] == [say("learning.materials.gone", Language.ITALIAN)]
    assert (listed(page), [one.value for one in page.subheader]) == (["Video"], ["Nuovo materiale"])
    page = page.run()
    assert len(page.warning) == 0


def test_from_a_chosen_one_the_way_leads_back_to_a_new_one(edition: int) -> None:
    actor = make.staff(Role.COORDINATOR)
    ids = add(edition, GUIDE, by=actor)
    page = press(pick(make.open_page("materials", actor), 0, ids), "Nuovo materiale")
    assert [one.value for one in page.subheader] == ["Nuovo materiale"]
    assert field(page, "Titolo italiano").value == ""


def test_the_list_is_narrowed_to_what_one_side_sees_and_then_keeps_its_order(edition: int) -> None:
    actor = make.staff(Role.COORDINATOR)
    drafts = [replace(GUIDE, audience=audience, title_it=audience.upper()) for audience in Audience]
    ids = add(edition, *drafts, by=actor)
    page = make.open_page("materials", actor)
    page.segmented_control("learning.audience").set_value(Audience.MENTORS).run()
    assert listed(page) == ["BOTH", "MENTORS"]
    page = pick(page, 1, [ids[0], ids[2]])
    assert [one.value for one in page.subheader] == ["MENTORS"]
    assert [one.disabled for one in page.button if one.label in ("Su", "Giù")] == [True, True]


def test_the_preview_shows_signs_as_they_are_typed(edition: int) -> None:
    actor = make.staff(Role.COORDINATOR)
    nasty = "![x](http://tracker.example/y.png) <img src=x>\n**due**"
    ids = add(edition, replace(GUIDE, title_it="![x](http://t.example/y.png)", text_it=nasty), by=actor)
    page = pick(make.open_page("materials", actor), 0, ids)
    assert [one.value for one in page.text][:2] == ["![x](http://t.example/y.png)", nasty]
    read = (page.markdown, page.caption, page.subheader, page.title)
    assert not any("![x](" in one.value or "<img" in one.value for kind in read for one in kind)


def test_the_other_language_stands_in_for_a_title_that_is_missing(edition: int) -> None:
    actor = make.staff(Role.COORDINATOR)
    add(edition, GUIDE, Draft(title_it="Solo italiano", link="https://x.example"), by=actor)
    page = make.open_page("materials", actor, language=Language.ENGLISH)
    assert page.dataframe[0].value["Title"].tolist() == ["Guide", "Solo italiano"]
