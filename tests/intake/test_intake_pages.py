"""Importing, listing, opening and adding applicants through the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import select

from core.intake.models import Application
from core.intake.reading.fields import DateOrder
from core.people.models import Person
from core.people.rules import Side
from core.store import database
from tests.make import an_applicant, an_edition, open_page, staff, writing

pytestmark = pytest.mark.usefixtures("store")
FILES = Path(__file__).parent / "files"


def button(test, label: str):
    return next(one for one in test.button if one.label == label)


def upload(name: str, data: bytes | None = None, side: Side = Side.MENTEE):
    test = open_page("upload", staff())
    if side is not Side.MENTEE:
        test.segmented_control[1].set_value(side).run()
    content = (FILES / name).read_bytes() if data is None else data
    return test.file_uploader[0].set_value((name, content, "application/octet-stream")).run()


def kept() -> int:
    with database.reading() as session:
        return len(session.exec(select(Application)).all())


@pytest.mark.parametrize(
    ("name", "side", "taken"),
    [
        ("f01_msforms_mentee_it.xlsx", Side.MENTEE, 3),
        ("f02_msforms_mentor_en.xlsx", Side.MENTOR, 2),
        ("f03_google_mentee_it.csv", Side.MENTEE, 3),
        ("f05_excel_mentor_it.csv", Side.MENTOR, 2),
    ],
)
def test_an_export_is_shown_row_by_row_and_taken_over_as_one_act(name: str, side: Side, taken: int) -> None:
    an_edition()
    test = upload(name, side=side)
    assert not test.exception
    assert kept() == 0
    assert test.metric[0].value == str(taken)

    button(test, f"Importare {taken} candidature").click().run()
    assert not test.exception
    assert [one.value for one in test.toast] == [f"Importate {taken} candidature"]
    assert kept() == taken
    assert "non c'è nulla da importare" in test.info[-1].value


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("empty.csv", b"", "Il file è vuoto"),
        ("page.csv", b"<!DOCTYPE html><html><body>Sign in</body></html>", "Il file è una pagina web"),
        ("letter.xlsx", b"%PDF-1.7 not a table", "Il file non è una tabella"),
        ("other.csv", b"colour,size\nred,3\nblue,4\n", "non si riconosce nessuna colonna"),
        ("big.csv", b"Nome,Email\n" + b"a,b@c.example\n" * 800_000, "Il file supera"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_one_sentence(name: str, data: bytes, sentence: str) -> None:
    an_edition()
    test = upload(name, data)
    assert not test.exception
    assert len(test.error) == 1
    assert sentence in test.error[0].value
    assert "nulla è stato importato" in test.error[0].value
    assert kept() == 0


def test_a_renamed_workbook_is_read_for_what_it_is() -> None:
    an_edition()
    test = upload("renamed.csv", (FILES / "f01_msforms_mentee_it.xlsx").read_bytes())
    assert test.metric[0].value == "3"


def test_a_file_of_the_other_side_is_asked_about_before_anything_is_taken() -> None:
    an_edition()
    test = upload("f02_msforms_mentor_en.xlsx", side=Side.MENTEE)
    assert "sembrano quelle di un modulo per mentor" in test.warning[0].value
    assert button(test, "Importare 2 candidature").disabled
    test.checkbox[0].check().run()
    assert not button(test, "Importare 2 candidature").disabled


def test_another_search_opens_nobody_by_itself() -> None:
    edition = an_edition()
    an_applicant(edition, Side.MENTEE, name="Anna Rossi")
    an_applicant(edition, Side.MENTEE, name="Carla Neri")
    test = open_page("applicants", staff(), edition=edition)
    test.session_state["applicants mentee"] = {"selection": {"rows": [0], "columns": []}}
    assert [one.value for one in test.run().subheader] == ["Carla Neri"]
    test.text_input[0].set_value("rossi").run()
    assert not test.subheader


def test_unknown_columns_are_asked_about() -> None:
    an_edition()
    test = upload("a.csv", "Nome,Cognome,Email,Consenso,Segno zodiacale\nAnna,Rossi,a@x.example,Sì,Leone\n".encode())
    assert "Segno zodiacale" in test.warning[0].value


def test_dates_that_can_be_read_in_two_ways_are_asked_about_before_anything_is_taken() -> None:
    an_edition()
    rows = "Nome,Cognome,Email,Consenso,Data di laurea\nAnna,Rossi,a@x.example,Sì,03/04/2026\n"
    test = upload("a.csv", rows.encode())
    assert button(test, "Importare una candidatura").disabled
    order = next(one for one in test.segmented_control if one.label == "Nelle date del file viene prima")
    order.set_value(DateOrder.DMY).run()
    button(test, "Importare una candidatura").click().run()
    assert kept() == 1


def test_the_list_says_what_to_do_when_it_is_empty() -> None:
    an_edition()
    test = open_page("applicants", staff())
    assert "importare il file" in test.info[0].value
    assert button(test, "Importare candidature")


def test_a_search_forgives_accents_and_says_when_nobody_is_found() -> None:
    edition = an_edition()
    an_applicant(edition, Side.MENTEE, name="Zoë Núñez")
    an_applicant(edition, Side.MENTEE, name="Anna Rossi")
    test = open_page("applicants", staff(), edition=edition)
    test.text_input[0].set_value("nunez").run()
    assert list(test.dataframe[0].value.iloc[:, 0]) == ["Núñez Zoë"]
    test.text_input[0].set_value("nobody_here%").run()
    assert not test.dataframe
    assert "corrisponde" in test.info[0].value


def test_an_applicant_typed_in_by_hand_is_kept_or_every_problem_is_named() -> None:
    an_edition()
    test = open_page("by-hand", staff())
    button(test, "Aggiungere la candidatura").click().run()
    assert not test.exception
    assert len(test.error) >= 3
    assert kept() == 0

    for label, text in (("Nome *", "Anna"), ("Cognome *", "Rossi"), ("E-mail *", "anna@x.example")):
        next(one for one in test.text_input if one.label == label).set_value(text)
    test.checkbox[0].check()
    button(test, "Aggiungere la candidatura").click().run()
    assert not test.exception
    assert [one.value for one in test.toast] == ["Candidatura di Anna Rossi aggiunta"]
    with database.reading() as session:
        assert session.exec(select(Person)).one().mail == "anna@x.example"


def test_a_preview_that_a_colleague_has_outdated_is_not_taken_over() -> None:
    edition = an_edition()
    number = an_applicant(edition, Side.MENTEE, name="Anna Rossi", mail="anna@x.example", course="Lettere")
    rows = "Nome,Cognome,Email,Consenso,Corso di laurea\nAnna,Rossi,anna@x.example,Sì,Fisica\n"
    test = upload("a.csv", rows.encode())
    with writing() as session:
        session.get_one(Application, number).course = "Storia"

    button(test, "Importare una candidatura").click().run()
    assert "l'anteprima non è più esatta" in test.error[0].value
    with database.reading() as session:
        assert session.get_one(Application, number).course == "Storia"

    button(test, "Importare una candidatura").click().run()
    with database.reading() as session:
        assert session.get_one(Application, number).course == "Fisica"


def test_a_withdrawal_is_noted_and_taken_back() -> None:
    edition = an_edition()
    number = an_applicant(edition, Side.MENTEE, name="Anna Rossi")
    test = open_page("applicants", staff(), edition=edition)
    test.session_state["applicants mentee"] = {"selection": {"rows": [0], "columns": []}}
    button(test.run(), "Segnare come ritirata").click().run()
    assert not test.exception
    with database.reading() as session:
        assert session.get_one(Application, number).withdrawn_at is not None
    button(test, "Annullare il ritiro").click().run()
    with database.reading() as session:
        assert session.get_one(Application, number).withdrawn_at is None
