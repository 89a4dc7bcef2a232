"""Form exports read into rows and problems: `open_table`, `guess_mapping`, `read_rows`, in this order.

Nothing here knows the store, a clock or a page. Trouble in rows is a value, with the whole file a `Refused`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.intake.reading.duplicates import with_duplicates
from core.intake.reading.fields import DateOrder, Limits, Mapped, Options, ValueMap
from core.intake.reading.headings import guess, is_of_the_tool
from core.intake.reading.needs import needs_of
from core.intake.reading.questions import plan_of
from core.intake.reading.results import Reading
from core.intake.reading.rows import row_of
from core.intake.reading.table import Table, table_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.people.rules import Side

__all__ = ["Reading", "Table", "guess_mapping", "open_table", "read_rows"]


def open_table(data: bytes, filename: str, *, encoding: str | None = None, sheet: str | None = None) -> Table:
    """Open an export as a table, or refuse it whole; the content decides what it is, not the name."""
    return replace(table_of(data, encoding=encoding, sheet=sheet), filename=filename)


def guess_mapping(table: Table, side: Side) -> dict[str, Mapped]:
    """Propose the heading, or the headings, of each field of a side's form."""
    columns = {heading: cells for heading, cells in table.columns.items() if heading not in table.never_kept}
    return guess(columns, side)


def read_rows(
    table: Table,
    side: Side,
    mapping: Mapping[str, Mapped],
    *,
    options: Options | None = None,
    value_map: ValueMap | None = None,
    date_order: DateOrder | None = None,
    limits: Limits | None = None,
    required: frozenset[str] | None = None,
) -> Reading:
    """Read all rows by a mapping; what the file cannot say by itself is among the needs.

    `options` are the offered answers of a field, `value_map` what the codes of a heading stand for,
    `required` the fields that must be answered (the form's own when None).
    """
    plan = plan_of(
        table,
        side,
        mapping,
        options=options or {},
        value_map=value_map or {},
        date_order=date_order,
        limits=limits or Limits(),
        required=required,
    )
    rows = [row_of(number, plan) for number in range(1, len(table.rows) + 1)]
    rows = with_duplicates(rows, {name: headings[0] for name, headings in plan.headings.items()})
    mapped = {heading for headings in plan.headings.values() for heading in headings}
    ignored = tuple(heading for heading in table.headings if heading not in mapped)
    return Reading(
        rows=tuple(rows),
        needs=needs_of(plan, rows),
        date_order=plan.date_order,
        date_order_source=plan.date_order_source,
        ignored_columns=ignored,
        unknown_columns=tuple(
            heading for heading in ignored if heading not in table.never_kept and not is_of_the_tool(heading)
        ),
        never_kept=table.never_kept,
    )
