"""`t`: a text in the language of this tab, safe to show where Markdown is read.

Names such as `![x](http://tracker/y.png)` would call a stranger's server from titles, buttons and messages;
so every stored text that goes there is escaped here.
"""

from __future__ import annotations

import re
import threading
from datetime import date
from typing import TYPE_CHECKING

from core.language import format as form
from core.language.text import known, say
from pages.shared import memory

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.language.text import Language
    from core.store.errors import Refused

_here = threading.local()
MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&@/])")


def begin() -> None:
    """Ask for the tab's language once for the run that begins: looking it up costs as much as many a text.

    A thread runs the pages of one tab alone; where no run was begun, each text asks anew.
    """
    _here.language = memory.language()


def _language() -> Language:
    return getattr(_here, "language", None) or memory.language()


def escape(text: str) -> str:
    """The text with everything that Markdown would read made plain."""
    return MARKDOWN.sub(r"\\\1", text)


def t(key: str, **values: object) -> str:
    """The text of `key` for a place that reads Markdown; text values are escaped."""
    safe = {name: escape(value) if isinstance(value, str) else value for name, value in values.items()}
    return say(key, _language(), **safe)


def plain(key: str, **values: object) -> str:
    """The text of `key` for a place that does not read Markdown: options, table headings, files."""
    return say(key, _language(), **values)


def refusal(error: Refused) -> str:
    """What a refusal says, for a place that reads Markdown."""
    values = {name: escape(str(value)) if isinstance(value, str) else value for name, value in error.values.items()}
    return say(error.key, _language(), **values)


def field_name(field: str) -> str:
    """A column or a field of the rules in words; one that has none is called as the programme calls it."""
    keys = (f"store.field.{field}", f"edition.year.{field}", f"intake.field.{field}")
    return next((plain(key) for key in keys if known(key)), field)


def day(value: date) -> str:
    """A day in words."""
    return form.day(value, _language().tongue)


def brief_day(value: date) -> str:
    """A day for narrow tables of one year: 16 ott."""
    return form.brief_day(value, memory.language().tongue)


def short_day(value: date) -> str:
    """A day for tables: 16 ott 2026."""
    return form.day(value, _language().tongue, short=True)


def month(first: date) -> str:
    """The month of a day: novembre 2026."""
    return form.month(first, _language().tongue)


def short(value: object) -> str:
    """A value for tables: days short, numbers and lists as the language writes them, a dash for nothing."""
    if value is None or value == []:
        return "—"
    return short_day(value) if isinstance(value, date) else form.written(value, _language().tongue)


def moment(value: datetime) -> str:
    """A moment in Rome, in words."""
    return form.moment(value, _language().tongue)


def short_moment(value: datetime) -> str:
    """A moment in Rome, for tables: 16 ott 2026, 18:00."""
    return form.moment(value, _language().tongue, short=True)


def number(value: float, *, decimals: int = 2) -> str:
    """A number as the language writes it."""
    return form.number(value, _language().tongue, decimals=decimals)


def numbers(values: Iterable[float]) -> dict[float, str]:
    """Each of many numbers as the language writes it, which is asked once."""
    tongue = _language().tongue
    return {value: form.number(value, tongue) for value in set(values)}


def percent(share: float) -> str:
    """A share between 0 and 1 as percent."""
    return form.percent(share, _language().tongue)
