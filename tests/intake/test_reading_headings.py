"""The columns of real forms are recognised, in Italian and in English."""

from __future__ import annotations

import pytest

from core.intake.reading import guess_mapping, open_table
from core.intake.reading.form import FORMS
from core.people.rules import Side
from tests.intake.sheets import csv_of

MENTEE, MENTOR = Side.MENTEE, Side.MENTOR
CASES = [
    (MENTEE, "Anno accademico", None),
    (MENTEE, "3. Numero di matricola*", "student_id"),
    (MENTEE, "In quale livello di studi sei iscritta/o?", "level"),
    (MENTEE, "Livello di inglese", None),
    (MENTEE, "Classe di laurea (es. LM-77)", "class_code"),
    (MENTEE, "Media ponderata\ndegli esami", "mean_30"),
    (MENTEE, "Weighted average of your exams (out of 30)", "mean_30"),
    (MENTEE, "Voto di laurea (su 110)", "final_mark"),
    (MENTEE, "CFU conseguiti", "cfu"),
    (MENTEE, "Expected graduation date", "graduation_date"),
    (MENTEE, "Settore di interesse", "sectors"),
    (MENTEE, "Which foreign languages do you speak?", "languages"),
    (MENTEE, "Modalità preferita", "mode"),
    (MENTEE, "Perché vuoi partecipare al progetto?", "motivation"),
    (MENTEE, "Curriculum vitae (PDF)", "cv_url"),
    (MENTEE, "Carica il tuo CV", "cv_url"),
    (MENTEE, "Dichiaro di avere letto l'informativa", "consent"),
    (MENTEE, "Acconsento alla pubblicazione del mio nome sul sito", None),
    (MENTEE, "Autovalutazione: lavoro di gruppo", "self_assessment"),
    (MENTEE, "Self-assessment [Teamwork]", "self_assessment"),
    (MENTEE, "Disponibilità", None),
    (MENTOR, "Nome dell'azienda", "company"),
    (MENTOR, "Settore dell'azienda", "sector"),
    (MENTOR, "Settori di competenza", "sectors"),
    (MENTOR, "Current position", "job_title"),
    (MENTOR, "Anni di esperienza lavorativa", "years_experience"),
    (MENTOR, "Corso di laurea frequentato in Statale", "degree"),
    (MENTOR, "Anno di laurea", "degree_year"),
    (MENTOR, "Quanti mentee puoi seguire?", "capacity"),
    (MENTOR, "Profilo Linkedin", "linkedin"),
    (MENTOR, "Città in cui lavori", "city"),
    (MENTOR, "Telefono per emergenze", None),
]


def guessed(side: Side, *rows: dict[str, str]) -> dict[str, object]:
    return guess_mapping(open_table(csv_of(*rows), "x.csv"), side)


@pytest.mark.parametrize(("side", "heading", "field"), CASES)
def test_a_heading_is_recognised_or_left_alone(side: Side, heading: str, field: str | None) -> None:
    content = "https://www.linkedin.com/in/x" if field == "linkedin" else "x"

    mapping = guessed(side, {"Posta elettronica": "a@b.example", heading: content})

    mapped = (heading,) if field == "self_assessment" else heading
    assert mapping == {"email": "Posta elettronica"} | ({field: mapped} if field else {})


def test_the_address_is_where_the_addresses_are() -> None:
    assert guessed(MENTEE, {"Email": "anonymous", "Contatto": "x", "La tua e-mail": "a@b.example"}) == {
        "email": "La tua e-mail"
    }
    assert guessed(MENTEE, {"Email": "a@b.example", "Conferma email": "a@b.example"}) == {"email": "Email"}


def test_a_name_is_full_or_in_two_parts_never_both() -> None:
    mail = {"Email": "a@b.example"}

    assert guessed(MENTEE, mail | {"Nome": "A", "Cognome": "N", "Nome e cognome": "A N"}) == {
        "email": "Email",
        "first_name": "Nome",
        "last_name": "Cognome",
    }
    assert guessed(MENTEE, mail | {"Nome": "A N"}) == {"email": "Email", "full_name": "Nome"}


def test_the_account_of_microsoft_forms_is_not_the_name_that_was_asked_for() -> None:
    row = {"Email": "a@b.example", "Name": "Account", "Name2": "Anna", "Surname": "Neri"}

    assert guessed(MENTOR, row) == {"email": "Email", "first_name": "Name2", "last_name": "Surname"}


def test_a_filled_column_is_preferred_to_an_empty_one() -> None:
    row = {"Email": "a@b.example", "Telefono": "", "Cellulare": "340 1234567"}

    assert guessed(MENTEE, row)["phone"] == "Cellulare"


def test_all_items_of_a_self_assessment_and_all_parts_of_a_question_go_together() -> None:
    row = {
        "Email": "a@b.example",
        "Autovalutazione [Ascolto]": "4",
        "settori[SQ001]": "Y",
        "Autovalutazione [Inglese]": "5",
        "settori[SQ002]": "",
    }

    assert guessed(MENTEE, row) == {
        "email": "Email",
        "sectors": ("settori[SQ001]", "settori[SQ002]"),
        "self_assessment": ("Autovalutazione [Ascolto]", "Autovalutazione [Inglese]"),
    }


@pytest.mark.parametrize("side", Side)
def test_no_two_fields_of_a_form_share_an_exact_heading(side: Side) -> None:
    exact = [heading for field in FORMS[side] for heading in field.exact]

    assert sorted(exact) == sorted(set(exact))
