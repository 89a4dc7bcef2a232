"""Whatever is uploaded, there is a reading or a refusal; and what goes in as text comes out as it was."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.intake.reading import guess_mapping, open_table, read_rows
from core.intake.reading.fields import DateOrder
from core.intake.reading.results import Reading, Status
from core.intake.reading.texts import clean
from core.people.rules import Side
from core.store.errors import Refused
from tests.intake.sheets import MENTEE, csv_of, read

HEADINGS = (
    """
Email|Nome|Cognome|Media|CFU|Settori|Data invio|Telefono|Privacy|CV|Lingue|Livello|Modalità|Classe
Autovalutazione: a|Voto di laurea|Anni di esperienza|LinkedIn
""".strip()
    .replace("\n", "|")
    .split("|")
)
ANSWERS = (
    "a@b.example|Sì|27,85|110L|03/04/2026|13/04/2026 9.05.07|340 1234567|L-27|x;y|=1+1|\\n|'|;|,|10+|https://a.example/"
)
PIECES = st.sampled_from([*ANSWERS.split("|"), "totale", '"', "\t", "\r\n", " "])
# A small file that is mostly control characters counts as binary, and no person writes any.
WRITTEN = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\r\n")
CELLS = st.lists(PIECES | st.text(WRITTEN, max_size=8), max_size=4).map("".join)
FILES = st.lists(st.lists(CELLS, max_size=8), max_size=6)


def whole_reading(data: bytes) -> list[Reading]:
    table = open_table(data, "x.csv")
    return [read_rows(table, side, guess_mapping(table, side)) for side in Side]


@given(st.binary(max_size=400))
@settings(max_examples=150)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        whole_reading(data)
    except Refused:
        return


@given(FILES, st.sampled_from(["utf-8", "utf-16", "cp1252", "utf-8-sig"]), st.sampled_from(",;\t"))
@settings(max_examples=150)
def test_any_text_below_known_headings_is_read_or_refused(rows, encoding: str, sign: str) -> None:
    text = "\r\n".join([sign.join(HEADINGS), *(sign.join(row) for row in rows)])
    try:
        readings = whole_reading(text.encode(encoding, "replace"))
    except Refused:
        return
    assert all(row.number == at for reading in readings for at, row in enumerate(reading.rows, start=1))


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(HEADINGS, CELLS)), min_size=1, max_size=5))
@settings(max_examples=100)
def test_only_rows_without_any_error_are_taken_and_they_hold_what_is_required(answers) -> None:
    try:
        reading = read(Side.MENTEE, *answers)
    except Refused:
        return
    for row in reading.rows:
        taken = row.status in {Status.OK, Status.WARNING}
        assert not taken or all(row.values.get(name) for name in ("email", "last_name", "consent"))


@given(st.text(WRITTEN, min_size=1, max_size=60))
@settings(max_examples=150)
def test_the_words_of_a_person_come_out_as_they_went_in(words: str) -> None:
    (row,) = read(Side.MENTEE, MENTEE | {"Motivazione": words}).rows

    assert row.values.get("motivation", "") in (clean(words), None)
    assert row.raw.get("Motivazione", "") == clean(words)
    assert clean(clean(words)) == clean(words)
    assert unicodedata.normalize("NFC", clean(words)) == clean(words)


@given(
    st.datetimes(datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2099-01-01")),
    st.sampled_from(DateOrder),
    st.sampled_from("/.-"),
)
@settings(max_examples=150)
def test_a_date_written_in_the_order_of_the_file_is_read_back(moment: datetime, order: DateOrder, sign: str) -> None:
    pattern = "%d{0}%m{0}%Y %H:%M:%S" if order is DateOrder.DMY else "%m{0}%d{0}%Y, %I:%M:%S %p"
    row = MENTEE | {"Data invio": moment.strftime(pattern.format(sign))}

    (read_back,) = read(Side.MENTEE, row, date_order=order).rows

    assert read_back.values["submitted_at"] == moment.replace(microsecond=0)


@given(st.permutations(range(6)))
@settings(max_examples=40)
def test_the_order_of_rows_changes_nothing_about_them(order: list[int]) -> None:
    people = [MENTEE | {"Email": f"p{at}@x.example", "Cognome": name, "Data invio": f"{at + 10}/06/2026"}
              for at, name in enumerate(["Neri", "", "RIVA", "Sala", "Sala", "Conti"])]  # fmt: skip
    people[5] |= {"Email": "p0@x.example", "Cognome": "Neri"}

    shuffled = read(Side.MENTEE, *(people[at] for at in order)).rows
    by_person = {order[at]: row for at, row in enumerate(shuffled)}

    for at, row in enumerate(read(Side.MENTEE, *people).rows):
        again = by_person[at]
        assert (row.status, row.values) == (again.status, again.values)
        assert [problem.code for problem in row.problems] == [problem.code for problem in again.problems]
        assert (row.superseded_by is None) == (again.superseded_by is None)


@given(st.sampled_from([",", ";", "\t"]), st.lists(CELLS, min_size=3, max_size=3))
@example(";", ["", "27,85", "27,8527,8527,8527,85"])
@settings(max_examples=100)
def test_quoted_cells_survive_any_delimiter(sign: str, cells: list[str]) -> None:
    names = ("Motivazione", "Nome", "Corso di laurea")
    row = {"Email": "a@b.example"} | dict(zip(names, cells, strict=True))

    table = open_table(csv_of(row, row, delimiter=sign), "x.csv")

    assert table.rows[0] == ("a@b.example", *map(clean, cells))
