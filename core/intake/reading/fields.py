"""What kinds of answers a form holds, and what a field of a form is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """How the cells of a field are read."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    IDENTIFIER = "identifier"
    NAME = "name"
    MAIL = "mail"
    PHONE = "phone"
    LINK = "link"
    LINKEDIN = "linkedin"
    MOMENT = "moment"
    LEVEL = "level"
    MODE = "mode"
    CONSENT = "consent"
    CHOICE = "choice"
    CHOICES = "choices"
    LANGUAGES = "languages"
    CLASS_CODE = "class_code"
    MEAN = "mean"
    FINAL_MARK = "final_mark"
    CREDITS = "credits"
    YEARS = "years"
    YEAR = "year"
    CAPACITY = "capacity"
    SCALE = "scale"


class Level(StrEnum):
    """The course a mentee attends, or that it is over."""

    TRIENNALE = "triennale"
    MAGISTRALE = "magistrale"
    CICLO_UNICO = "ciclo_unico"
    GRADUATED = "graduated"


class Mode(StrEnum):
    """How a person would like to meet."""

    ONLINE = "online"
    IN_PERSON = "in_person"
    EITHER = "either"


class DateOrder(StrEnum):
    """Which of day and month comes first where both are numbers."""

    DMY = "DMY"
    MDY = "MDY"


class FinalMark(NamedTuple):
    """A degree mark out of 110."""

    points: int
    honours: bool


# A datetime is a date too.

Cell = str | date
Value = str | int | float | bool | date | tuple[str, ...] | FinalMark | dict[str, int] | None
Mapped = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form: its name, how it is read, and the headings it is known by.

    `exact` are whole headings, `within` beginnings of words anywhere in a heading, `never` what a heading
    must not hold; all as `headings.key` writes them. `required` wants an answer; `blocks` only wants
    an answer that is given to be readable.
    """

    name: str
    kind: Kind
    exact: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    required: bool = False
    blocks: bool = False

    @property
    def takes_many(self) -> bool:
        """Whether several columns may answer this one question."""
        return self.kind in {Kind.CHOICES, Kind.LANGUAGES, Kind.SCALE}


@dataclass(frozen=True, slots=True)
class Limits:
    """The ranges that an edition may set: lowest and highest accepted, both included."""

    self_assessment: tuple[int, int] = (1, 5)
    years: tuple[int, int] = (0, 60)
    capacity: tuple[int, int] = (0, 20)
    credits: tuple[int, int] = (0, 400)


Options = Mapping[str, tuple[str, ...]]
ValueMap = Mapping[str, Mapping[str, str | bool]]
