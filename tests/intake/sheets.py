"""Small files for the tests of the importer: CSV text, workbooks, and workbooks that lie."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import xlsxwriter

from core.intake.reading import guess_mapping, open_table, read_rows

MENTEE = {
    "Data invio": "2026-06-03 10:00",
    "Email": "anna.neri@studenti.example",
    "Nome": "Anna",
    "Cognome": "Neri",
    "Privacy": "Sì",
}
MENTOR = MENTEE | {"Anni di esperienza": "12"}
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
STRINGS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</sst>'


def csv_of(*rows: dict[str, str], delimiter: str = ";") -> bytes:
    """A CSV file of answers, each a dictionary over the headings of all."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    lines = [headings, *([row.get(heading, "") for heading in headings] for row in rows)]
    quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in line] for line in lines]
    return "\r\n".join(delimiter.join(line) for line in quoted).encode()


def workbook_of(sheets: dict[str, list[list[object]]]) -> bytes:
    """An XLSX file of these sheets."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"default_date_format": "dd/mm/yyyy hh:mm"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date | datetime):
                    sheet.write_datetime(at, place, cell)
                else:
                    sheet.write(at, place, cell)
    book.close()
    return made.getvalue()


def workbook_with(parts: dict[str, bytes]) -> bytes:
    """A small workbook some of whose parts are replaced."""
    honest = zipfile.ZipFile(io.BytesIO(workbook_of({"Form1": [["Email"], ["a@b.example"]]})))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        for name in honest.namelist():
            book.writestr(name, parts.get(name, honest.read(name)))
    return made.getvalue()


def read(side, *rows, mapping=None, **settings):
    """The reading of answers, by the guessed mapping and what is given."""
    table = open_table(csv_of(*rows), "answers.csv")
    return read_rows(table, side, mapping or guess_mapping(table, side), **settings)


def codes(row) -> list[tuple[str, str]]:
    """The fields and codes of a row's problems."""
    return [(problem.field, problem.code.value) for problem in row.problems]
