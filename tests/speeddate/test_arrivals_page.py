"""The page at the door, as a person uses it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.accounts.rules import SYSTEM, Role
from core.edition import actions as editions
from core.people.rules import Side
from core.speeddate import actions, queries
from core.speeddate.rules import Settings
from core.store import database
from tests import make

ENTRY = "speeddate.who"


@pytest.fixture
def edition(store) -> int:
    return make.an_edition()


@pytest.fixture
def people(edition: int) -> list[int]:
    sides = {"Anna Alfa": Side.MENTEE, "Bea Beta": Side.MENTEE, "Carla Alfieri": Side.MENTOR}
    return [make.a_participant(edition, side, name=name) for name, side in sides.items()]


def on_day(edition: int, day: date) -> None:
    settings = Settings(date(2026, 9, 1), date(2026, 10, 31), day=day)
    with database.writing() as session:
        editions.save_settings(session, edition_id=edition, settings=settings, seen=0, by=SYSTEM, at=make.AT)


def check_in(edition: int, *applications: int, by, at=make.AT) -> None:
    with database.writing() as session:
        actions.check_in(session, edition_id=edition, applications=applications, by=by, at=at)


def here(edition: int, by) -> list[str]:
    with database.reading() as session:
        return [one.last_name for one in queries.arrivals(session, edition, by=by) if one.at]


def wide(page) -> list[str]:
    return [one.label for one in page.button if (one.key or "").startswith("speeddate.arrival ")]


def counts(page) -> str:
    return next(one.value for one in page.caption if one.value.startswith("Arrivati"))


def press(page, label: str):
    return next(one for one in page.button if one.label == label).click().run()


def test_without_participants_it_says_what_to_do(edition: int) -> None:
    coordinator = make.open_page("arrivals", make.staff(Role.COORDINATOR))
    assert [one.value[:44] for one in coordinator.info] == ["Non ci sono ancora mentee e mentor seleziona"]
    assert "Aprire la graduatoria" in [one.label for one in coordinator.button]
    helper = make.open_page("arrivals", make.staff(Role.HELPER))
    assert "Aprire la graduatoria" not in [one.label for one in helper.button]


@pytest.mark.usefixtures("people")
def test_somebody_is_looked_for_and_ticked_and_the_field_is_empty_for_the_next(edition: int) -> None:
    actor = make.staff(Role.HELPER)
    page = make.open_page("arrivals", actor)
    assert wide(page) == []
    assert counts(page) == "Arrivati 0 su 2 mentee, 0 su 1 mentor."
    page.text_input(ENTRY).set_value("ÀLF").run()
    assert wide(page) == ["Segnare presente", "Segnare presente"]
    assert [one.value for one in page.markdown] == ["**Alfa Anna** · mentee", "**Alfieri Carla** · mentor"]
    page = press(page, "Segnare presente")
    assert not page.exception
    assert here(edition, actor) == ["Alfa"]
    assert [one.value for one in page.toast] == ["Segnata la presenza: Anna Alfa"]
    assert page.text_input(ENTRY).value == ""
    assert counts(page) == "Arrivati 1 su 2 mentee, 0 su 1 mentor."
    assert wide(page) == []
    assert r"Alfa Anna · mentee · presente dalle 11\:00" in [one.value for one in page.caption]


def test_who_is_there_already_is_said_so_with_the_time_and_can_be_taken_away(edition: int, people: list[int]) -> None:
    actor = make.staff(Role.HELPER)
    check_in(edition, people[0], by=actor)
    check_in(edition, people[1], by=actor, at=make.AT - timedelta(days=1))
    page = make.open_page("arrivals", actor)
    page.text_input(ENTRY).set_value("b").run()
    assert [one.value for one in page.success] == [r"presente\: 30 set 2026, 11\:00"]
    page = press(page, "Togliere")
    assert not page.exception
    assert here(edition, actor) == ["Alfa"]
    assert page.text_input(ENTRY).value == "b"
    assert wide(page) == ["Segnare presente"]


def test_who_was_ticked_at_the_other_door_meanwhile_is_not_taken_away(edition: int, people: list[int]) -> None:
    actor = make.staff(Role.HELPER)
    page = make.open_page("arrivals", actor)
    page.text_input(ENTRY).set_value("beta").run()
    check_in(edition, people[1], by=make.staff(Role.HELPER))
    page = press(page, "Segnare presente")
    assert not page.exception
    assert here(edition, actor) == ["Beta"]
    assert [one.value for one in page.success] == [r"presente dalle 11\:00"]


@pytest.mark.usefixtures("people")
def test_one_side_alone_is_looked_at(edition: int) -> None:
    page = make.open_page("arrivals", make.staff(Role.HELPER))
    page.segmented_control("speeddate.arrivals.side").set_value(Side.MENTOR).run()
    page.text_input(ENTRY).set_value("alf").run()
    assert [one.value for one in page.markdown] == ["**Alfieri Carla** · mentor"]
    assert page.dataframe[0].value["Cognome"].tolist() == ["Alfieri"]
    page.text_input(ENTRY).set_value("beta").run()
    assert [one.value[:44] for one in page.info] == ["Nessuno con questo nome da questa parte: pro"]
    page.text_input(ENTRY).set_value("zzz").run()
    assert (wide(page), len(page.info)) == ([], 1)


def test_of_many_who_fit_the_first_twenty_have_a_button(edition: int) -> None:
    for number in range(23):
        make.a_participant(edition, Side.MENTEE, name=f"Luca Zeta{number:02}")
    page = make.open_page("arrivals", make.staff(Role.HELPER))
    page.text_input(ENTRY).set_value("zeta").run()
    assert len(wide(page)) == 20
    assert "Ne corrispondono altri 3: scrivere qualche lettera in più." in [one.value for one in page.caption]


def test_the_list_is_narrowed_to_those_who_are_missing(edition: int, people: list[int]) -> None:
    actor = make.staff(Role.HELPER)
    check_in(edition, people[0], people[2], by=actor)
    page = make.open_page("arrivals", actor)
    assert page.dataframe[0].value["Arrivo"].tolist() == ["11:00", "", "11:00"]
    page.segmented_control("speeddate.arrivals.show").set_value("missing").run()
    assert page.dataframe[0].value["Cognome"].tolist() == ["Beta"]
    check_in(edition, people[1], by=actor)
    page = page.run()
    assert "Non manca nessuno." in [one.value for one in page.caption]


def test_several_rows_are_ticked_at_once(edition: int, people: list[int]) -> None:
    actor = make.staff(Role.COORDINATOR)
    check_in(edition, people[0], by=actor)
    page = make.open_page("arrivals", actor)
    key = f"speeddate.arrivals 0 {hash(tuple(people))}"
    page.session_state[key] = {"selection": {"rows": [0, 1, 2], "columns": [], "cells": []}}
    page = press(page.run(), "Segnare presenti 2 persone")
    assert not page.exception
    assert here(edition, actor) == ["Alfa", "Beta", "Alfieri"]
    assert [one.label for one in page.button if one.label.startswith("Segnare")] == []


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(("role", "files"), [(Role.HELPER, 0), (Role.COORDINATOR, 1)])
def test_whoever_stands_at_the_door_sees_names_alone_and_takes_no_file_away(
    edition: int, role: Role, files: int
) -> None:
    page = make.open_page("arrivals", make.staff(role))
    assert page.dataframe[0].value.columns.tolist() == ["Cognome", "Nome", "Ruolo", "Arrivo"]
    assert len(page.get("download_button")) == files


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("day", "line"),
    [
        (None, "La data dello speed date non è ancora stabilita"),
        (date(2026, 10, 14), "Lo speed date è in programma mercoledì 14 ottobre"),
        (date(2026, 9, 30), "Lo speed date si è tenuto mercoledì 30 settembre"),
        (date(2026, 10, 1), None),
    ],
)
def test_a_day_that_is_not_today_is_told_and_ticking_goes_on(edition: int, day: date | None, line: str | None) -> None:
    actor = make.staff(Role.HELPER)
    if day is not None:
        on_day(edition, day)
    page = make.open_page("arrivals", actor)
    told = [one.value for one in page.caption if one.value.startswith(("La data", "Lo speed date"))]
    assert [one.startswith(line or "") for one in told] == ([True] if line else [])
    page.text_input(ENTRY).set_value("beta").run()
    press(page, "Segnare presente")
    assert here(edition, actor) == ["Beta"]


def test_a_name_that_calls_a_stranger_is_shown_as_it_is(edition: int) -> None:
    make.a_participant(edition, Side.MENTEE, name="Zeta ![x](http://tracker.example/y.png)")
    page = make.open_page("arrivals", make.staff(Role.HELPER))
    page.text_input(ENTRY).set_value("zeta").run()
    assert "![x](" not in page.markdown[0].value
    page = press(page, "Segnare presente")
    assert "![x](" not in page.toast[0].value
