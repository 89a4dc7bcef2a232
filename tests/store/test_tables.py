"""What every table promises: no orphan, no unmarked personal text, phases that point back in time."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from core import PHASES
from core.schema import METADATA
from core.store.table import Personal, Table

TABLES = list(METADATA.sorted_tables)
PHASE_OF = {
    mapper.local_table.name: mapper.class_.__module__.split(".")[1]
    for mapper in Table._sa_registry.mappers  # noqa: SLF001 - the registry is the list of all tables
}


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_nothing_that_is_pointed_to_can_be_deleted(table: sa.Table) -> None:
    assert {key.ondelete for key in table.foreign_keys} <= {"RESTRICT"}


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_column_that_can_hold_text_says_what_erasure_does_to_it(table: sa.Table) -> None:
    unmarked = [
        column.name
        for column in table.columns
        if isinstance(column.type, sa.String | sa.JSON) and not isinstance(column.type, sa.Enum)
        if not isinstance(column.info.get("personal"), Personal)
    ]
    assert unmarked == []


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_foreign_keys_point_back_in_time(table: sa.Table) -> None:
    here = PHASES.index(PHASE_OF[table.name])
    ahead = [
        key.column.table.name for key in table.foreign_keys if PHASES.index(PHASE_OF[key.column.table.name]) > here
    ]
    assert ahead == []
