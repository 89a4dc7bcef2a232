"""Dates, times and numbers as Italian and English write them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Literal, cast

from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from core.store.clock import ROME

Tongue = Literal["it", "en"]
LOCALES: dict[Tongue, str] = {"it": "it_IT", "en": "en_GB"}
DAY: dict[Tongue, str] = {"it": "EEEE d MMMM y", "en": "EEEE d MMMM y"}


def written(value: object, tongue: Tongue) -> str:
    """A value inside a sentence: whole numbers, decimals, days, moments and lists in the language's manner."""
    if isinstance(value, datetime):
        return moment(value, tongue)
    if isinstance(value, date):
        return day(value, tongue)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(value, tongue)
    if isinstance(value, list | tuple):
        return format_list(
            [written(item, tongue) for item in cast("tuple[object, ...]", value)], locale=LOCALES[tongue]
        )
    return str(value)


def day(value: date, tongue: Tongue, *, short: bool = False) -> str:
    """giovedì 16 ottobre 2026; short: 16 ott 2026."""
    return _day(value.toordinal(), "d MMM y" if short else DAY[tongue], LOCALES[tongue])


@lru_cache(maxsize=4096)
def _day(ordinal: int, pattern: str, locale: str) -> str:
    return format_date(date.fromordinal(ordinal), pattern, locale=locale)


def brief_day(value: date, tongue: Tongue) -> str:
    """16 ott."""
    return format_date(value, "d MMM", locale=LOCALES[tongue])


def month(value: date, tongue: Tongue) -> str:
    """The month of a day: novembre 2026."""
    return format_date(value, "MMMM y", locale=LOCALES[tongue])


@lru_cache(maxsize=4096)
def moment(value: datetime, tongue: Tongue, *, short: bool = False) -> str:
    """A moment in Rome: giovedì 16 ottobre 2026, 18:00; short: 16 ott 2026, 18:00."""
    pattern = "d MMM y, HH:mm" if short else f"{DAY[tongue]}, HH:mm"
    return format_datetime(value, pattern, tzinfo=ROME, locale=LOCALES[tongue])


@lru_cache(maxsize=4096, typed=True)
def number(value: float, tongue: Tongue, *, decimals: int = 2) -> str:
    """1.234,5 in Italian, 1,234.5 in English; at most `decimals` places."""
    return format_decimal(value, "#,##0." + "#" * decimals, locale=LOCALES[tongue])


def percent(share: float, tongue: Tongue) -> str:
    """A share between 0 and 1 as whole percents."""
    return format_percent(share, locale=LOCALES[tongue])
