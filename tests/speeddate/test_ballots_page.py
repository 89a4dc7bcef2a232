"""The page of the ballots, as a person uses it."""

from __future__ import annotations

import pytest

from core.accounts.rules import Role
from core.language.text import Language, say
from core.people.rules import Side
from core.speeddate import actions, queries
from core.speeddate.rules import Wishes
from core.store import database
from tests import make

ENTRY = "speeddate.entry"


@pytest.fixture
def edition(store) -> int:
    return make.an_edition()


@pytest.fixture
def people(edition: int) -> tuple[list[int], list[int]]:
    names = ("Anna Alfa", "Bea Beta", "Carla Gamma")
    mentees = [make.a_participant(edition, Side.MENTEE, name=name) for name in names]
    mentors = [make.a_participant(edition, Side.MENTOR, name=f"Luca M{letter}") for letter in "abc"]
    return mentees, mentors


def numbered(edition: int, by) -> None:
    with database.writing() as session:
        actions.number_mentors(session, edition_id=edition, by=by, at=make.AT)


def press(page, label: str):
    return next(one for one in page.button if one.label.startswith(label)).click().run()


def ballots(edition: int, by) -> list[Wishes | None]:
    with database.reading() as session:
        return [one.wishes for one in queries.ballots(session, edition, by=by)]


def test_without_participants_it_says_what_to_do(edition: int) -> None:
    page = make.open_page("ballots", make.staff(Role.HELPER))
    assert [one.value for one in page.info] == [say("speeddate.ballots.nobody", Language.ITALIAN)]


@pytest.mark.usefixtures("people")
def test_the_numbers_are_given_out_first(edition: int) -> None:
    actor = make.staff(Role.HELPER)
    page = press(make.open_page("ballots", actor), "Assegnare i numeri")
    assert not page.exception
    assert "non è ancora stabilita" in page.caption[1].value
    assert page.dataframe[0].value["N."].tolist() == [1, 2, 3]


def test_typed_ballots_are_read_back_saved_and_the_next_mentee_comes(edition: int, people) -> None:
    actor, (mentees, (a, b, c)) = make.staff(Role.HELPER), people
    numbered(edition, actor)
    page = make.open_page("ballots", actor)
    page.text_input(ENTRY).set_value("2, 1=3").run()
    assert "1. Luca Mb" not in page.markdown[0].value
    assert page.markdown[0].value == "1. Mb Luca\n2. Ma Luca e Mc Luca"
    page = press(page, "Salvare")
    assert not page.exception
    assert ballots(edition, actor) == [Wishes(((b,), (a, c))), None, None]
    assert page.text_input(ENTRY).value == ""
    page.text_input(ENTRY).set_value("3").run()
    page = press(page, "Salvare")
    assert ballots(edition, actor)[1] == Wishes(((c,),))
    assert [one.value for one in page.selectbox if one.label == "Mentee"] == [mentees[2]]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("typed", ["4", "1 1", "1 -1", "uno", ""])
def test_what_cannot_be_read_is_said_and_not_saved(edition: int, typed: str) -> None:
    actor = make.staff(Role.HELPER)
    numbered(edition, actor)
    page = make.open_page("ballots", actor)
    page.text_input(ENTRY).set_value(typed).run()
    page = press(page, "Salvare")
    assert len(page.warning) == bool(typed)
    assert ballots(edition, actor) == [None, None, None]
    assert page.text_input(ENTRY).value == typed


def test_a_helper_sees_that_something_is_confidential_and_not_what(edition: int, people) -> None:
    helper, coordinator, (mentees, (a, b, c)) = make.staff(Role.HELPER), make.staff(Role.COORDINATOR), people
    numbered(edition, helper)
    with database.writing() as session:
        actions.save_ballot(
            session,
            edition_id=edition,
            mentee=mentees[0],
            wishes=Wishes(((a,),), (c,)),
            seen=0,
            by=coordinator,
            at=make.AT,
        )
    page = make.open_page("ballots", helper)
    page = next(one for one in page.selectbox if one.label == "Mentee").set_value(mentees[0]).run()
    assert page.text_input(ENTRY).value == "1"
    assert [one.value[:40] for one in page.info] == ["Questa scheda contiene preferenze riserv"]
    assert "Preferirebbe di no" not in page.dataframe[1].value.columns
    page.text_input(ENTRY).set_value("2").run()
    press(page, "Salvare")
    assert ballots(edition, coordinator)[0] == Wishes(((b,),), (c,))


def test_a_ballot_that_somebody_else_saved_meanwhile_is_not_overwritten(edition: int, people) -> None:
    actor, other, (mentees, (a, _, c)) = make.staff(Role.COORDINATOR), make.staff(Role.COORDINATOR), people
    numbered(edition, actor)
    page = make.open_page("ballots", actor)
    page.text_input(ENTRY).set_value("1").run()
    theirs = Wishes(((c,),))
    with database.writing() as session:
        actions.save_ballot(session, edition_id=edition, mentee=mentees[0], wishes=theirs, seen=0, by=other, at=make.AT)
    page = press(page, "Salvare")
    assert [one.value[:24] for one in page.warning] == ["Anna Bianchi ha salvato "]
    assert ballots(edition, actor)[0] == theirs
    page = press(page, "Salvare")
    assert ballots(edition, actor)[0] == Wishes(((a,),))


def test_a_coordinator_takes_ballots_over_from_a_file(edition: int, people) -> None:
    actor, (_, (_, b, c)) = make.staff(Role.COORDINATOR), people
    numbered(edition, actor)
    page = make.open_page("ballots", actor)
    rows = "Mentee;E-mail;1a scelta;Preferirei di no\nAlfa Anna;;2;3\nBeta Bea;;7;\n"
    page.file_uploader("speeddate.file").set_value(("schede.csv", rows.encode(), "text/csv")).run()
    assert not page.exception
    assert page.dataframe[2].value["Valore"].tolist() == ["7"]
    assert page.dataframe[3].value["Dopo"].tolist() == ["1. Mb Luca; Preferirebbe di no: Mc Luca"]
    page = press(page, "Importare una scheda")
    assert not page.exception
    assert ballots(edition, actor) == [Wishes(((b,),), (c,)), None, None]
