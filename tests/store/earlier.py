"""A store of any earlier version with rows in every table, made up from nothing but that version's own schema."""

from __future__ import annotations

import random
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from core.schema import MIGRATIONS
from core.store.database import make_engine

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Connection

Rows = dict[str, list[dict[str, Any]]]

SCRIPT = ScriptDirectory(str(MIGRATIONS))
HEAD = SCRIPT.get_current_head()
REVISIONS = [step.revision for step in reversed(list(SCRIPT.walk_revisions()))]
ROWS, TRIES = 3, 2000
INVENTED: list[tuple[type[sa.types.TypeEngine[Any]], list[Any]]] = [
    (sa.Boolean, [True, False]),
    (sa.Integer, [1, 2, 3, 17]),
    (sa.Float, [1.5, 27.25]),
    (sa.DateTime, [datetime(2025, 10, 26, 0, 30), datetime(2026, 3, 1, 8, 0, 0, 123456)]),  # noqa: DTZ001 - as SQLite keeps it
    (sa.Date, [date(2024, 2, 29)]),
    (sa.JSON, [{"a": [1, None, "è"]}, []]),
    (sa.String, ["Łukasz D'Arc", "riga\nriga", "𝓝", " "]),
]


def a_store_of(revision: str, file: Path) -> Rows:
    """Make the store and return its rows."""
    engine = make_engine(file)
    with engine.execution_options(write=True).connect() as connection, connection.begin():
        settings = Config()
        settings.set_main_option("script_location", str(MIGRATIONS))
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)
        _fill(connection)
        rows = rows_of(connection)
    engine.dispose()
    return rows


def rows_of(connection: Connection) -> Rows:
    """All rows of all tables as SQLite keeps them."""
    names = [name for name in sa.inspect(connection).get_table_names() if name != "alembic_version"]
    return {
        name: [dict(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY rowid").mappings()]
        for name in names
    }


def _fill(connection: Connection) -> None:
    metadata = sa.MetaData()
    metadata.reflect(connection)
    chance = random.Random(1)  # noqa: S311 - the same rows each time
    for table in metadata.sorted_tables:
        if table.name != "alembic_version":
            for _ in range(ROWS):
                _insert(connection, table, chance)


def _insert(connection: Connection, table: sa.Table, chance: random.Random) -> None:
    """Try invented rows until one keeps to all CHECKs and unique columns."""
    checks = [str(check["sqltext"]) for check in sa.inspect(connection).get_check_constraints(table.name)]
    pools = {column.name: _pool(connection, column, checks) for column in table.columns if not column.primary_key}
    for attempt in range(TRIES):
        row = {name: chance.choice(values) for name, values in pools.items()}
        row |= {name: f"{value} {attempt}" for name, value in row.items() if value == "riga\nriga"}
        try:
            with connection.begin_nested():
                connection.execute(table.insert().values(row))
        except sa.exc.IntegrityError:
            continue
        return
    raise AssertionError(f"no row of {table.name} found that its CHECKs allow: {checks}")


def _pool(connection: Connection, column: sa.Column[Any], checks: list[str]) -> list[Any]:
    empty = [None] if column.nullable else []
    if column.foreign_keys:
        (key,) = column.foreign_keys
        return [*empty, *connection.execute(sa.select(key.column)).scalars()] or [None]
    ours = [check for check in checks if re.search(rf"\b{column.name}\b", check)]
    words = [word for check in ours for word in re.findall(r"'(\w[^']*)'", check)]
    numbers = [int(number) for check in ours for number in re.findall(r"\b\d+\b", check)]
    usual = next(values for kind, values in INVENTED if isinstance(column.type, kind))
    if isinstance(column.type, sa.String):
        return [*empty, *(words or usual), *("f" * number for number in numbers)]
    if isinstance(column.type, sa.Integer | sa.Float):
        return [*empty, *usual, *numbers]
    return [*empty, *usual]
