"""The two doors to the store: `reading()` and `writing()`.

A write is one IMMEDIATE transaction with one audit entry; a read cannot write. Readers are never
blocked (WAL), an acknowledged write survives a power cut (synchronous=FULL).
"""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlmodel import Session, create_engine

from core.store import audit, remembered
from core.store.errors import StoreClosing
from core.store.faults import refusing_faults
from core.store.instance import InstanceLock
from core.store.turns import Turns

if TYPE_CHECKING:
    import types
    from collections.abc import Callable, Generator, Sequence
    from contextlib import AbstractContextManager

    from sqlalchemy.engine import Connection, Engine

    from core.store.config import Config

PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA busy_timeout = 5000",
)
PRIVATE = 0o600
"""The store is its owner's alone to read."""
SECONDS_TO_FINISH = 15
"""How long closing waits for the act under way: less than `start.py` waits for the server."""
FIRST_SAFE_SQLITE = (3, 51, 3)


class NestedWriting(RuntimeError):
    """`writing()` inside `writing()`: a bug, the inner act would not be one transaction."""


class Store:
    """One SQLite file with its engine and its one writer at a time."""

    def __init__(self, config: Config, checks: Sequence[Callable[[Session], None]] = ()) -> None:
        """Each of the `checks` looks at every act before it is kept, and may refuse it."""
        self.config = config
        self._checks = checks
        path = config.store
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.lock = InstanceLock(path)
        path.touch(mode=PRIVATE)
        path.chmod(PRIVATE)  # SQLite gives what it keeps beside the file the same rights
        self.engine = make_engine(path)
        self._writers = self.engine.execution_options(write=True)
        self._turns = Turns()
        self._inside = threading.local()

    @contextmanager
    def reading(self) -> Generator[Session]:
        """A session that sees one state of the store and cannot write."""
        with Session(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Generator[Session]:
        """A session whose changes are kept together, with one audit entry, or not at all.

        Raises `StoreClosing`, `NoSpace` and `StoreBusy` besides what the act itself raises.
        """
        if getattr(self._inside, "act", False):
            raise NestedWriting
        with self._turns.taken(), refusing_faults():
            self._inside.act = True
            try:
                with Session(self._writers, expire_on_commit=False) as session:
                    audit.listen(session)
                    yield session
                    for check in self._checks:
                        check(session)
                    audit.seal(session)
                    session.commit()
            finally:
                self._inside.act = False

    def close(self) -> None:
        """Finish the act under way, begin no other, and let go of the file.

        An act that takes too long keeps the file; the system lets go of it, and of the act, when the process ends.
        """
        finished = self._turns.close(SECONDS_TO_FINISH)
        self.engine.dispose()
        if finished:
            self.lock.release()


def make_engine(path: Path) -> Engine:
    """An engine whose transactions are real ones, on a SQLite that is safe to share."""
    engine = create_engine(
        f"sqlite:///{path}",
        module=driver(),
        hide_parameters=True,
        pool_size=20,
        max_overflow=20,
        connect_args={"isolation_level": None, "check_same_thread": False},
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def driver() -> types.ModuleType:
    """The SQLite module: the pinned wheel, or the standard one with a warning when it has the WAL-reset bug."""
    try:
        from pysqlite3 import dbapi2  # noqa: PLC0415 # pyright: ignore - exists only where a wheel does, without types
    except ImportError:
        import sqlite3 as dbapi2  # noqa: PLC0415 - the fallback

        if dbapi2.sqlite_version_info < FIRST_SAFE_SQLITE:
            logging.getLogger(__name__).warning(
                "SQLite %s can lose a checkpoint under load; keep daily backups", dbapi2.sqlite_version
            )
    return dbapi2


def _on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own type, known at run time only
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _on_begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if write else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def file_of(session: Session) -> Path:
    """The file of the store that this session reads."""
    return Path(str(session.get_bind().engine.url.database))


_open: dict[str, Store] = {}


def use(store: Store | None) -> None:
    """Make `store` the one that `reading()` and `writing()` open; None closes the present one."""
    before = _open.get("store")
    if before is not None and before is not store:
        before.close()
        del _open["store"]
        remembered.memory.clear()
    if store is not None:
        _open["store"] = store


def current() -> Store:
    """The store in use; raises `StoreClosing` when there is none any more."""
    store = _open.get("store")
    if store is None:
        raise StoreClosing
    return store


def reading() -> AbstractContextManager[Session]:
    """A session of the store in use that cannot write."""
    return current().reading()


def writing() -> AbstractContextManager[Session]:
    """A session of the store in use for one act."""
    return current().writing()
