"""How far do a workbook's cells reach, and how much text will they hold? Bombs end here."""

from __future__ import annotations

import re
from collections import Counter
from xml.parsers import expat

from core.intake.reading.refusals import DamagedFile, TooManyColumns, TooManyRows, ZipBomb
from core.intake.reading.safety import MAX_COLUMNS, MAX_ROWS, MEGABYTE

MAX_CELLS = 1_000_000
MAX_TEXT = 40 * MEGABYTE
PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
NUMBER = re.compile(r"[0-9]{1,9}")
# Where a place that cannot be read counts as: a reader may take it for anything.
NOWHERE = MAX_ROWS + 1
HOLDS_VALUE = frozenset({"v", "f", "is"})


class Walk:
    """Walks through the parts of a workbook, one after another, and refuses what would not fit in memory."""

    def __init__(self) -> None:
        self._row = self._column = self._cells = 0
        self._shared = False  # the present cell points to a shared text
        self._pointer: list[str] | None = None
        self._uses: Counter[int] = Counter()
        self._lengths: list[int] = []

    def part(self, content: bytes) -> None:
        """Walk through one XML part."""
        self._row = self._column = 0
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            parser.Parse(content, True)
        except expat.ExpatError:
            raise DamagedFile from None
        self._close()

    def finish(self) -> None:
        """Refuse when the shared texts, copied to each cell that uses them, would be too much."""
        lengths = self._lengths
        text = sum(lengths[at] * uses for at, uses in self._uses.items() if at < len(lengths))
        if text > MAX_TEXT:
            raise ZipBomb

    def _doctype(self, *_declared: object) -> None:
        raise ZipBomb

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._close()
        name = tag.rpartition(":")[2]
        if name == "c":
            self._cell(attributes)
        elif name == "row":
            self._row = _row(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
        elif name == "si":
            self._lengths.append(0)
        elif name in HOLDS_VALUE:
            self._value(points=name == "v" and self._shared)

    def _cell(self, attributes: dict[str, str]) -> None:
        self._shared = attributes.get("t") == "s"
        place = attributes.get("r")
        if place is None:
            self._column += 1
            return
        found = PLACE.fullmatch(place)
        if found:
            self._column, self._row = _number(found[1]), max(self._row, int(found[2]))
        else:
            self._row = NOWHERE

    def _value(self, *, points: bool) -> None:
        if self._row > MAX_ROWS:
            raise TooManyRows(limit=MAX_ROWS)
        if self._column > MAX_COLUMNS:
            raise TooManyColumns(limit=MAX_COLUMNS)
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise ZipBomb
        if points:
            self._pointer = []

    def _text(self, text: str) -> None:
        if self._pointer is not None:
            self._pointer.append(text)
        elif self._lengths:
            self._lengths[-1] += len(text)

    def _close(self) -> None:
        if self._pointer is not None:
            pointer = "".join(self._pointer).strip()
            self._uses[int(pointer) if NUMBER.fullmatch(pointer) else 0] += 1
            self._pointer = None


def _number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _row(number: str) -> int:
    return int(number) if NUMBER.fullmatch(number) else NOWHERE
