"""A store of every earlier version arrives with all its rows, column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core import schema
from core.store.backup.copies import Kind, listing
from core.store.config import Config
from tests.store.earlier import HEAD, REVISIONS, Rows, a_store_of, rows_of

if TYPE_CHECKING:
    from pathlib import Path


def lost(before: Rows, after: Rows) -> list[str]:
    """The tables and columns in which a row is no longer what it was."""
    found = [f"{table}: {len(rows)} rows" for table, rows in before.items() if len(after[table]) != len(rows)]
    for table, rows in before.items():
        for was, is_now in zip(rows, after[table], strict=False):
            found += [f"{table}.{column}" for column, value in was.items() if is_now.get(column, "gone") != value]
    return found


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_store_of_an_earlier_version_arrives_with_its_data(revision: str, tmp_path: Path) -> None:
    settings = Config(data=tmp_path)
    before = a_store_of(revision, settings.store)
    assert min(len(rows) for rows in before.values()) == 3

    store = schema.open_store(settings)
    with store.engine.connect() as connection:
        after = rows_of(connection)
        version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
    store.close()

    assert version == [HEAD]
    assert lost(before, after) == []
    copies = [(copy.kind, copy.good) for copy in listing(settings.backups)]
    assert copies == ([] if revision == HEAD else [(Kind.MIGRATION, True)])


def test_the_comparison_finds_what_is_lost() -> None:
    before: Rows = {"person": [{"id": 1, "name": "Anna"}, {"id": 2, "name": "Zoë"}]}
    assert lost(before, {"person": [{"id": 1, "name": "Anna"}]}) == ["person: 2 rows"]
    assert lost(before, {"person": [{"id": 1, "name": "Anna"}, {"id": 2, "name": None}]}) == ["person.name"]
    assert lost(before, {"person": [{"id": 1, "name": "Anna"}, {"id": 2}]}) == ["person.name"]
