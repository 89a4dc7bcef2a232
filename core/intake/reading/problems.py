"""What can be wrong with an answer or a row, and how bad that is."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as having
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.intake.reading.fields import Value


class Code(StrEnum):
    """What can be wrong with a row; each has its sentence in words.toml under `problem`."""

    REQUIRED_MISSING = "REQUIRED_MISSING"
    CONSENT_MISSING = "CONSENT_MISSING"
    CONSENT_UNCLEAR = "CONSENT_UNCLEAR"
    EMAIL_INVALID = "EMAIL_INVALID"
    EMAIL_SEVERAL = "EMAIL_SEVERAL"
    EMAIL_SHARED = "EMAIL_SHARED"
    DUPLICATE_EMAIL = "DUPLICATE_EMAIL"
    SUPERSEDED_BY_ROW = "SUPERSEDED_BY_ROW"
    DUPLICATE_NAME = "DUPLICATE_NAME"
    DUPLICATE_STUDENT_ID = "DUPLICATE_STUDENT_ID"
    NAME_CASE = "NAME_CASE"
    PHONE_UNREADABLE = "PHONE_UNREADABLE"
    LINK_INVALID = "LINK_INVALID"
    EXCEL_SCIENTIFIC_NUMBER = "EXCEL_SCIENTIFIC_NUMBER"
    EXCEL_ERROR = "EXCEL_ERROR"
    EXCEL_DATE = "EXCEL_DATE"
    MEAN_LOOKS_LIKE_FINAL_MARK = "MEAN_LOOKS_LIKE_FINAL_MARK"
    MEAN_OUT_OF_RANGE = "MEAN_OUT_OF_RANGE"
    FINAL_MARK_OUT_OF_RANGE = "FINAL_MARK_OUT_OF_RANGE"
    NUMBER_UNREADABLE = "NUMBER_UNREADABLE"
    NUMBER_OUT_OF_RANGE = "NUMBER_OUT_OF_RANGE"
    NUMBER_APPROXIMATE = "NUMBER_APPROXIMATE"
    YEARS_APPROXIMATE = "YEARS_APPROXIMATE"
    YEAR_UNREADABLE = "YEAR_UNREADABLE"
    SCALE_OUT_OF_RANGE = "SCALE_OUT_OF_RANGE"
    CLASS_UNKNOWN = "CLASS_UNKNOWN"
    OPTION_UNKNOWN = "OPTION_UNKNOWN"
    CHOICES_UNCLEAR = "CHOICES_UNCLEAR"
    DATE_UNREADABLE = "DATE_UNREADABLE"
    DATE_AMBIGUOUS = "DATE_AMBIGUOUS"
    DATE_MAY_BE_SWAPPED = "DATE_MAY_BE_SWAPPED"
    DATE_NOT_RECORDED = "DATE_NOT_RECORDED"
    FORMULA_LIKE_TEXT = "FORMULA_LIKE_TEXT"
    CHARACTERS_LOST = "CHARACTERS_LOST"
    TEXT_TOO_LONG = "TEXT_TOO_LONG"
    ROW_TOO_LONG = "ROW_TOO_LONG"
    TEST_ROW = "TEST_ROW"
    EMPTY_ROW = "EMPTY_ROW"
    TOTAL_ROW = "TOTAL_ROW"
    REPEATED_HEADINGS = "REPEATED_HEADINGS"
    INCOMPLETE_RESPONSE = "INCOMPLETE_RESPONSE"


class Severity(StrEnum):
    """What a problem does to its row."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with one answer, before anybody knows where it stands."""

    code: Code
    params: Mapping[str, object] = having(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class Found:
    """An answer as read, with what is wrong with it."""

    value: Value
    flaws: tuple[Flaw, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and the file's own words; field "*" is the whole row."""

    row: int
    column: str
    field: str
    code: Code
    value: str
    severity: Severity
    params: Mapping[str, object] = having(default_factory=dict[str, object])
