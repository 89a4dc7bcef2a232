"""Whatever wrote a file, it becomes one table, and nothing in it changes on the way."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from core.intake.reading import open_table, refusals
from core.intake.reading.texts import clean
from tests.intake.sheets import workbook_of

TEXT = "Email;Nome;Cognome;Note\r\na@b.example;Niccolò;D’Angelò;perché no\r\n"
ROW = ("a@b.example", "Niccolò", "D’Angelò", "perché no")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("cp1252"), "cp1252"),
    ],
)
def test_the_encoding_is_found_by_mark_nuls_and_strict_utf8(data: bytes, encoding: str) -> None:
    table = open_table(data, "x.csv")

    assert (table.encoding, table.rows, table.headings[0]) == (encoding, (ROW,), "Email")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_sign_that_cuts_all_rows_alike(delimiter: str) -> None:
    rows = ["Email", "Nome", "Cognome"], ["a@b.example", "Anna", "Neri"], ["c@d.example", "Bea", '"x, y; z"']

    table = open_table("\n".join(delimiter.join(row) for row in rows).encode(), "x.csv")

    assert table.delimiter == delimiter
    assert table.rows[1] == ("c@d.example", "Bea", "x, y; z")


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;"])
def test_the_line_that_names_the_delimiter_is_followed_and_not_counted_by_spreadsheets(line: str) -> None:
    table = open_table(f"{line}\r\nEmail;Nome, cognome\r\na@b.example;1,2\r\n".encode(), "x.csv")

    assert (table.delimiter, table.header_row, table.line(1)) == (";", 2, 2)
    assert table.rows == (("a@b.example", "1,2"),)


def test_titles_above_the_headings_are_passed_over() -> None:
    table = open_table(b"Candidature 2026;;\r\n;;\r\nEmail;Nome;Cognome\r\na@b.example;A;N\r\n", "x.csv")

    assert (table.headings, table.header_row, table.line(1)) == (("Email", "Nome", "Cognome"), 3, 4)


def test_every_column_has_a_name_of_its_own() -> None:
    table = open_table(b"Email,Nome,Nome,,Nome (2),\r\na@b.example,A,B,C,D,\r\n", "x.csv")

    assert table.headings == ("Email", "Nome", "Nome (2)", "#4", "Nome (2) (2)")


def test_a_row_with_more_cells_than_headings_is_known_and_a_short_one_is_filled_up() -> None:
    table = open_table(b"Email;Nome;Privacy\r\na@b.example;A\r\nc@d.example;B;x;1\r\ne@f.example;C;x;;\r\n", "x.csv")

    assert table.rows[0] == ("a@b.example", "A", "")
    assert table.too_long == {2}


def test_numbers_of_a_workbook_become_what_a_person_would_have_typed() -> None:
    sent, day = datetime.fromisoformat("2026-06-03T10:14:52"), date(2027, 4, 15)
    row = [912345.0, 27.849999999999998, 393401234567, 8.5, sent, day, "00123", "NA", True]
    data = workbook_of({"Form1": [["Matricola", "Media", "Cellulare", *"abcdef"], row]})

    table = open_table(data, "x.xlsx")

    assert table.rows == (("912345", "27.85", "393401234567", "8.5", sent, day, "00123", "NA", "True"),)


def test_the_sheet_with_the_known_headings_is_read_unless_another_is_asked_for() -> None:
    data = workbook_of(
        {
            "Istruzioni": [["Leggere prima"]],
            "Risposte": [["Email"], ["a@b.example"]],
            "Bozza": [["Nome"], ["B"]],
        }
    )

    assert open_table(data, "x.xlsx").sheet == "Risposte"
    assert open_table(data, "x.xlsx", sheet="Bozza").rows == (("B",),)
    with pytest.raises(refusals.UnknownSheet):
        open_table(data, "x.xlsx", sheet="Altro")


def test_a_table_that_does_not_begin_at_a1_keeps_its_spreadsheet_rows() -> None:
    table = open_table(workbook_of({"S": [[], [], ["", "Email"], ["", "a@b.example"]]}), "x.xlsx")

    assert (table.headings, table.rows, table.line(1)) == (("#1", "Email"), (("", "a@b.example"),), 4)


def test_what_must_not_be_kept_is_emptied_when_the_file_is_opened() -> None:
    data = (
        b"Email;Indirizzo IP;Codice Fiscale;Note;LocationLatitude;Ruolo\r\n"
        b"a@b.example;192.0.2.7;x;RSSMRA85T10A562S;45.46;Coordinatore\r\n"
    )

    table = open_table(data, "x.csv")

    assert table.never_kept == ("Indirizzo IP", "Codice Fiscale", "Note", "LocationLatitude")
    assert table.rows == (("a@b.example", "", "", "", "", "Coordinatore"),)


def test_text_is_trimmed_and_loses_only_what_nobody_sees() -> None:
    assert clean(" \u200b\ufeffAnna\u202e Neri\x07\u00a0") == "Anna Neri"
    assert clean("riga 1\r\nriga 2\rriga 3") == "riga 1\nriga 2\nriga 3"
    assert clean("Niccolo\u0300") == "Niccolò"
    assert clean("👩\u200d🎓 NA 00123") == "👩\u200d🎓 NA 00123"
