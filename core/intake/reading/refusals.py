"""Why a whole file is not read; the sentences are words.toml's `refused`."""

from __future__ import annotations

from core.store.errors import Refused


class EmptyFile(Refused):
    """The file holds nothing."""


class NoAnswers(Refused):
    """The file holds headings but no answer."""


class FileTooBig(Refused):
    """The file is bigger than any export of a form ({limit} MB)."""


class HtmlPage(Refused):
    """A web page was saved in place of the export."""


class WrongKind(Refused):
    """The file is neither an XLSX nor a CSV file ({kind} says what it looks like)."""


class DamagedFile(Refused):
    """The file breaks off or contradicts itself."""


class UnclosedQuote(Refused):
    """A quotation mark of the CSV file around line {line} is not closed or stands in the wrong place."""


class ZipBomb(Refused):
    """The workbook would unpack to far more than it shows."""


class TooManyRows(Refused):
    """The table has more rows than {limit}."""


class TooManyColumns(Refused):
    """The table has more columns than {limit}."""


class NoKnownColumns(Refused):
    """No heading and no content of the table is known."""


class UnknownEncoding(Refused):
    """The bytes cannot be read as text in the encoding {encoding}."""


class UnknownSheet(Refused):
    """The workbook has no sheet of the name {sheet}."""


class UnknownColumn(Refused):
    """The mapping names a column {column} that the file does not have."""


class ColumnNotKept(Refused):
    """The mapping names a column {column} that must not be kept."""
