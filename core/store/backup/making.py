"""Making a copy: one state of the store in one file, restored and compared before it gets its name.

SQLite copies from the very transaction in which the tables are hashed, so that copy and hashes are of the same
state, however much is written meanwhile by this process or another one.
"""

from __future__ import annotations

import shutil
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from core.store.backup import contents
from core.store.backup.copies import Copy, Kind, digest_of, named
from core.store.backup.files import move, private, scratch, sha256, told_when_not_written
from core.store.backup.refusals import CopyNotGood, CopyUnderWay, NoRoom, NoStore, NotWritten, StoreUnreadable
from core.store.database import driver
from core.store.instance import lock_file

if TYPE_CHECKING:
    from collections.abc import Generator
    from datetime import datetime
    from pathlib import Path

SPARE = 50_000_000
"""Bytes that stay free on the disk: the store itself must be able to go on."""


def make(store: Path, folder: Path, *, kind: Kind, at: datetime) -> Copy:
    """A good copy of `store` in `folder`.

    Raises `NoStore`, `CopyUnderWay`, `NoRoom`, `NotWritten`, `StoreUnreadable` or `CopyNotGood`, and adds nothing then.
    """
    if not store.exists():
        raise NoStore(path=store)
    with told_when_not_written(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _one_at_a_time(folder), scratch(folder) as workshop:
            _refuse_no_room(store, folder)
            taken = private(workshop / "taken.db")
            held = _take(store, taken)
            digest = sha256(taken)
            _compare(taken, workshop / "restored.db", held)
            while (file := folder / named(at, kind)).exists():
                at += timedelta(seconds=1)
            written = private(workshop / "digest")
            written.write_text(f"{digest}  {file.name}\n", encoding="ascii")
            move(taken, file)
            move(written, digest_of(file))
    return Copy(file, kind, at, file.stat().st_size, good=True)


@contextmanager
def _one_at_a_time(folder: Path) -> Generator[None]:
    with (folder / "making.lock").open("a", encoding="ascii") as file:
        try:
            lock_file(file)
        except OSError:
            raise CopyUnderWay from None
        yield


def _refuse_no_room(store: Path, folder: Path) -> None:
    size = sum(file.stat().st_size for file in store.parent.glob(f"{store.name}*") if file.is_file())
    if shutil.disk_usage(folder).free < 2 * size + SPARE:
        raise NoRoom(megabytes=(2 * size + SPARE) / 1e6, folder=folder)


def _take(store: Path, target: Path) -> dict[str, str]:
    """Write one state of the store into one file; returns its digests."""
    with closing(contents.read_only(store)) as source, closing(driver().connect(str(target))) as written:
        try:
            source.execute("BEGIN")
            held = contents.digests(source)
        except driver().OperationalError:  # the disk, not the store
            raise
        except driver().DatabaseError as error:
            raise StoreUnreadable(path=store) from error
        try:
            source.backup(written)
        except driver().OperationalError as error:  # the pinned driver does not say which; all has been read above
            raise NotWritten(folder=target.parent.parent) from error
        written.execute("PRAGMA journal_mode = DELETE")  # the store's own mode came with its pages
    return held


def _compare(taken: Path, restored: Path, held: dict[str, str]) -> None:
    """Restore the copy as a store and raise `CopyNotGood` unless it is sound and holds the same."""
    shutil.copyfile(taken, private(restored))
    with contents.opened_as_store(restored) as store:
        if store is None or contents.digests(store) != held:
            raise CopyNotGood
