"""Files that hold everybody's data: readable by their owner only, on the disk before they get their name."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from core.store.backup.refusals import NotWritten
from core.store.database import driver

if TYPE_CHECKING:
    from collections.abc import Generator

SCRATCH = "unfinished-"
OF_THE_DISK = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")


@contextmanager
def scratch(folder: Path) -> Generator[Path]:
    """A folder inside `folder` for what is not finished; what an earlier run was killed over is cleared away.

    To be called by one process at a time.
    """
    for left in folder.glob(f"{SCRATCH}*"):
        shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=folder) as made:
        yield Path(made)


@contextmanager
def told_when_not_written(folder: Path) -> Generator[None]:
    """Raise `NotWritten` for what the disk or the database says while something is written to `folder`."""
    try:
        yield
    except OSError as error:
        raise NotWritten(folder=folder) from error
    except (driver().Error, DBAPIError) as error:
        said = error.orig if isinstance(error, DBAPIError) else error
        if str(getattr(said, "sqlite_errorname", "")).startswith(OF_THE_DISK):
            raise NotWritten(folder=folder) from error
        raise


def private(file: Path) -> Path:
    """An empty new file that only its owner can read."""
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return file


def settle(path: Path) -> None:
    """Wait until a file's content, or a folder's names, are on the disk."""
    if os.name == "nt" and path.is_dir():  # Windows keeps a folder's names by itself
        return
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def move(file: Path, target: Path) -> None:
    """Give a finished file its name, in place of what had it before."""
    settle(file)
    file.replace(target)
    settle(target.parent)


def sha256(file: Path) -> str:
    """The SHA-256 of a file's content."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
