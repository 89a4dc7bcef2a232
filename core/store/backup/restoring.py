"""The way back: a copy is checked and prepared aside, then takes the store's place in one step.

Killed at any point, the store is the old one or the new one, whole. `InstanceLock` is held meanwhile.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from core.store.backup import contents
from core.store.backup.copies import digest_of
from core.store.backup.files import move, private, settle, sha256
from core.store.backup.refusals import (
    CopyDamaged,
    DigestDiffers,
    DigestMissing,
    ForeignCopy,
    NoSuchCopy,
)
from core.store.database import driver
from core.store.errors import StoreInUse

if TYPE_CHECKING:
    from pathlib import Path
    from sqlite3 import Connection

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a store that is open, or was when its process was killed."""
OURS = {"alembic_version", "audit_entry"}


def fetch(file: Path, target: Path) -> None:
    """Bring a copy to `target` when it is a good one and ours, of whatever version.

    Raises `NoSuchCopy`, `DigestMissing`, `DigestDiffers`, `CopyDamaged` or `ForeignCopy`; the copy stays as it is.
    """
    if not file.is_file():
        raise NoSuchCopy(file=file)
    if not digest_of(file).is_file():
        raise DigestMissing(file=file)
    shutil.copyfile(file, private(target))
    said = digest_of(file).read_text(encoding="ascii", errors="replace").split()
    if said[:1] != [sha256(target)]:
        raise DigestDiffers(file=file)
    with contents.opened_as_store(target) as store:
        if store is None:
            raise CopyDamaged(file=file)
        if not _ours(store):
            raise ForeignCopy(file=file)


def fold(store: Path) -> None:
    """Bring what lies beside the store into its file; raises `StoreInUse` when others read it."""
    with closing(driver().connect(str(store), isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA busy_timeout = 2000")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA journal_mode = DELETE")
        except driver().OperationalError as error:
            if error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise StoreInUse(path=store) from None
            raise


def put_in_place(prepared: Path, store: Path) -> None:
    """Make a prepared store of one file the store; raises `StoreInUse` when somebody still reads the present one."""
    if store.exists():
        fold(store)
    _replace(prepared, store)


def put_in_place_of_damaged(prepared: Path, store: Path, *, kept: Path, aside: Path) -> None:
    """The same when the present store cannot be read: the folder `kept` with its files becomes `aside`."""
    with suppress(driver().DatabaseError):
        fold(store)
    kept.rename(aside)
    settle(aside.parent)
    _replace(prepared, store)


def keep(store: Path, folder: Path) -> None:
    """Second names, in a new folder, for all that there is of a store: SQLite clears away what it cannot read."""
    folder.mkdir(mode=0o700)
    for file in (store, *_beside(store)):
        if file.exists():
            _name_again(file, folder / file.name)
    settle(folder)


def _replace(prepared: Path, store: Path) -> None:
    for file in _beside(store):  # SQLite would play them back into the new file
        file.unlink(missing_ok=True)
    move(prepared, store)


def _beside(store: Path) -> list[Path]:
    return [store.with_name(store.name + ending) for ending in BESIDE]


def _name_again(file: Path, target: Path) -> None:
    try:
        os.link(file, target)
    except OSError:  # not every disk knows second names
        shutil.copyfile(file, private(target))
        settle(target)


def _ours(store: Connection) -> bool:
    tables = {name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return tables >= OURS and len(store.execute("SELECT version_num FROM alembic_version").fetchall()) == 1
