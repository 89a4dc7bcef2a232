"""What reading a file gives: rows, and what must still be asked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.intake.reading.fields import DateOrder, Value
    from core.intake.reading.problems import Problem


class Status(StrEnum):
    """What becomes of a row: taken, taken and shown, not taken until repaired, left out."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Row:
    """One answer to the form.

    `number` counts from 1 below the headings, `line` is the row that a spreadsheet shows;
    `raw` holds the cells as text, without the columns that are never kept; `superseded_by` is the row of
    the same person's later answer.
    """

    number: int
    line: int
    status: Status
    values: Mapping[str, Value]
    problems: tuple[Problem, ...]
    raw: Mapping[str, str]
    superseded_by: int | None = None


class NeedKind(StrEnum):
    """What a file cannot say by itself."""

    DATE_ORDER = "date_order"
    VALUE_MAP = "value_map"
    OPTIONS = "options"
    COLUMN = "column"


@dataclass(frozen=True, slots=True)
class Need:
    """One thing to ask before the rows can be taken, with some of the values that raise the question."""

    kind: NeedKind
    field: str
    column: str = ""
    values: tuple[str, ...] = ()


class OrderSource(StrEnum):
    """How the order of day and month was found."""

    NOT_NEEDED = "not_needed"
    ANSWERED = "answered"
    NUMBERS = "numbers"
    CHRONOLOGY = "chronology"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """All rows of a file, what must be asked, and the columns that nothing was taken from.

    `ignored_columns` are all unmapped headings; `unknown_columns` those among them that are worth a question,
    that is without the form tool's own columns and without `never_kept`.
    """

    rows: tuple[Row, ...]
    needs: tuple[Need, ...]
    date_order: DateOrder | None
    date_order_source: OrderSource
    ignored_columns: tuple[str, ...]
    unknown_columns: tuple[str, ...]
    never_kept: tuple[str, ...]
