"""Form files through the importer's own objects, as plain Python values."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from core.intake.reading import guess_mapping, open_table, read_rows
from core.people.rules import Side
from core.store.errors import Refused

REASONS = {"HtmlPage": "HTML_NOT_A_REPORT"}


def read_form(
    data: bytes,
    filename: str,
    kind: str,
    options: dict | None,
    *,
    value_map: dict | None = None,
    mapping: dict | None = None,
) -> dict[str, Any]:
    side = Side(kind)
    try:
        table = open_table(data, filename)
        given = {name: tuple(it) if isinstance(it, list) else it for name, it in (mapping or {}).items()}
        chosen = given or guess_mapping(table, side)
        choices = {name: tuple(offered) for name, offered in (options or {}).items()}
        reading = read_rows(table, side, chosen, options=choices, value_map=value_map)
    except Refused as refusal:
        name = type(refusal).__name__
        reason = REASONS.get(name) or re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).upper()
        return {"outcome": "refused", "reason": reason, "needs": [], "mapping": {}, "rows": []}
    needs = [need.kind.value for need in reading.needs]
    return {
        "outcome": f"needs_{needs[0]}" if needs else "ok",
        "reason": None,
        "needs": needs,
        "mapping": {name: plain(headings) for name, headings in chosen.items()},
        "ignored_columns": list(reading.ignored_columns),
        "rows": [plain_row(row) for row in reading.rows],
    }


def plain_row(row) -> dict[str, Any]:
    return {
        "row": row.number,
        "status": row.status.value,
        "values": {name: plain(value) for name, value in row.values.items()},
        "issues": [
            {"field": problem.field, "code": f"{problem.code}_{problem.params['other']}"}
            if problem.code == "SUPERSEDED_BY_ROW"
            else {"field": problem.field, "code": problem.code.value}
            for problem in row.problems
        ],
    }


def plain(value):
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value
