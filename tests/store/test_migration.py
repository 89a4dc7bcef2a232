"""A store of any earlier version arrives with its data, or stays as it was."""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from core import schema
from core.store.backup.copies import Kind, listing
from core.store.backup.refusals import CopyNotGood
from core.store.config import Config
from core.store.database import driver, make_engine
from core.store.errors import StoreTooNew
from core.store.migration import MigrationFailed, bring_up_to_date

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Engine

STEP = '''"""A step of the test."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {before!r}


def upgrade():
    {body}
'''
FIRST = """op.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL)")
    op.execute("CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parent ON DELETE CASCADE)")"""


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    shutil.copy(schema.MIGRATIONS / "env.py", folder)
    write(folder, "a", None, FIRST)
    return folder


@pytest.fixture
def engine(tmp_path: Path, migrations: Path) -> Engine:
    """A store of version a with two parents and two children."""
    made = make_engine(tmp_path / "store.db")
    bring_up_to_date(made, migrations, backups=tmp_path / "backups")
    with made.execution_options(write=True).begin() as connection:
        connection.exec_driver_sql("INSERT INTO parent VALUES (1, 'Anna'), (2, 'Zoë')")
        connection.exec_driver_sql("INSERT INTO child VALUES (1, 1), (2, 2)")
    return made


def write(folder: Path, revision: str, before: str | None, body: str) -> None:
    text = STEP.format(revision=revision, before=before, body=body)
    (folder / "versions" / f"{revision}.py").write_text(text, encoding="utf-8")


def rows(engine: Engine, table: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table}")]


def tables(engine: Engine) -> dict[str, set[str]]:
    """Each table and index with its columns and constraints as the database keeps them, in any order."""
    with engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").all()
    return {
        name: {" ".join(part.replace('"', "").split()).strip(" ,()") for part in sql.partition("(")[2].split("\n")}
        for name, sql in kept
        if name != "alembic_version"
    }


def test_the_migrated_store_is_the_one_that_the_models_describe(tmp_path: Path) -> None:
    migrated = schema.open_store(Config(data=tmp_path))
    described = make_engine(tmp_path / "described.db")
    with described.execution_options(write=True).begin() as connection:
        schema.METADATA.create_all(connection)
    assert tables(migrated.engine) == tables(described)
    assert len(tables(described)) > 20
    migrated.close()
    described.dispose()


def test_a_rebuilt_table_keeps_the_rows_that_point_to_it(tmp_path: Path, migrations: Path, engine: Engine) -> None:
    rebuild = """with op.batch_alter_table("parent", recreate="always") as table:
        table.add_column(sa.Column("mail", sa.String()))"""
    write(migrations, "b", "a", rebuild)
    bring_up_to_date(engine, migrations, backups=tmp_path / "backups")
    assert rows(engine, "parent") == [(1, "Anna", None), (2, "Zoë", None)]
    assert rows(engine, "child") == [(1, 1), (2, 2)]

    (copy,) = listing(tmp_path / "backups")
    assert (copy.kind, copy.good) == (Kind.MIGRATION, True)
    assert rows(make_engine(copy.file), "parent") == [(1, "Anna"), (2, "Zoë")]
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


@pytest.mark.parametrize(
    "body",
    [
        'op.execute("DELETE FROM child")',
        'op.execute("UPDATE child SET parent_id = 99")',
        'op.execute("UPDATE parent SET name = upper(name)"); raise RuntimeError("half way")',
    ],
    ids=["rows lost", "reference broken", "fails half way"],
)
def test_a_migration_that_would_harm_leaves_the_store_as_it_was(
    tmp_path: Path, migrations: Path, engine: Engine, body: str
) -> None:
    write(migrations, "b", "a", body)
    with pytest.raises((MigrationFailed, RuntimeError)):
        bring_up_to_date(engine, migrations, backups=tmp_path / "backups")
    assert rows(engine, "parent") == [(1, "Anna"), (2, "Zoë")]
    assert rows(engine, "child") == [(1, 1), (2, 2)]
    assert rows(engine, "alembic_version") == [("a",)]


def test_a_store_of_a_newer_version_is_refused_and_untouched(tmp_path: Path) -> None:
    store = schema.open_store(Config(data=tmp_path))
    with store.engine.execution_options(write=True).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = 'from the future'"))
    store.close()
    with pytest.raises(StoreTooNew):
        schema.open_store(Config(data=tmp_path))
    with pytest.raises(StoreTooNew):  # and the lock was let go of
        schema.open_store(Config(data=tmp_path))


def test_without_a_good_copy_no_migration_begins(tmp_path: Path, migrations: Path, engine: Engine) -> None:
    with closing(driver().connect(str(tmp_path / "store.db"), isolation_level=None)) as careless:
        careless.execute("UPDATE child SET parent_id = 99")
    write(migrations, "b", "a", 'op.execute("DELETE FROM child")')
    with pytest.raises(CopyNotGood):
        bring_up_to_date(engine, migrations, backups=tmp_path / "backups")
    assert rows(engine, "alembic_version") == [("a",)]
    assert listing(tmp_path / "backups") == []
