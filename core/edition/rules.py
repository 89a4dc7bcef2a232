"""What an edition is: its name and year, and the milestones that it passes once."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from core.store.errors import Refused

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


class DatesReversed(Refused):
    """A period ends before it begins."""


class OutOfBounds(Refused):
    """A number is outside what makes sense; carries the field's name and the bounds."""


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
    """Raise `DatesReversed` when a period (named by its field) ends before it begins."""
    if last < first:
        raise DatesReversed(what=what, first=first, last=last)


def require_between(value: float, low: float, high: float, *, what: str) -> None:
    """Raise `OutOfBounds` when the number (named by its field) is not within the bounds, both included."""
    if not low <= value <= high:
        raise OutOfBounds(what=what, low=low, high=high)


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
