"""Bringing a store of an earlier version up to date, without losing a row.

1. A store of a version that this programme does not know is refused.
2. A store that holds something is copied first; without a good copy nothing begins.
3. Foreign keys are switched off: rebuilding a table would otherwise delete the rows that point to it.
4. One transaction runs all steps; it is kept only when every foreign key holds and no table lost a row.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select, table

from core.store import clock
from core.store.backup.copies import Kind
from core.store.backup.making import make
from core.store.errors import StoreTooNew

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine


class MigrationFailed(RuntimeError):
    """A migration would have broken a reference or lost rows; the store is as it was."""


def bring_up_to_date(engine: Engine, migrations: Path, *, backups: Path) -> None:
    """Run the missing migrations as one act.

    Raises `StoreTooNew`, what `make` says of the copy, or `MigrationFailed`, and changes nothing then.
    """
    settings = Config()
    settings.set_main_option("script_location", str(migrations))
    script = ScriptDirectory.from_config(settings)
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    if present == script.get_current_head():
        return
    if present is not None:
        if present not in {step.revision for step in script.walk_revisions()}:
            raise StoreTooNew(path=engine.url.database)
        make(Path(str(engine.url.database)), backups, kind=Kind.MIGRATION, at=clock.now())
    with engine.execution_options(write=True).connect() as connection:
        settings.attributes["connection"] = connection
        _run(connection, settings)


def _run(connection: Connection, settings: Config) -> None:
    connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # pyright: ignore[reportOptionalMemberAccess] - a connection is open
    try:
        with connection.begin():
            before = _rows(connection)
            command.upgrade(settings, "head")
            after = _rows(connection)
            lost = [table for table, rows in before.items() if table in after and after[table] < rows]
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if lost or broken:
                raise MigrationFailed(f"rows lost in {lost}, {len(broken)} broken references")
    finally:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys = ON")  # pyright: ignore[reportOptionalMemberAccess] - as above


def _rows(connection: Connection) -> dict[str, int]:
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).scalars()
    return {
        name: connection.execute(select(func.count()).select_from(table(name))).scalar_one() for name in names.all()
    }
