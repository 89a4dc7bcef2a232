"""One applicant typed in by staff, read by the very rules that read a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.intake.reading import Table, read_rows
from core.intake.reading.fields import DateOrder
from core.intake.reading.form import FORMS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.intake.reading.fields import Options
    from core.intake.reading.results import Row
    from core.people.rules import Side


def typed(side: Side, answers: Mapping[str, str], *, options: Options) -> Row:
    """The row that these answers (by field) make; dates are read day first, several choices parted by semicolons."""
    asked = [field.name for field in FORMS[side] if field.name in answers]
    table = Table(headings=tuple(asked), rows=(tuple(answers[name] for name in asked),), header_row=1)
    reading = read_rows(table, side, {name: name for name in asked}, options=options, date_order=DateOrder.DMY)
    return reading.rows[0]
