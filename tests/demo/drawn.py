"""People of the demo as they are drawn, and whole stores as rows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from core.demo.building import build
from core.demo.chance import lots
from core.demo.dates import Until, calendar
from core.demo.people import Register
from core.demo.population import Population, population
from core.schema import METADATA
from core.store import database
from tests.demo.phases import PUBLIC_URL
from tests.make import a_store, let_go

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
PASSING = {"sign_in", "ticket"}
RANDOM = {
    "account": {"password_hash"},
    "audit_change": {"salt", "digest"},
    "audit_entry": {"previous", "digest"},
}
"""Salts and hashes, which are others each time."""

Rows = dict[str, list[dict[str, object]]]


def people(seed: int, share: float = 1.0) -> Population:
    """Everybody of one edition."""
    return population(lots(seed), calendar(Until.MENTORING, NOW), Register(), share=share)


def built(folder: Path, until: Until, *, now: datetime = NOW, seed: int = 1, share: float = 1.0) -> Rows:
    """All rows of a demo's store, by table, without what is random."""
    a_store(folder, public_url=PUBLIC_URL)
    try:
        build(until, seed=seed, now=now, rounds=4, share=share)
        return rows_in_use()
    finally:
        let_go()


def rows_in_use() -> Rows:
    """All rows of the store in use, as above."""
    with database.reading() as session:
        connection = session.connection()
        return {
            table.name: [
                _told(table, row) for row in connection.execute(sa.select(table).order_by(table.c.id)).mappings()
            ]
            for table in METADATA.sorted_tables
            if table.name not in PASSING
        }


def _told(table: sa.Table, row: sa.RowMapping) -> dict[str, object]:
    kept = {name: value for name, value in row.items() if name not in RANDOM.get(table.name, ())}
    if kept.get("table_name") == "account":
        for image in ("before", "after"):
            kept[image] = {k: v for k, v in (kept[image] or {}).items() if k != "password_hash"}
    return kept


def of_edition(rows: Rows, number: int) -> Rows:
    """The rows of one edition: its applications, and what hangs on them."""
    mine = {row["id"] for row in rows["application"] if row["edition_id"] == number}
    ballots = {row["id"] for row in rows["ballot"] if row["mentee_id"] in mine}
    pairs = {row["id"] for row in rows["pair"] if row["mentee_id"] in mine}

    def belongs(row: dict[str, object]) -> bool:
        return (
            row.get("edition_id") == number
            or row.get("application_id") in mine
            or row.get("mentee_id") in mine
            or row.get("ballot_id") in ballots
            or row.get("pair_id") in pairs
        )

    return {table: [row for row in found if belongs(row)] for table, found in rows.items()}
