"""From the proposal to the published pairs, as a coordinator walks it."""

from __future__ import annotations

import io

import openpyxl
import pytest

from core.accounts.rules import Role
from core.language.text import Language, say
from core.matching import actions, queries
from core.matching.rules import LockKind
from core.people.rules import Side
from core.speeddate import actions as speeddate
from core.speeddate.rules import Wishes
from core.store import database
from core.store.sheets import workbook
from tests import make

MENTEES, MENTORS = ("Anna Alfa", "Bea Beta", "Carla Gamma"), ("Ugo Ma", "Ugo Mb")


@pytest.fixture
def edition(store) -> int:
    return make.an_edition()


@pytest.fixture
def people(edition: int) -> tuple[list[int], list[int]]:
    return (
        [make.a_participant(edition, Side.MENTEE, name=name) for name in MENTEES],
        [make.a_participant(edition, Side.MENTOR, name=name) for name in MENTORS],
    )


def vote(edition: int, mentee: int, *ranks: int) -> None:
    with database.writing() as session:
        wishes = Wishes(tuple((one,) for one in ranks))
        speeddate.save_ballot(
            session, edition_id=edition, mentee=mentee, wishes=wishes, seen=0, by=make.SYSTEM, at=make.AT
        )


def lock(edition: int, mentee: int, mentor: int, *, by) -> None:
    with database.writing() as session:
        actions.lock(session, edition_id=edition, mentee=mentee, mentor=mentor, kind=LockKind.YES, by=by, at=make.AT)


def press(page, label: str):
    return next(one for one in page.button if one.label.startswith(label)).click().run()


def published(edition: int, by) -> int:
    with database.reading() as session:
        return queries.progress(session, edition, by=by).pairs


def test_without_participants_the_pages_say_what_to_do(edition: int) -> None:
    actor = make.staff(Role.COORDINATOR)
    for url, key in (("proposal", "matching.proposal.nobody"), ("pairs", "matching.pairs.none")):
        page = make.open_page(url, actor)
        assert [one.value for one in page.info] == [say(key, Language.ITALIAN)]


def test_the_pairs_are_checked_published_and_shown(edition: int, people) -> None:
    actor, (mentees, mentors) = make.staff(Role.COORDINATOR), people
    vote(edition, mentees[0], mentors[1])
    vote(edition, mentees[2], mentors[0])
    page = make.open_page("proposal", actor)
    assert [(one.label, one.value) for one in page.metric] == [
        ("1ª scelta", "2"),
        ("2ª scelta", "0"),
        ("3ª scelta o oltre", "0"),
        ("Fuori elenco", "0"),
        ("Senza mentor", "1"),
    ]
    assert page.dataframe[1].value["Mentor"].tolist() == ["Mb Ugo", "Ma Ugo"]
    assert "sorteggio n. 2026" in page.caption[1].value
    page = press(page, "Pubblicare 2 coppie")
    assert [one.value[:49] for one in page.warning] == ["Nulla è stato pubblicato: la casella non è spunta"]
    assert published(edition, actor) == 0
    page = page.checkbox[0].check().run()
    page = press(page, "Pubblicare 2 coppie")
    assert not page.exception
    assert published(edition, actor) == 2
    assert page.success[0].value.startswith("2 coppie pubblicate giovedì 1 ottobre 2026, 11:00 da Anna Bianchi")
    assert [one for one in page.button if one.key == "matching.publish"] == []
    pairs = make.open_page("pairs", actor)
    assert pairs.dataframe[0].value["Mentee"].tolist() == ["Alfa Anna", "Gamma Carla"]
    found = pairs.text_input("matching.search").set_value("gamma").run()
    assert found.dataframe[0].value["Mentor"].tolist() == ["Ma Ugo"]


