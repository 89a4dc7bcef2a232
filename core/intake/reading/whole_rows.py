"""Which rows are no applications? Empty rows, totals, headings once more, answers never sent, trials."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.intake.reading.form import NAMES, SUBMITTED
from core.intake.reading.problems import Code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.intake.reading.fields import Cell, Value

TOTAL = re.compile(r"(?:grand )?total[eis]?\b.*|somma\b.*|sum\b", re.IGNORECASE)
FIGURE = re.compile(r"[\d.,%\s-]*")
TRIAL = frozenset({"test", "prova", "testing", "asdf"})


def left_out(headings: tuple[str, ...], cells: tuple[Cell, ...], sent: Cell | None) -> Code | None:
    """Say why a row is no application; `sent` is LimeSurvey's moment of sending, None for other files."""
    filled = [cell for cell in cells if cell]
    if not filled:
        return Code.EMPTY_ROW
    if cells == headings:
        return Code.REPEATED_HEADINGS
    first, *others = filled
    figures = all(isinstance(cell, str) and FIGURE.fullmatch(cell) for cell in others)
    if isinstance(first, str) and TOTAL.fullmatch(first) and figures:
        return Code.TOTAL_ROW
    return Code.INCOMPLETE_RESPONSE if sent == "" else None


def is_trial(values: Mapping[str, Value]) -> bool:
    """Whether somebody tried the form out: the name or the mail is nothing but "test" or "prova"."""
    words = [word.lower() for name in NAMES for word in str(values.get(name) or "").split()]
    mail = str(values.get("email") or "")
    return (bool(words) and TRIAL.issuperset(words)) or mail.partition("@")[0] in TRIAL


NOT_RECORDED = 1980


def was_not_recorded(cell: Cell, field_name: str) -> bool:
    """LimeSurvey writes 1 January 1980 when it was told not to keep the moment."""
    return field_name == SUBMITTED.name and isinstance(cell, str) and cell.startswith(f"{NOT_RECORDED}-01-01")
