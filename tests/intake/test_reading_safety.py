"""What is no export of a form is refused whole, before it costs memory."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest

from core.intake.reading import open_table, refusals
from tests.intake.sheets import MENTEE, SHEET, STRINGS, csv_of, workbook_of, workbook_with

SHEET_1, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
MEGABYTE = 1024 * 1024


def refusal(data: bytes, **choices) -> refusals.Refused | None:
    try:
        open_table(data, "answers.xlsx", **choices)
    except refusals.Refused as refused:
        return refused
    return None


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", refusals.EmptyFile),
        (b"\xef\xbb\xbf \r\n\t", refusals.EmptyFile),
        (b"\xff\xfe\r\x00\n\x00", refusals.EmptyFile),
        (b";;;\r\n;;;\r\n", refusals.EmptyFile),
        (b"Email;Nome;Cognome\r\n", refusals.NoAnswers),
        (b"x" * (10 * MEGABYTE + 1), refusals.FileTooBig),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", refusals.HtmlPage),
        ("\ufeff\n<html lang='it'><table></table></html>".encode(), refusals.HtmlPage),
        ("<HTML>".encode("utf-16"), refusals.HtmlPage),
        (b"<?xml version='1.0'?><answers/>", refusals.WrongKind),
        (b"%PDF-1.7 ...", refusals.WrongKind),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), refusals.WrongKind),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), refusals.WrongKind),
        (bytes(range(256)) * 8, refusals.WrongKind),
        (b"PK\x03\x04 and nothing more", refusals.DamagedFile),
        (b"Colore;Numero\r\nrosso;1\r\n", refusals.NoKnownColumns),
        (b'Email;Nome\r\na@b.example;"Anna\r\nc@d.example;Bea\r\n', refusals.UnclosedQuote),
        (b'Email;Nome\r\na@b.example;"Anna" Neri\r\n', refusals.UnclosedQuote),
        (b"Email" + b";x" * 400 + b"\r\na@b.example\r\n", refusals.TooManyColumns),
        (b"Email;Nome\r\n" + b"a@b.example;Anna\r\n" * 20_001, refusals.TooManyRows),
    ],
)
def test_what_is_no_export_is_refused_with_its_reason(data: bytes, kind: type[refusals.Refused]) -> None:
    assert type(refusal(data)) is kind


def zipped(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return made.getvalue()


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    assert type(refusal(zipped(letter=b"Dear all"))) is refusals.WrongKind


def test_the_zip_with_one_csv_that_google_forms_gives_is_read() -> None:
    table = open_table(zipped(**{"Candidature.csv": b"Email,Nome\r\na@b.example,Anna\r\n"}), "Candidature.csv.zip")

    assert table.rows == (("a@b.example", "Anna"),)


def test_a_zip_in_a_zip_and_a_csv_too_big_to_unpack_are_refused() -> None:
    csv = {"a.csv": b"Email\r\na@b.example"}

    assert type(refusal(zipped(**{"b.csv": zipped(**csv)}))) is refusals.WrongKind
    assert type(refusal(zipped(**csv, **{"b.txt": b"x"}))) is refusals.WrongKind
    assert type(refusal(zipped(**{"a.csv": b"Email\r\n" + b"x" * (11 * MEGABYTE)}))) is refusals.FileTooBig


def test_a_workbook_that_breaks_off_is_refused() -> None:
    data = workbook_of({"Form1": [["Email"], ["a@b.example"]]})

    assert type(refusal(data[: len(data) // 2])) is refusals.DamagedFile


def test_a_workbook_renamed_to_csv_and_a_csv_renamed_to_xlsx_are_read_by_their_content() -> None:
    book = workbook_of({"Form1": [["Email", "Nome"], ["a@b.example", "Anna"]]})
    text = b"Email;Nome\r\na@b.example;Anna\r\n"

    assert open_table(book, "answers.csv").rows == open_table(text, "answers.xlsx").rows


def cells(xml: str) -> dict[str, bytes]:
    return {SHEET_1: SHEET.format(f"<sheetData>{xml}</sheetData>").encode()}


SHARED_TEXT = {TEXTS: STRINGS.format(f"<si><t>{'x' * 30_000}</t></si>").encode()}
MANY_USES = "".join(f'<row><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 3_000))
BOMBS = {
    "a cell at the far end": (
        cells('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        refusals.TooManyRows,
    ),
    "a far column": (cells('<row r="1"><c r="XFD1"><v>1</v></c></row>'), refusals.TooManyColumns),
    "rows without numbers": (cells("<row/>" * 20_001 + "<row><c><v>1</v></c></row>"), refusals.TooManyRows),
    "cells without places": (
        cells("<row>" + "<c/>" * 301 + "<c><v>1</v></c></row>"),
        refusals.TooManyColumns,
    ),
    "a row number that a reader wraps": (
        cells(f'<row r="1"><c><v>1</v></c></row><row r="{"9" * 5_000}"><c><v>1</v></c></row>'),
        refusals.TooManyRows,
    ),
    "a place that is none": (cells('<row r="1"><c r="AAAAA1"><v>1</v></c></row>'), refusals.TooManyRows),
    "another prefix": (
        {SHEET_1: b'<x:worksheet xmlns:x="u"><x:c r="XFD9"><x:v>1</x:v></x:c></x:worksheet>'},
        refusals.TooManyColumns,
    ),
    "one text in many cells": (cells(MANY_USES) | SHARED_TEXT, refusals.ZipBomb),
    "entities": ({TEXTS: b'<!DOCTYPE s [<!ENTITY a "aaaa">]><s>&a;</s>'}, refusals.ZipBomb),
    "64 MB of nothing": ({SHEET_1: b" " * (64 * MEGABYTE)}, refusals.ZipBomb),
    "too well packed": ({SHEET_1: b" " * (20 * MEGABYTE)}, refusals.ZipBomb),
    "no XML": ({SHEET_1: b"<worksheet><sheetData>"}, refusals.DamagedFile),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_workbook_bomb_is_refused_without_filling_the_memory(name: str) -> None:
    parts, kind = BOMBS[name]
    data = workbook_with(parts)
    resource = pytest.importorskip("resource", reason="Windows does not count memory")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert type(refusal(data)) is kind
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kilobytes


def test_a_dimension_that_promises_a_million_rows_costs_nothing_and_is_read() -> None:
    data = workbook_with(
        {
            SHEET_1: SHEET.format(
                '<dimension ref="A1:XFD1048576"/><sheetData>'
                '<row r="1"><c r="A1" t="inlineStr"><is><t>Email</t></is></c></row>'
                '<row r="2"><c r="A2" t="inlineStr"><is><t>a@b.example</t></is></c></row>'
                '<row r="1048576" ht="15"/></sheetData>'
            ).encode()
        }
    )

    assert open_table(data, "answers.xlsx").rows == (("a@b.example",),)


def test_a_directory_that_lies_about_sizes_does_not_smuggle_a_bomb_in() -> None:
    honest = workbook_with({SHEET_1: SHEET.format(" " * (4 * MEGABYTE)).encode()})
    book = zipfile.ZipFile(io.BytesIO(honest))
    told, content = book.getinfo(SHEET_1), book.read(SHEET_1)
    short = content[:200]
    lies = honest.replace(
        told.CRC.to_bytes(4, "little")
        + told.compress_size.to_bytes(4, "little")
        + told.file_size.to_bytes(4, "little"),
        zlib.crc32(short).to_bytes(4, "little")
        + told.compress_size.to_bytes(4, "little")
        + len(short).to_bytes(4, "little"),
    )

    assert lies != honest
    assert type(refusal(lies)) is refusals.DamagedFile


def test_an_encoding_that_does_not_fit_is_refused_and_one_that_fits_is_taken() -> None:
    data = csv_of(MENTEE | {"Cognome": "Pietrì"}).decode().encode("mac_roman")

    assert type(refusal(data, encoding="utf-8")) is refusals.UnknownEncoding
    assert type(refusal(data, encoding="klingon")) is refusals.UnknownEncoding
    assert open_table(data, "x.csv", encoding="mac_roman").rows[0][3] == "Pietrì"
