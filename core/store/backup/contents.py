"""What a SQLite file holds: whether it is sound, and a SHA-256 of each table to compare two files by."""

from __future__ import annotations

import hashlib
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from core.store.database import PRAGMAS, driver

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from pathlib import Path

    # The pinned driver has no types of its own; it is the standard one's twin.
    from sqlite3 import Connection

ROWS_AT_ONCE = 500
SCHEMA = "the schema"


def read_only(file: Path) -> Connection:
    """A connection to a file that exists; it changes no row."""
    connection = driver().connect(f"{file.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)
    connection.text_factory = _text
    connection.execute("PRAGMA busy_timeout = 5000")
    connection.execute("PRAGMA query_only = ON")
    return connection


@contextmanager
def opened_as_store(file: Path) -> Generator[Connection | None]:
    """A connection with the programme's own settings; None when the file is no store that holds together."""
    with closing(driver().connect(str(file), isolation_level=None)) as connection:
        connection.text_factory = _text
        whole = _sound(connection)
        for pragma in PRAGMAS if whole else ():
            connection.execute(pragma)
        yield connection if whole else None


def digests(connection: Connection) -> dict[str, str]:
    """A SHA-256 of the schema and of each table's rows in the order of their keys.

    They are of one state when the connection is in a transaction.
    """
    schema = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")
    found = {SCHEMA: _digest(schema)}
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    for (table,) in tables:
        rows = f"SELECT * FROM {_quoted(table)} ORDER BY {', '.join(_key(connection, table))}"  # noqa: S608 - quoted names of the file itself
        found[table] = _digest(connection.execute(rows))
    return found


def shape(connection: Connection) -> set[tuple[str, str]]:
    """The kinds and names of all that the file holds: tables, indexes, and what else could be hidden in it."""
    return set(connection.execute("SELECT type, name FROM sqlite_master").fetchall())


def _sound(connection: Connection) -> bool:
    """Whether all pages, indexes and CHECKs hold together and every reference finds its row."""
    try:
        whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return whole and not connection.execute("PRAGMA foreign_key_check").fetchall()
    except driver().OperationalError:  # the disk, not the file
        raise
    except driver().DatabaseError:
        return False


def _key(connection: Connection, table: str) -> list[str]:
    columns = connection.execute(f"PRAGMA table_info({_quoted(table)})").fetchall()
    key = sorted((column[5], _quoted(column[1])) for column in columns if column[5])
    return [name for _, name in key] or ["rowid"]


def _digest(rows: Any) -> str:  # noqa: ANN401 - a cursor of either driver
    digest = hashlib.sha256()
    while some := rows.fetchmany(ROWS_AT_ONCE):
        digest.update(_written(some))
    return digest.hexdigest()


def _written(rows: Iterable[object]) -> bytes:
    """Unambiguous bytes of some rows; a character that is not one stays what it is."""
    return repr(list(rows)).encode("utf-8", "backslashreplace")


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
