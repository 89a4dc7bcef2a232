"""One's own last acts, and the line above the page after each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlmodel import select

from core.accounts.rules import Actor, Role
from core.edition.models import Edition
from core.matching.models import Lock
from core.people.rules import Side
from core.speeddate.models import Ballot
from core.speeddate.rules import Wishes
from core.store import database
from core.store.audit import AuditEntry
from pages.shared.registry import page_of
from tests.make import a_participant, an_applicant, open_page, open_script, staff
from tests.office import main_job as job

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def anna() -> Actor:
    return staff(Role.COORDINATOR)


def said(page: AppTest) -> str:
    return "\n".join(one.value for kind in (page.caption, page.info, page.error, page.subheader) for one in kind)


def press(page: AppTest, label: str) -> AppTest:
    return next(one for one in page.button if one.label == label).click().run()


def labels(page: AppTest) -> list[str]:
    return [one.label for one in page.button]


def withdrawn(edition: int, anna: Actor) -> AppTest:
    """The page of the applicants after one has just been withdrawn on it."""
    an_applicant(edition, Side.MENTEE, name="Giulia Rossi")
    page = open_page("applicants", anna)
    page.session_state["applicants mentee"] = {"selection": {"rows": [0], "columns": []}}
    return press(page.run(), "Segnare come ritirata")


# ---- The page


def test_a_stranger_sees_one_sentence(edition: int) -> None:
    assert len(open_script("recent", None).title) == 0


def test_who_has_done_nothing_reads_what_will_stand_there(edition: int, anna: Actor) -> None:
    page = open_page("recent", anna)
    assert "Nessuna operazione finora" in said(page)
    page = press(page, "Andare a «Oggi»")
    assert not page.exception


def test_ones_own_acts_stand_there_and_one_is_taken_back(edition: int, anna: Actor) -> None:
    application = an_applicant(edition, Side.MENTEE, name="Giulia Rossi")
    job.decides(edition, [application], anna)
    job.decides(edition, [an_applicant(edition, Side.MENTEE)], staff(Role.COORDINATOR, name="Bruno Verdi"))
    page = open_page("recent", anna)
    assert page.dataframe[0].value["Operazione"].tolist() == ["Decisione sulle candidature"]
    page.session_state[page.dataframe[0].key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    page = press(page.run(), "Annullare questa operazione")
    assert not page.exception
    assert page.dataframe[0].value["Operazione"].tolist() == [
        "Annullamento: Decisione sulle candidature",
        "Decisione sulle candidature (operazione annullata)",
    ]
    with database.reading() as session:
        assert session.exec(select(AuditEntry.act)).all()[-1] == "office.undo_act"


def test_what_cannot_be_taken_back_says_why(edition: int, anna: Actor) -> None:
    application = an_applicant(edition, Side.MENTEE)
    job.decides(edition, [application], anna)
    job.decides(edition, [application], anna, job.Outcome.WAITING, seen=1)
    page = open_page("recent", anna)
    page.session_state[page.dataframe[0].key] = {"selection": {"rows": [1], "columns": [], "cells": []}}
    page.run()
    assert "Anna Bianchi ha modificato in seguito gli stessi dati (Decisione" in said(page)
    assert "Annullare questa operazione" not in labels(page)


# ---- The line after an act


def test_after_an_act_the_line_says_what_was_done_and_takes_it_back(edition: int, anna: Actor) -> None:
    page = withdrawn(edition, anna)
    assert page.toast[0].value in [one.value for one in page.caption]
    page = press(page, "Annullare")
    assert not page.exception
    assert page.toast[0].value.startswith("Annullato: ")
    assert "Annullare" not in labels(page)
    assert "Segnare come ritirata" in labels(page)


def test_the_line_stays_while_one_works_on_the_page_and_goes_with_another(edition: int, anna: Actor) -> None:
    page = withdrawn(edition, anna)
    page.text_input[0].set_value("Rossi").run()
    assert "Annullare" in labels(page)
    page = page.switch_page(str(page_of("ranking").path)).run()
    assert "Annullare" not in labels(page)
    page = page.switch_page(str(page_of("applicants").path)).run()
    assert "Annullare" not in labels(page)


def test_without_an_act_there_is_no_line(edition: int, anna: Actor) -> None:
    an_applicant(edition, Side.MENTEE)
    assert "Annullare" not in labels(open_page("applicants", anna))


def test_a_refused_undo_says_why_and_changes_nothing(edition: int, anna: Actor) -> None:
    page = withdrawn(edition, anna)
    with database.reading() as session:
        entry = session.exec(select(AuditEntry.id).order_by(AuditEntry.id.desc())).first()
    job.undo(entry or 0, anna)
    page = press(page, "Annullare")
    assert not page.exception
    assert "già stata annullata" in said(page)


def test_an_undo_offers_no_undo_of_itself(edition: int, anna: Actor) -> None:
    mentee, mentor = a_participant(edition, Side.MENTEE), a_participant(edition, Side.MENTOR)
    job.locks(edition, mentee, mentor, anna)
    page = press(open_page("proposal", anna), "Togliere")
    assert "Annullare" in labels(page)
    page = press(page, "Annullare")
    assert "Annullare" not in labels(page)
    with database.reading() as session:
        assert len(session.exec(select(Lock)).all()) == 1


def test_forms_begin_from_the_store_again_after_an_undo(edition: int) -> None:
    page = open_page("year", staff(Role.COORDINATOR))
    name = next(one for one in page.text_input if one.label == "Nome dell'edizione")
    name.set_value("another")
    page = press(press(page, "Rinominare"), "Annullare")
    name = next(one for one in page.text_input if one.label == "Nome dell'edizione")
    assert name.value == "2026/27"
    name.set_value("a third")
    page = press(page, "Rinominare")
    assert not page.error
    assert not page.warning
    with database.reading() as session:
        assert session.get_one(Edition, edition).name == "a third"


def test_the_field_of_a_ballot_is_filled_anew_after_an_undo(edition: int) -> None:
    anna = staff(Role.COORDINATOR)
    a_participant(edition, Side.MENTEE, name="Giulia Rossi")
    mentors = [a_participant(edition, Side.MENTOR, name=f"Ugo M{sign}") for sign in "abc"]
    job.numbers(edition, anna)
    mentee = job.applied(edition, Side.MENTEE)[0]
    job.votes(edition, mentee, Wishes(((mentors[0],),)), anna)
    page = open_page("ballots", anna)
    assert page.text_input[0].value == "1"
    page.text_input[0].set_value("3, 2").run()
    page = press(page, "Salvare e passare alla scheda successiva")
    assert page.text_input[0].value == "3, 2"
    page = press(page, "Annullare")
    assert page.text_input[0].value == "1"
    page.text_input[0].set_value("2").run()
    page = press(page, "Salvare e passare alla scheda successiva")
    assert not page.warning
    assert not page.error
    with database.reading() as session:
        assert session.exec(select(Ballot.choices)).one() == "2"
