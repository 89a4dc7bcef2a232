"""Form exports byte by byte, with the values that they must give."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.intake.reading import open_table
from core.people.rules import Side
from tests.adapters.formats import read_form

HERE = Path(__file__).parent / "files"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "formats" / "open" / "forms"
EXPECTED = {path.name: path for folder in (SHARED, HERE) for path in sorted(folder.glob("*.expected.json"))}


@pytest.fixture(params=sorted(EXPECTED))
def example(request):
    path = EXPECTED[request.param]
    expected = json.loads(path.read_text(encoding="utf-8"))
    return (path.parent / expected["file"]).read_bytes(), expected


def test_the_columns_of_an_export_are_guessed_from_headings_and_content(example) -> None:
    data, expected = example

    read = read_form(data, expected["file"], expected["kind"], expected.get("options"))

    assert read["mapping"] == expected["mapping"]
    assert read["ignored_columns"] == expected["ignored_columns"]


def test_every_row_of_an_export_gives_the_expected_values_and_problems(example) -> None:
    data, expected = example

    read = read_form(
        data,
        expected["file"],
        expected["kind"],
        expected.get("options"),
        value_map=expected.get("value_map"),
        mapping=expected["mapping"],
    )

    assert read["outcome"] == "ok"
    for wanted, row in zip(expected["rows"], read["rows"], strict=True):
        assert (row["row"], row["status"]) == (wanted["row"], wanted["status"])
        assert {name: row["values"].get(name) for name in wanted["values"]} == wanted["values"]
        assert [issue for issue in wanted["issues"] if issue not in row["issues"]] == []


def test_an_export_tells_how_it_was_opened(example) -> None:
    data, expected = example

    table = open_table(data, expected["file"])

    facts = {
        "header_row": table.header_row,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "sheet": table.sheet,
        "sep_line": table.sep_line,
    }
    assert {name: facts[name] for name in facts if name in expected} == {
        name: expected[name] for name in facts if name in expected
    }


def test_codes_without_a_meaning_are_asked_about() -> None:
    data = (HERE / "f04_limesurvey_codici.csv").read_bytes()

    read = read_form(data, "f04.csv", Side.MENTEE, None)

    assert read["outcome"] == "needs_value_map"
    assert [row["values"].get("level") for row in read["rows"]] == [None, None, None]


def test_addresses_of_machines_are_nowhere_in_what_was_read() -> None:
    data = (HERE / "f04_limesurvey_codici.csv").read_bytes()

    table = open_table(data, "f04.csv")

    assert table.never_kept == ("ipaddr",)
    assert "192.0.2" not in str(table)
