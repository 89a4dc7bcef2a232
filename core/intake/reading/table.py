"""Where are the headings, and what stands below them? Any file becomes one table here."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.intake.reading import workbook
from core.intake.reading.archive import csv_inside
from core.intake.reading.decode import decoded
from core.intake.reading.delimited import cut
from core.intake.reading.fields import Cell
from core.intake.reading.headings import is_known, is_never_kept, key
from core.intake.reading.refusals import (
    EmptyFile,
    NoAnswers,
    NoKnownColumns,
    TooManyRows,
    UnknownSheet,
    WrongKind,
)
from core.intake.reading.safety import MAX_COLUMNS, MAX_ROWS, Content, content_of, refuse_markup
from core.intake.reading.texts import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADINGS_WITHIN = 10
LONGEST_HEADING = 1_000
SAMPLE_ROWS = 3
# A file with two of these headings was written by LimeSurvey.
OF_LIMESURVEY = frozenset(
    {"submitdate", "lastpage", "startlanguage", "seed", "datestamp", "date submitted", "last page"}
    | {"start language", "date last action", "ultima pagina", "lingua iniziale"}
)

Records = list[list[Cell]]


@dataclass(frozen=True, slots=True)
class Table:
    """A file as a table: one heading for each column, every row as wide as the headings.

    Cells are text, or dates where a workbook holds dates. Row 1 stands below the headings. The columns
    in `never_kept` are empty already; `too_long` are the rows that had more cells than headings.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    header_row: int
    filename: str = ""
    encoding: str = ""
    delimiter: str = ""
    sep_line: bool = False
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    limesurvey: bool = False
    never_kept: tuple[str, ...] = ()
    too_long: frozenset[int] = frozenset()

    @property
    def sample(self) -> tuple[tuple[Cell, ...], ...]:
        """The first rows, to show how the file was understood."""
        return self.rows[:SAMPLE_ROWS]

    @property
    def columns(self) -> dict[str, tuple[Cell, ...]]:
        """The cells below each heading."""
        return dict(zip(self.headings, zip(*self.rows, strict=True), strict=True))

    def line(self, number: int) -> int:
        """The number that a spreadsheet shows beside a row; it hides the line `sep=`."""
        return self.header_row + number - self.sep_line


def table_of(data: bytes, *, encoding: str | None, sheet: str | None) -> Table:
    """Open a file as a table, or refuse it whole."""
    if content_of(data) is Content.ZIP:
        inside = csv_inside(data)
        if inside is None:
            return _of_workbook(data, sheet)
        if content_of(inside) is Content.ZIP:
            raise WrongKind(kind="ZIP")
        data = inside
    text, encoding = decoded(data, encoding)
    refuse_markup(text[:2000])
    file = cut(text)
    table = _arranged([list(record) for record in file.records], skipped=int(file.sep_line))
    return replace(table, encoding=encoding, delimiter=file.delimiter, sep_line=file.sep_line)


def _of_workbook(data: bytes, sheet: str | None) -> Table:
    book = workbook.open_workbook(data)
    names = workbook.sheets_of(book)
    if sheet is not None and sheet not in names:
        raise UnknownSheet(sheet=sheet)
    records = {name: workbook.cells_of(book, name) for name in ([sheet] if sheet else names)}
    records = {name: rows for name, rows in records.items() if any(map(any, rows))}
    if not records:
        raise EmptyFile
    best = max(records, key=lambda name: max(map(_known, records[name][:HEADINGS_WITHIN]), default=0))
    return replace(_arranged(records[best], skipped=0), sheet=best, sheets=names)


def _arranged(records: Records, *, skipped: int) -> Table:
    cleaned = [[clean(cell) if isinstance(cell, str) else cell for cell in record] for record in records]
    while cleaned and not any(cleaned[-1]):
        cleaned.pop()
    if not cleaned:
        raise EmptyFile
    at = _headings_at(cleaned)
    below = cleaned[at + 1 :]
    if not below:
        raise NoAnswers
    if len(below) > MAX_ROWS:
        raise TooManyRows(limit=MAX_ROWS)
    headings = _headings(cleaned[at], below)
    limesurvey = len(OF_LIMESURVEY.intersection(map(key, headings))) > 1
    rows = [_unmasked(row) if limesurvey else row for row in below]
    width = len(headings)
    padded = [(*row[:width], *[""] * (width - len(row))) for row in rows]
    columns = list(zip(*padded, strict=True))
    never = [heading for heading, cells in zip(headings, columns, strict=True) if is_never_kept(heading, cells)]
    kept = [[""] * len(rows) if head in never else cells for head, cells in zip(headings, columns, strict=True)]
    return Table(
        headings=tuple(headings),
        rows=tuple(zip(*kept, strict=True)),
        header_row=at + 1 + skipped,
        limesurvey=limesurvey,
        never_kept=tuple(never),
        too_long=frozenset(number for number, row in enumerate(rows, start=1) if any(row[width:])),
    )


def _known(record: Sequence[Cell]) -> int:
    return sum(1 for cell in record if isinstance(cell, str) and len(cell) <= LONGEST_HEADING and is_known(cell))


def _headings_at(records: Records) -> int:
    """Find the headings below titles: the row with the most known ones, else the first row above any mail."""
    first = records[:HEADINGS_WITHIN]
    known = [_known(record) for record in first]
    if any(known):
        return known.index(max(known))
    if not any(isinstance(cell, str) and "@" in cell for record in records[1:] for cell in record):
        raise NoKnownColumns
    return next(at for at, record in enumerate(first) if any(record))


def _headings(record: Sequence[Cell], below: Records) -> list[str]:
    """Name every column once: a second "Nome" is "Nome (2)", one without heading "#7"."""
    width = max(at for row in (record, *below) for at, cell in enumerate(row[: len(record)], start=1) if cell)
    names: dict[str, None] = {}
    for at, cell in enumerate(record[:width], start=1):
        plain = (cell if isinstance(cell, str) else cell.isoformat()) or f"#{at}"
        tried = (plain if count == 1 else f"{plain} ({count})" for count in range(1, MAX_COLUMNS + 2))
        names[next(name for name in tried if name not in names)] = None
    return list(names)


def _unmasked(row: list[Cell]) -> list[Cell]:
    r"""Undo what LimeSurvey does to its CSV: a line break is written \n, a formula begins with '."""
    return [re.sub(r"^'(?=[=+\-@])", "", cell).replace("\\n", "\n") if isinstance(cell, str) else cell for cell in row]