def test_what_changed_after_it_was_shown_is_not_published(edition: int, people) -> None:
    actor, (mentees, mentors) = make.staff(Role.COORDINATOR), people
    vote(edition, mentees[0], mentors[0])
    vote(edition, mentees[1], mentors[1])
    page = make.open_page("proposal", actor).checkbox[0].check().run()
    with make.writing() as session:
        session.get_one(make.Application, mentees[1]).withdrawn_at = make.AT
    page = press(page, "Pubblicare 2 coppie")
    assert [one.value[:49] for one in page.warning] == ["Nulla è stato pubblicato: la casella non è spunta"]
    assert published(edition, actor) == 0
    page = press(page.checkbox[0].check().run(), "Pubblicare 2 coppie")
    assert published(edition, actor) == 2


def test_a_tick_is_for_the_pairs_that_were_on_the_screen(edition: int, people) -> None:
    actor, (mentees, mentors) = make.staff(Role.COORDINATOR), people
    vote(edition, mentees[0], mentors[0])
    vote(edition, mentees[1], mentors[1])
    page = make.open_page("proposal", actor).checkbox[0].check().run()
    vote(edition, mentees[2], mentors[0])
    lock(edition, mentees[2], mentors[0], by=actor)
    page = page.run()
    assert page.dataframe[1].value["Mentee"].tolist() == ["Beta Bea", "Gamma Carla"]
    assert [one.value for one in page.checkbox] == [False]
    page = press(page, "Pubblicare 2 coppie")
    assert published(edition, actor) == 0


def test_a_tick_does_not_outlive_another_policy(edition: int, people) -> None:
    actor, (mentees, mentors) = make.staff(Role.COORDINATOR), people
    vote(edition, mentees[0], mentors[0], mentors[1])
    page = make.open_page("proposal", actor).checkbox[0].check().run()
    page.session_state["matching.policies"] = {"selection": {"rows": [3], "columns": [], "cells": []}}
    page = page.run()
    assert "Prime scelte a ogni costo" in page.caption[3].value
    assert [one.value for one in page.checkbox] == [False]


def test_mentors_who_offered_no_place_are_named_and_the_page_goes_on(edition: int) -> None:
    actor = make.staff(Role.COORDINATOR)
    make.a_participant(edition, Side.MENTEE, name="Anna Alfa")
    make.a_participant(edition, Side.MENTOR, name="Ugo Ma_1", capacity=0)
    page = make.open_page("proposal", actor)
    assert not page.exception
    assert [one.label for one in page.metric if one.value == "1"] == ["Senza mentor"]
    (named,) = [one.value for one in page.caption if "0 posti" in one.value]
    assert named.startswith("Con 0 posti nella candidatura, quindi senza mentee: Ma\\_1 Ugo.")
    assert [one.label for one in page.button if one.label.startswith("Pubblicare")] == []


def test_locks_are_added_explained_when_they_contradict_and_removed(edition: int, people) -> None:
    actor, (mentees, mentors) = make.staff(Role.COORDINATOR), people
    page = make.open_page("proposal", actor)
    for mentor in mentors:
        page.selectbox("matching.lock.mentee").set_value(mentees[0])
        page.selectbox("matching.lock.mentor").set_value(mentor).run()
        page = press(page, "Aggiungere il vincolo")
        assert not page.exception
    assert [one.value for one in page.error] == [
        "Un mentee ha più vincoli «insieme»: Alfa Anna, Ma Ugo e Mb Ugo. Tenerne uno solo."
    ]
    page = press(page, "Togliere")
    assert list(page.error) == []
    assert page.dataframe[1].value["Mentor"].tolist()[0] == "Mb Ugo"


def test_the_exported_pairs_hold_no_formula(edition: int) -> None:
    actor = make.staff(Role.COORDINATOR)
    make.a_participant(edition, Side.MENTEE, name="=1+1 @x", mail="a@x.example")
    make.a_participant(edition, Side.MENTOR, name="![x](http://t/y.png) +2", mail="b@x.example")
    page = press(make.open_page("proposal", actor).checkbox[0].check().run(), "Pubblicare una coppia")
    assert not page.exception
    pairs = make.open_page("pairs", actor)
    assert not pairs.exception
    table = {name: column.tolist() for name, column in pairs.dataframe[0].value.items()}
    book = openpyxl.load_workbook(io.BytesIO(workbook("coppie", table)))
    assert [[cell.data_type for cell in row] for row in book.worksheets[0]] == [["s"] * 4, ["s"] * 4]
