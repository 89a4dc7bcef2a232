"""What an edition is: its name and year, and the milestones that it passes once."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from dateutil.relativedelta import relativedelta

from core.store.errors import Refused, Told

V = TypeVar("V")

FIRST_YEAR, LAST_YEAR = 2000, 2100
SATURDAY = 5
NAME_LENGTH = 60


class Milestone(StrEnum):
    """What an edition passes; a later phase writes it, everybody may ask for it."""

    PAIRS_PUBLISHED = "pairs_published"
    CLOSED = "closed"


class YearNotValid(Refused):
    """The year is not one of this century."""


class NameNotValid(Refused):
    """An edition has a name of at most 60 characters."""


class NameTaken(Refused):
    """Another edition has this name."""


class YearTaken(Refused):
    """Another edition begins in this year."""


class DatesReversed(Refused):
    """A period ends before it begins."""


class OutOfBounds(Refused):
    """A number is outside what makes sense; carries the field's name and the bounds."""


class ValueMissing(Refused):
    """A field is empty, or what stands in it cannot be read."""


class NotWhole(Refused):
    """A number has decimals where things are counted."""


class DayMissing(Refused):
    """A field for a day is empty, or what stands in it is no day."""


class DayNotValid(Refused):
    """A day is not of this century: the year was mistyped."""


def edition_name(year: int) -> str:
    """The usual name of the edition that begins in `year`: 2026/27."""
    return f"{year}/{(year + 1) % 100:02d}"


def checked_name(name: str) -> str:
    """The name without doubled blanks; raises `NameNotValid`."""
    clean = re.sub(r"\s+", " ", name).strip()
    if not clean or len(clean) > NAME_LENGTH:
        raise NameNotValid(most=NAME_LENGTH)
    return clean


def checked_year(year: int) -> int:
    """The year; raises `YearNotValid`."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearNotValid(low=str(FIRST_YEAR), high=str(LAST_YEAR))
    return year


def require_order(first: date, last: date, *, what: str) -> None:
    """Raise `DatesReversed` when a period (the key of its field's name is `what`) ends before it begins."""
    if last < first:
        raise DatesReversed(what=Told(what), first=first, last=last)


def require_between(value: float, low: float, high: float, *, what: str) -> None:
    """Raise `OutOfBounds` when a number (the key of its field's name is `what`) is not within these bounds."""
    if not low <= value <= high:
        raise OutOfBounds(what=Told(what), low=low, high=high)


def given(value: V | None, *, what: str) -> V:
    """What stands in a field; raises `ValueMissing`, naming the field, for nothing."""
    if value is None or value == "":
        raise ValueMissing(what=Told(what))
    return value


def given_whole(value: float | None, *, what: str) -> int:
    """The whole number in a field; raises `ValueMissing`, `NotWhole`."""
    number = given(value, what=what)
    if number % 1 != 0:
        raise NotWhole(what=Told(what), value=number)
    return int(number)


def given_day(day: date | None, *, what: str) -> date:
    """The day in a field; raises `DayMissing`, and `DayNotValid` where the year cannot be meant."""
    if day is None:
        raise DayMissing(what=Told(what))
    if not FIRST_YEAR <= day.year <= LAST_YEAR + 1:
        raise DayNotValid(what=Told(what), day=day)
    return day


def working_day(day: date) -> date:
    """The day itself, or the Monday after it."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day


def same_day(day: date, years: int) -> date:
    """The same day of the month so many years later; 29 February becomes the 28th."""
    return day + relativedelta(years=years)


def same_weekday(day: date, years: int) -> date:
    """The day of the same weekday that lies nearest to the same day so many years later."""
    moved = same_day(day, years)
    return moved + timedelta(days=(day.weekday() - moved.weekday() + 3) % 7 - 3)
