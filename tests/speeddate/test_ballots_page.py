"""The page of the ballots, as a person uses it."""

from __future__ import annotations

import pytest

from core.accounts.rules import Role
from core.edition import actions as editions
from core.edition.rules import Milestone
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


def pick(page, mentee: int):
    return next(one for one in page.selectbox if one.label == "Mentee").set_value(mentee).run()


def enter(edition: int, mentee: int, wishes: Wishes, *, by) -> None:
    with database.writing() as session:
        actions.save_ballot(session, edition_id=edition, mentee=mentee, wishes=wishes, seen=0, by=by, at=make.AT)


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
    assert any("non è ancora stabilita" in one.value for one in page.caption)
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
    page = pick(page, mentees[0])
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
    enter(edition, mentees[0], theirs, by=other)
    page = press(page, "Salvare")
    assert [one.value[:24] for one in page.warning] == ["Anna Bianchi ha salvato "]
    assert ballots(edition, actor)[0] == theirs
    assert page.text_input(ENTRY).value == "3"
    page.text_input(ENTRY).set_value("1").run()
    page = press(page, "Salvare")
    assert ballots(edition, actor)[0] == Wishes(((a,),))


def test_a_ballot_entered_since_the_page_was_opened_stands_in_the_field(edition: int, people) -> None:
    actor, other, (mentees, (a, b, c)) = make.staff(Role.COORDINATOR), make.staff(Role.COORDINATOR), people
    numbered(edition, actor)
    page = make.open_page("ballots", actor)
    theirs = Wishes(((a,),), (c,))
    enter(edition, mentees[1], theirs, by=other)
    page = pick(page, mentees[1])
    assert page.text_input(ENTRY).value == "1; -3"
    page.text_input(ENTRY).set_value("2; -3").run()
    page = press(page, "Salvare")
    assert ballots(edition, actor)[1] == Wishes(((b,),), (c,))
    assert page.text_input(ENTRY).value == ""


def test_a_ballot_changed_while_it_stands_in_the_field_is_refused_whoever_else_was_looked_at(
    edition: int, people
) -> None:
    actor, other, (mentees, (a, b, _)) = make.staff(Role.COORDINATOR), make.staff(Role.COORDINATOR), people
    numbered(edition, actor)
    page = pick(make.open_page("ballots", actor), mentees[1])
    page = pick(pick(page, mentees[2]), mentees[1])
    theirs = Wishes(((a,),))
    enter(edition, mentees[1], theirs, by=other)
    page.text_input(ENTRY).set_value("2").run()
    page = press(page, "Salvare")
    assert ballots(edition, actor)[1] == theirs
    assert [one.value for one in page.selectbox if one.label == "Mentee"] == [mentees[1]]
    page = pick(pick(page, mentees[2]), mentees[1])
    page.text_input(ENTRY).set_value("2").run()
    press(page, "Salvare")
    assert ballots(edition, actor)[1] == Wishes(((b,),))


def test_what_was_typed_for_somebody_who_leaves_is_not_kept_for_another(edition: int, people) -> None:
    actor, (mentees, _) = make.staff(Role.COORDINATOR), people
    numbered(edition, actor)
    page = pick(make.open_page("ballots", actor), mentees[1])
    page.text_input(ENTRY).set_value("2").run()
    with make.writing() as session:
        session.get_one(make.Application, mentees[1]).withdrawn_at = make.AT
    page = press(page, "Salvare")
    assert not page.exception
    assert page.text_input(ENTRY).value == ""
    assert ballots(edition, actor) == [None, None]


def test_a_ballot_is_taken_away_and_the_field_is_empty(edition: int, people) -> None:
    actor, other, (mentees, (a, _, _)) = make.staff(Role.COORDINATOR), make.staff(Role.COORDINATOR), people
    numbered(edition, actor)
    enter(edition, mentees[1], Wishes(((a,),)), by=other)
    page = press(pick(make.open_page("ballots", actor), mentees[1]), "Eliminare la scheda")
    assert not page.exception
    assert page.text_input(ENTRY).value == ""
    assert ballots(edition, actor) == [None, None, None]
    assert [one.label for one in page.button if one.label.startswith("Eliminare")] == []


def test_once_the_pairs_are_published_the_page_shows_ballots_and_takes_none(edition: int, people) -> None:
    actor, (mentees, (a, _, _)) = make.staff(Role.COORDINATOR), people
    numbered(edition, actor)
    enter(edition, mentees[0], Wishes(((a,),)), by=actor)
    with database.writing() as session:
        editions.pass_milestone(
            session, edition_id=edition, milestone=Milestone.PAIRS_PUBLISHED, by=make.SYSTEM, at=make.AT
        )
    page = make.open_page("ballots", actor)
    assert [one.value[:36] for one in page.info] == ["Le coppie sono state pubblicate giov"]
    assert (list(page.text_input), list(page.get("file_uploader"))) == ([], [])
    assert [one.key for one in page.button if (one.key or "").startswith("speeddate.")] == []
    assert page.dataframe[0].value["Preferenze (numeri)"].tolist() == ["1", "", ""]


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
