"""Where does a cell of a text file end? At the sign that its first line names, or that fits best."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

from core.intake.reading.refusals import DamagedFile, TooManyColumns, TooManyRows, UnclosedQuote
from core.intake.reading.safety import MAX_COLUMNS, MAX_ROWS

SEP_LINE = re.compile(r'"?sep=(?P<sign>[^"\r\n])"?[ \t;,]*\r?\n', re.IGNORECASE)
DELIMITERS = (",", ";", "\t", "|")
LOOKED_AT = 20
SAMPLE_CHARACTERS = 100_000
ABOVE_THE_ANSWERS = 10


@dataclass(frozen=True, slots=True)
class Delimited:
    """A text file cut into records; `sep_line` tells that its first line named the delimiter."""

    records: list[list[str]]
    delimiter: str
    sep_line: bool


def cut(text: str) -> Delimited:
    """Cut a text file by the sign that its first line names, or by the one that fits."""
    if found := SEP_LINE.match(text):
        return Delimited(_records(text[found.end() :], found["sign"]), found["sign"], sep_line=True)
    delimiter = _delimiter(text)
    return Delimited(_records(text, delimiter), delimiter, sep_line=False)


def _delimiter(text: str) -> str:
    """Take the sign that cuts the most records to one width, and then the wider ones."""
    lines = text[:SAMPLE_CHARACTERS].splitlines(keepends=True)[:LOOKED_AT]

    def cuts(sign: str) -> tuple[int, int]:
        widths = Counter(len(record) for record in csv.reader(lines, delimiter=sign))
        return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))

    try:
        return max(DELIMITERS, key=cuts)
    except csv.Error:
        raise DamagedFile from None


def _records(text: str, delimiter: str) -> list[list[str]]:
    """Cut the text; a quote that is never closed would swallow the rest of the file, so it is refused."""
    records: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for record in reader:
            records.append(record)
            if len(record) > MAX_COLUMNS:
                raise TooManyColumns(limit=MAX_COLUMNS)
            if len(records) > MAX_ROWS + ABOVE_THE_ANSWERS:
                raise TooManyRows(limit=MAX_ROWS)
    except csv.Error:
        raise UnclosedQuote(line=reader.line_num) from None
    return records
