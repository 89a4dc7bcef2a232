"""Is this workbook safe to open? And what stands in its cells: text and dates.

A cell far away makes the reader allocate the whole rectangle, a text used by many cells is copied for
each. So all parts are unpacked under a budget and walked through once, and only these reach the reader.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import python_calamine as calamine

from core.intake.reading.archive import unpacked
from core.intake.reading.parts import Walk
from core.intake.reading.refusals import DamagedFile, TooManyColumns, TooManyRows
from core.intake.reading.safety import MAX_COLUMNS, MAX_ROWS

if TYPE_CHECKING:
    from core.intake.reading.fields import Cell

WHOLE_FLOATS = 1e15

RawCell = int | float | str | bool | time | date | datetime | timedelta


def open_workbook(data: bytes) -> calamine.CalamineWorkbook:
    """Open a workbook whose parts have been walked through; refuse bombs and damaged files."""
    try:
        return calamine.CalamineWorkbook.from_filelike(io.BytesIO(_walked(data)))
    except (calamine.CalamineError, ValueError, OSError):
        raise DamagedFile from None


def cells_of(book: calamine.CalamineWorkbook, sheet: str) -> list[list[Cell]]:
    """Give a sheet's cells from A1 on, numbers as the text that a person would have typed."""
    try:
        opened = book.get_sheet_by_name(sheet)
        if opened.total_height > MAX_ROWS:
            raise TooManyRows(limit=MAX_ROWS)
        if opened.total_width > MAX_COLUMNS:
            raise TooManyColumns(limit=MAX_COLUMNS)
        rows = opened.to_python(skip_empty_area=False, nrows=MAX_ROWS + 1)
    except (calamine.CalamineError, ValueError):
        raise DamagedFile from None
    return [[as_cell(cell) for cell in row] for row in rows]


def sheets_of(book: calamine.CalamineWorkbook) -> tuple[str, ...]:
    """Give the names of the sheets with cells, the visible ones if any is visible."""
    tables = [sheet for sheet in book.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
    visible = [sheet for sheet in tables if sheet.visible == calamine.SheetVisibleEnum.Visible]
    return tuple(sheet.name for sheet in visible or tables)


def as_cell(cell: RawCell) -> Cell:
    """Write a number as people do: 912345.0 is a matricola 912345, 27.849999999999998 a mean of 27.85."""
    if isinstance(cell, str | date):
        return cell
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < WHOLE_FLOATS else format(cell, ".15g")
    return str(cell)


def _walked(data: bytes) -> bytes:
    """Pack anew, without compression, the parts that passed the walk."""
    walk, packed = Walk(), io.BytesIO()
    with zipfile.ZipFile(packed, "w") as copy:
        for name, content in unpacked(data, (".xml", ".rels")):
            walk.part(content)
            copy.writestr(name, content)
    walk.finish()
    return packed.getvalue()
