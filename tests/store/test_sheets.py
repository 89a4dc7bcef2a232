"""Tables as XLSX files: read again, they hold the same texts and not one formula."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.store.sheets import content_hash, safe, workbook

TEXTS = st.text(st.characters(exclude_categories=[]), max_size=40)
DANGEROUS = ["=1+1", "+39 02 1234", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "\x00=1", "＝1", '=HYPERLINK("http://x")']


def reread(data: bytes) -> list[list[object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    formulas = [cell.coordinate for row in sheet for cell in row if cell.data_type == "f" or cell.hyperlink]
    assert formulas == []
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_a_spreadsheet_would_calculate_gets_an_apostrophe(text: str) -> None:
    assert safe(text).startswith("'")


@pytest.mark.parametrize("text", ["Rossi Giulia", "D'Angelo", "a=b", "1-2", "", "anna@unimi.example", "due\nrighe"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


@settings(max_examples=60)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_any_text_can_be_written_and_comes_back_without_a_formula(texts: list[str]) -> None:
    rows = reread(workbook("foglio", {"testo": texts, "numero": list(range(len(texts)))}))
    assert [row[0] or "" for row in rows[1:]] == [safe(text) for text in texts]
    assert [row[1] for row in rows[1:]] == list(range(len(texts)))


def test_numbers_days_and_moments_stay_what_they_are() -> None:
    at = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)
    rows = reread(workbook("a/b", {"n": [-1.5], "giorno": [date(2026, 10, 16)], "ora": [at], "vuoto": [None]}))
    assert rows[1] == [-1.5, datetime(2026, 10, 16), datetime(2026, 10, 1, 11, 30), None]  # noqa: DTZ001 - as cells hold them


def test_the_same_table_gives_the_same_bytes_and_another_one_another_name() -> None:
    table = {"nome": ["Rossi", "Bianchi"]}
    assert workbook("x", table) == workbook("x", table)
    assert content_hash(table) == content_hash({"nome": ["Rossi", "Bianchi"]})
    assert content_hash(table) != content_hash({"nome": ["Rossi", "Bianco"]})
