"""Which day is meant? Day and month have one order for the whole file: found in it or asked, not guessed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core.intake.reading.fields import Cell, DateOrder
from core.intake.reading.problems import Code, Flaw, Found
from core.intake.reading.results import OrderSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROME = ZoneInfo("Europe/Rome")
CENTURY = 2000
YEARS = range(1950, 2100)
# Months by their first letters, in Italian and English.
MONTHS = {
    "gen": 1, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "mag": 5, "may": 5, "giu": 6, "jun": 6,
    "lug": 7, "jul": 7, "ago": 8, "aug": 8,
    "set": 9, "sep": 9, "ott": 10, "oct": 10, "nov": 11, "dic": 12, "dec": 12,
}  # fmt: skip
NOON = MONTHS_A_YEAR = 12
# So many different days in order are no accident; fewer with a clock that only Italians write (19.07.17).
DAYS_IN_ORDER = 5
DAYS_IN_ORDER_WITH_DOTS = 3

CLOCK = (
    r"(?:(?:,|\s|t|à|at|alle|ore)+(?P<h>\d{1,2})(?P<dot>[:.])(?P<min>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?\s*(?P<zone>z|utc|gmt|ce[s]?t|(?:gmt|utc)?[+-]\d{1,2}(?::?\d{2})?)?)?"
)
YEAR_FIRST = re.compile(r"(?P<y>\d{4})(?P<sep>[/.-])(?P<a>\d{1,2})(?P=sep)(?P<b>\d{1,2})" + CLOCK)
YEAR_LAST = re.compile(r"(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})" + CLOCK)
DAY_MONTH = re.compile(r"(?:[^\W\d]{3,10}\s)?(?P<a>\d{1,2})\s(?P<mon>[^\W\d]{3,9})\.?,?\s(?P<y>\d{4})" + CLOCK)
MONTH_DAY = re.compile(r"(?:[^\W\d]{3,10}\s)?(?P<mon>[^\W\d]{3,9})\.?\s(?P<a>\d{1,2}),?\s(?P<y>\d{4})" + CLOCK)
ZONE = re.compile(r"(?P<sign>[+-])(?P<h>\d{1,2}):?(?P<min>\d{2})?")

Readings = tuple[date | None, date | None]


def read_date(cell: Cell, order: DateOrder | None) -> Found:
    """Read a date, or a moment in Italian time, in the order of the file."""
    if not isinstance(cell, str):
        return Found(cell)
    day_first, month_first = readings(cell)
    if order is not None:
        value = day_first if order is DateOrder.DMY else month_first
    elif day_first and month_first and day_first != month_first:
        return Found(None, (Flaw(Code.DATE_AMBIGUOUS),))
    else:
        value = day_first or month_first
    return Found(value, () if value else (Flaw(Code.DATE_UNREADABLE),))


def readings(text: str) -> Readings:
    """Give what the text means with the day first and with the month first; None where it means nothing."""
    plain = " ".join(text.lower().split())
    if found := YEAR_FIRST.fullmatch(plain):
        same = _moment(found, month=found["a"], day=found["b"])
        return same, same
    if found := YEAR_LAST.fullmatch(plain):
        return (
            _moment(found, month=found["b"], day=found["a"]),
            _moment(found, month=found["a"], day=found["b"]),
        )
    if found := DAY_MONTH.fullmatch(plain) or MONTH_DAY.fullmatch(plain):
        same = _moment(found, month=str(MONTHS.get(found["mon"][:3], 0)), day=found["a"])
        return same, same
    return None, None


def typed_day(text: str) -> date | None:
    """The day that somebody types into a field, the day first; None for anything else, a moment too."""
    day = readings(text)[0]
    return None if isinstance(day, datetime) else day


def order_of(columns: Iterable[Sequence[Cell]], submitted: Sequence[Cell]) -> tuple[DateOrder | None, OrderSource]:
    """Find the order of day and month in the file.

    A number above twelve shows it; else the moments of sending, which tools export in their order, do
    when they are sorted in one reading alone. Contradictions and too little evidence give UNKNOWN.
    """
    pairs = [readings(cell) for column in columns for cell in column if isinstance(cell, str)]
    open_pairs = [(a, b) for a, b in pairs if a and b and a != b]
    only_day_first = any(a and not b for a, b in pairs)
    only_month_first = any(b and not a for a, b in pairs)
    if only_day_first and only_month_first:
        return None, OrderSource.UNKNOWN
    if only_day_first:
        return DateOrder.DMY, OrderSource.NUMBERS
    if only_month_first:
        return DateOrder.MDY, OrderSource.NUMBERS
    if not open_pairs:
        return None, OrderSource.NOT_NEEDED
    order = _chronology([cell for cell in submitted if isinstance(cell, str)])
    return order, OrderSource.CHRONOLOGY if order else OrderSource.UNKNOWN


def may_be_swapped(cells: Sequence[Cell]) -> bool:
    """Whether a spreadsheet of another country turned 05/06 into 6 May and left 31/05 as text."""
    typed = [cell for cell in cells if not isinstance(cell, str)]
    texts = [readings(cell) for cell in cells if isinstance(cell, str)]
    return (
        bool(typed) and all(cell.day <= MONTHS_A_YEAR for cell in typed) and any(bool(a) != bool(b) for a, b in texts)
    )


def as_moment(value: date) -> datetime:
    """Make a date comparable with a moment."""
    return value if isinstance(value, datetime) else datetime.combine(value, time())


def _chronology(texts: list[str]) -> DateOrder | None:
    pairs = [(a, b) for a, b in map(readings, texts) if a and b]
    day_first = [as_moment(a) for a, _ in pairs]
    month_first = [as_moment(b) for _, b in pairs]
    dotted = all(re.search(r"\s\d{1,2}\.\d{2}\.\d{2}$", text) for text in texts)
    enough = DAYS_IN_ORDER_WITH_DOTS if dotted else DAYS_IN_ORDER
    if len({moment.date() for moment in day_first}) < enough or _sorted(day_first) == _sorted(month_first):
        return None
    if _sorted(day_first):
        return DateOrder.DMY
    return None if dotted else DateOrder.MDY


def _sorted(moments: list[datetime]) -> bool:
    return moments in (sorted(moments), sorted(moments, reverse=True))


def _moment(found: re.Match[str], *, month: str, day: str) -> date | None:
    year = int(found["y"]) + (CENTURY if len(found["y"]) == len("26") else 0)
    if year not in YEARS:
        return None
    try:
        if found["h"] is None:
            return date(year, int(month), int(day))
        hour = _hour(int(found["h"]), found["half"])
        clock = time(hour, int(found["min"]), int(found["s"] or 0))
        moment = datetime.combine(date(year, int(month), int(day)), clock)
        zone = _zone(found["zone"] or "")
        return moment.replace(tzinfo=zone).astimezone(ROME).replace(tzinfo=None) if zone else moment
    except (ValueError, OverflowError):
        return None


def _hour(hour: int, half: str | None) -> int:
    if half is None or hour > NOON:
        return hour
    return hour % NOON + (NOON if half.startswith("p") else 0)


def _zone(text: str) -> tzinfo | None:
    """CET, CEST and nothing are Italian time already."""
    if found := ZONE.search(text):
        away = timedelta(hours=int(found["h"]), minutes=int(found["min"] or 0))
        return timezone(-away if found["sign"] == "-" else away)
    return UTC if text in {"z", "utc", "gmt"} else None
