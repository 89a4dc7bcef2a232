"""Rows become applicants or reasons; a bad row never costs a good one, and nobody comes in twice."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from core.intake.reading import guess_mapping, open_table, read_rows, refusals
from core.intake.reading.fields import DateOrder, Limits
from core.intake.reading.problems import Severity
from core.intake.reading.results import Need, NeedKind, OrderSource, Status
from core.people.rules import Side
from tests.intake.sheets import MENTEE as ANNA
from tests.intake.sheets import MENTOR, codes, csv_of, read, workbook_of

BEA = ANNA | {"Email": "bea.riva@studenti.example", "Nome": "Bea", "Cognome": "Riva"}
OLGA = ANNA | {"Email": "olga.sala@studenti.example", "Nome": "Olga", "Cognome": "Sala"}


def test_a_good_row_gives_its_values_its_place_and_the_words_of_the_file() -> None:
    (row,) = read(Side.MENTEE, ANNA).rows

    assert (row.number, row.line, row.status, row.problems) == (1, 2, Status.OK, ())
    assert row.values == {
        "submitted_at": datetime.fromisoformat("2026-06-03T10:00"),
        "email": "anna.neri@studenti.example",
        "first_name": "Anna",
        "last_name": "Neri",
        "consent": True,
    }
    assert row.raw == ANNA


def test_a_problem_says_where_it_is_and_what_stood_there() -> None:
    (row,) = read(Side.MENTEE, ANNA | {"Email": "anna@@x", "Media": "31"}).rows

    mail, mean = row.problems
    assert (mail.row, mail.column, mail.field, mail.value) == (1, "Email", "email", "anna@@x")
    assert (mean.column, mean.severity, mean.params) == ("Media", Severity.ERROR, {"low": 18, "high": 30})
    assert row.status is Status.ERROR


@pytest.mark.parametrize(
    ("change", "status", "problems"),
    [
        ({"Nome": "ANNA"}, Status.OK, [("first_name", "NAME_CASE")]),
        ({"Cognome": ""}, Status.ERROR, [("last_name", "REQUIRED_MISSING")]),
        ({"Privacy": ""}, Status.ERROR, [("consent", "CONSENT_MISSING")]),
        ({"Privacy": "forse"}, Status.ERROR, [("consent", "CONSENT_UNCLEAR")]),
        ({"Telefono": "12"}, Status.WARNING, [("phone", "PHONE_UNREADABLE")]),
        ({"Telefono": "#N/D"}, Status.WARNING, [("phone", "EXCEL_ERROR")]),
        ({"Media": "ventotto"}, Status.ERROR, [("mean_30", "NUMBER_UNREADABLE")]),
        ({"Media": ""}, Status.OK, []),
        ({"Data invio": "giu-26"}, Status.WARNING, [("submitted_at", "DATE_UNREADABLE")]),
        ({"Motivazione": "=1+1"}, Status.WARNING, [("motivation", "FORMULA_LIKE_TEXT")]),
        ({"Nome": "Test", "Cognome": "Prova"}, Status.WARNING, [("email", "TEST_ROW")]),
        ({"Cognome": "Testa"}, Status.OK, []),
        ({"CFU": "4000"}, Status.WARNING, [("cfu", "NUMBER_UNREADABLE")]),
        ({"CFU": "401"}, Status.WARNING, [("cfu", "NUMBER_OUT_OF_RANGE")]),
    ],
)
def test_a_row_is_taken_shown_or_kept_back_by_its_worst_problem(change, status, problems) -> None:
    good = dict.fromkeys(change, "") | BEA
    row, other = read(Side.MENTEE, ANNA | change, good).rows

    assert (row.status, codes(row)) == (status, problems)
    assert other.status is Status.OK


def test_an_answer_that_excel_made_a_date_is_not_taken_for_a_number() -> None:
    data = workbook_of({"S": [["Email", "Nome", "Cognome", "Privacy", "Media"],
                              ["a@b.example", "A", "N", "Sì", date(2026, 5, 27)]]})  # fmt: skip
    table = open_table(data, "x.xlsx")

    (row,) = read_rows(table, Side.MENTEE, guess_mapping(table, Side.MENTEE)).rows

    assert (row.values["mean_30"], codes(row), row.raw["Media"]) == (
        None,
        [("mean_30", "EXCEL_DATE")],
        "2026-05-27",
    )


def test_rows_that_are_no_applications_are_left_out_with_the_reason() -> None:
    total = {"Email": "Totale", "Cognome": "28,5"}

    rows = read(Side.MENTEE, ANNA, {}, dict(zip(ANNA, ANNA, strict=True)), total, BEA).rows

    assert [(row.status.value, codes(row)) for row in rows] == [
        ("ok", []),
        ("skip", [("*", "EMPTY_ROW")]),
        ("skip", [("*", "REPEATED_HEADINGS")]),
        ("skip", [("*", "TOTAL_ROW")]),
        ("ok", []),
    ]


def test_a_person_whose_name_begins_like_a_total_is_no_total() -> None:
    (row,) = read(Side.MENTEE, {"Cognome": "Totale", "Nome": "Ida"} | ANNA | {"Cognome": "Totale"}).rows

    assert row.status is Status.OK


def test_cells_beyond_the_headings_keep_a_row_back() -> None:
    table = open_table(b"Email;Nome;Cognome;Privacy\r\na@b.example;A;N;x;y\r\n", "x.csv")

    (row,) = read_rows(table, Side.MENTEE, guess_mapping(table, Side.MENTEE)).rows

    assert (row.status, codes(row)) == (Status.ERROR, [("*", "ROW_TOO_LONG")])


def test_of_a_persons_answers_the_latest_counts_whatever_the_order_of_the_file() -> None:
    late = ANNA | {
        "Data invio": "2026-06-09 10:00",
        "Email": "ANNA.Neri@studenti.example",
        "Nome": "Anna Maria",
    }

    newest, bea, oldest = read(Side.MENTEE, late, BEA, ANNA).rows

    assert (codes(newest), newest.status, newest.superseded_by) == (
        [("email", "DUPLICATE_EMAIL")],
        Status.WARNING,
        None,
    )
    assert (codes(oldest), oldest.status, oldest.superseded_by) == (
        [("email", "SUPERSEDED_BY_ROW")],
        Status.OK,
        1,
    )
    assert (newest.problems[0].params, oldest.problems[0].params) == ({"other": 3}, {"other": 1})
    assert bea.problems == ()


def test_a_later_refusal_of_consent_supersedes_the_earlier_yes() -> None:
    yes, no = read(Side.MENTEE, ANNA, ANNA | {"Data invio": "2026-06-04", "Privacy": "No"}).rows

    assert (yes.superseded_by, no.status) == (2, Status.ERROR)


def test_one_address_with_two_names_is_asked_and_neither_is_taken() -> None:
    rows = read(Side.MENTEE, ANNA, ANNA | {"Nome": "Marco"}, BEA).rows

    assert [(row.status.value, codes(row), row.superseded_by) for row in rows] == [
        ("error", [("email", "EMAIL_SHARED")], None),
        ("error", [("email", "EMAIL_SHARED")], None),
        ("ok", [], None),
    ]


def test_one_name_or_matricola_under_two_addresses_is_shown() -> None:
    anna, other, bea = read(
        Side.MENTEE,
        ANNA | {"Matricola": "001"},
        ANNA | {"Email": "neri@x.example", "Nome": "ÀNNA", "Matricola": "002"},
        BEA | {"Matricola": "002"},
    ).rows

    assert ("last_name", "DUPLICATE_NAME") in codes(anna)
    assert ("student_id", "DUPLICATE_STUDENT_ID") in codes(other)
    assert (bea.status, codes(bea)) == (Status.WARNING, [("student_id", "DUPLICATE_STUDENT_ID")])


def test_a_self_assessment_keeps_each_item_and_stops_at_numbers_off_the_scale() -> None:
    team, english = "Autovalutazione: gruppo", "Self-assessment - English"

    good, partial, bad = read(
        Side.MENTEE, ANNA | {team: "4", english: "5"}, BEA | {team: "2"}, OLGA | {team: "7", english: "1"}
    ).rows

    assert (good.values["self_assessment"], good.status) == ({team: 4, english: 5}, Status.OK)
    assert partial.values["self_assessment"] == {team: 2}
    assert (bad.values["self_assessment"], bad.status) == ({english: 1}, Status.ERROR)
    (problem,) = bad.problems
    assert (problem.code, problem.column, problem.value, problem.params) == (
        "SCALE_OUT_OF_RANGE",
        team,
        "7",
        {"low": 1, "high": 5},
    )


def test_the_ranges_are_the_editions_to_set() -> None:
    row = MENTOR | {"Anni di esperienza": "70", "Autovalutazione: a": "7"}

    (read_with_wider,) = read(Side.MENTOR, row, limits=Limits(years=(0, 80), self_assessment=(1, 10))).rows

    assert read_with_wider.values["years_experience"] == 70
    assert read_with_wider.values["self_assessment"] == {"Autovalutazione: a": 7}


def test_a_required_field_without_a_column_is_asked_for_and_keeps_the_rows_back() -> None:
    reading = read(Side.MENTOR, ANNA)

    assert reading.needs == (Need(NeedKind.COLUMN, "years_experience"),)
    assert codes(reading.rows[0]) == [("years_experience", "REQUIRED_MISSING")]
    freed = read(Side.MENTOR, ANNA, required=frozenset({"email", "last_name", "consent"}))
    assert (freed.needs, freed.rows[0].status) == ((), Status.OK)


def test_dates_with_two_meanings_are_asked_about_and_follow_the_answer() -> None:
    row = ANNA | {"Data invio": "03/04/2026"}

    asked = read(Side.MENTEE, row)
    answered = read(Side.MENTEE, row, date_order=DateOrder.MDY)

    assert asked.needs == (Need(NeedKind.DATE_ORDER, "submitted_at", "Data invio", ("03/04/2026",)),)
    assert (asked.rows[0].values["submitted_at"], codes(asked.rows[0])) == (
        None,
        [("submitted_at", "DATE_AMBIGUOUS")],
    )
    assert (answered.needs, answered.date_order_source) == ((), OrderSource.ANSWERED)
    assert answered.rows[0].values["submitted_at"] == date(2026, 3, 4)


def test_dates_that_a_spreadsheet_of_another_country_half_read_are_shown() -> None:
    headings, *rest = list(ANNA), list(ANNA.values())[1:], list(BEA.values())[1:]
    data = workbook_of({"S": [headings, [date(2026, 5, 6), *rest[0]], ["31/05/2026", *rest[1]]]})
    table = open_table(data, "x.xlsx")

    anna, bea = read_rows(table, Side.MENTEE, guess_mapping(table, Side.MENTEE)).rows

    assert (codes(anna), anna.values["submitted_at"]) == (
        [("submitted_at", "DATE_MAY_BE_SWAPPED")],
        date(2026, 5, 6),
    )
    assert (bea.status, bea.values["submitted_at"]) == (Status.OK, date(2026, 5, 31))


def test_all_date_columns_have_one_order() -> None:
    row = ANNA | {"Data invio": "03/04/2026", "Data prevista di laurea": "15/07/2027"}

    reading = read(Side.MENTEE, row)

    assert (reading.date_order, reading.date_order_source) == (DateOrder.DMY, OrderSource.NUMBERS)
    assert reading.rows[0].values["submitted_at"] == date(2026, 4, 3)


def test_choices_with_commas_are_asked_about_until_the_options_are_known() -> None:
    row = ANNA | {"Settori": "Arte, moda, Consulenza"}

    asked = read(Side.MENTEE, row)
    known = read(Side.MENTEE, row, options={"sectors": ("Arte, moda", "Consulenza")})

    assert asked.needs == (Need(NeedKind.OPTIONS, "sectors", "Settori", ("Arte, moda, Consulenza",)),)
    assert asked.rows[0].values["sectors"] is None
    assert (known.needs, known.rows[0].values["sectors"]) == ((), ("Arte, moda", "Consulenza"))


def test_codes_are_asked_about_until_their_meaning_is_known() -> None:
    row = ANNA | {"livello": "A2", "settori[SQ001]": "Y", "settori[SQ002]": "", "settori[altro]": "moda"}

    asked = read(Side.MENTEE, row)
    known = read(Side.MENTEE, row, value_map={"livello": {"A2": "magistrale"}, "settori": {"SQ001": "Consulenza"}})

    assert [(need.kind, need.field, need.values) for need in asked.needs] == [
        (NeedKind.VALUE_MAP, "level", ("A2",)),
        (NeedKind.VALUE_MAP, "sectors", ("SQ001", "SQ002")),
    ]
    assert known.needs == ()
    assert (known.rows[0].values["level"], known.rows[0].values["sectors"]) == (
        "magistrale",
        ("Consulenza", "moda"),
    )


def test_a_mapping_must_name_columns_of_the_file_that_may_be_kept() -> None:
    row = ANNA | {"Codice fiscale": "RSSMRA85T10A562S"}

    with pytest.raises(refusals.UnknownColumn):
        read(Side.MENTEE, row, mapping={"email": "Posta"})
    with pytest.raises(refusals.ColumnNotKept):
        read(Side.MENTEE, row, mapping={"email": "Email", "student_id": "Codice fiscale"})


def test_a_mapping_of_last_year_fits_headings_that_differ_in_spaces_and_capitals() -> None:
    reading = read(Side.MENTEE, ANNA, mapping={"email": "E-MAIL ", "last_name": "COGNOME"} | {"email": "EMAIL"})

    assert reading.rows[0].values == {"email": "anna.neri@studenti.example", "last_name": "Neri"}


def test_columns_that_nothing_was_taken_from_are_named() -> None:
    row = {"ID": "1"} | ANNA | {"Indirizzo IP": "192.0.2.1", "Animale preferito": "gatto"}

    reading = read(Side.MENTEE, row)

    assert reading.ignored_columns == ("ID", "Indirizzo IP", "Animale preferito")
    assert reading.unknown_columns == ("Animale preferito",)
    assert reading.never_kept == ("Indirizzo IP",)
    assert "192.0.2.1" not in str(reading)


def test_a_csv_and_a_workbook_of_the_same_answers_read_alike() -> None:
    book = workbook_of({"S": [list(ANNA), list(ANNA.values()), list(BEA.values())]})
    tables = [open_table(data, "x") for data in (csv_of(ANNA, BEA), book)]

    first, second = (read_rows(table, Side.MENTEE, guess_mapping(table, Side.MENTEE)) for table in tables)

    assert first == second
