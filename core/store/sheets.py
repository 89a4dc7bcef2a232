"""Tables as XLSX files that no spreadsheet can be tricked with: text stays text, formulas and links are not made."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs] - it has none

from core.store.clock import ROME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


Value = str | int | float | date | datetime | None

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_000
WIDEST = 60
# What XML cannot hold, or what nobody sees.
UNWRITABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# With these a spreadsheet begins a formula, also when the file is saved as CSV and opened again.
BEGINS_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed mark in every file, not a moment
LOOKS = ({"bold": True, "bottom": 1}, {"num_format": "dd/mm/yyyy"}, {"num_format": "dd/mm/yyyy hh:mm"})


def safe(text: str) -> str:
    """The text without control characters; an apostrophe stands before what a spreadsheet would calculate."""
    plain = UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))[:LONGEST]
    return f"'{plain}" if plain.lstrip().startswith(BEGINS_FORMULA) else plain


def workbook(sheet: str, columns: Mapping[str, Sequence[Value]]) -> bytes:
    """One sheet with a row of headings and equally long columns; the same table gives the same bytes."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_properties({"created": MADE})  # pyright: ignore[reportUnknownMemberType] - no types in the library
        page = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", sheet)[:31].strip())  # pyright: ignore[reportUnknownMemberType] - as above
        bold, day, moment = (book.add_format(look) for look in LOOKS)  # pyright: ignore[reportUnknownMemberType] - as above
        for at, (heading, values) in enumerate(columns.items()):
            page.write_string(0, at, safe(heading), bold)
            for row, value in enumerate(values, start=1):
                if isinstance(value, str):
                    page.write_string(row, at, safe(value))
                elif isinstance(value, datetime):
                    page.write_datetime(row, at, value.astimezone(ROME).replace(tzinfo=None), moment)
                elif isinstance(value, date):
                    page.write_datetime(row, at, datetime.combine(value, time.min), day)
                elif value is not None:
                    page.write_number(row, at, value)
            widest = max(len(str(value)) for value in (heading, *values))
            page.set_column(at, at, min(widest + 2, WIDEST))
        page.freeze_panes(1, 0)
    return file.getvalue()


def content_hash(columns: Mapping[str, Sequence[Value]]) -> str:
    """Eight signs that differ when the table differs: for the file's name, so that no old copy is handed out."""
    return hashlib.sha256(repr(list(columns.items())).encode(errors="surrogatepass")).hexdigest()[:8]
