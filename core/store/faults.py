"""What the machine lacks becomes a refusal; whatever else the database says stays a bug."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from core.store.errors import NoSpace, Refused, StoreBusy

if TYPE_CHECKING:
    from collections.abc import Generator

PRIMARY = 0xFF
"""The part of SQLite's extended result codes that names the kind."""
BUSY, IO_ERROR, FULL = 5, 10, 13
KINDS: dict[int, type[Refused]] = {BUSY: StoreBusy, IO_ERROR: NoSpace, FULL: NoSpace}
"""A quota, or a limit of the process, is told as an input/output error; a full disk as itself."""


@contextmanager
def refusing_faults() -> Generator[None]:
    """Raise `NoSpace` or `StoreBusy` in place of the database's own error when one of them is what it means."""
    try:
        yield
    except DBAPIError as error:
        code = getattr(error.orig, "sqlite_errorcode", 0)
        kind = KINDS.get(code & PRIMARY)
        if kind is None:
            raise
        raise kind from error
