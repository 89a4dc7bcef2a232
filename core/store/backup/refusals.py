"""Why a copy was not made, or is not put in the store's place; nothing has changed then."""

from __future__ import annotations

from core.store.errors import Refused


class NoStore(Refused):
    """There is no store yet that could be copied."""


class CopyUnderWay(Refused):
    """Another copy is being made at this moment."""


class NoRoom(Refused):
    """The disk would be filled up by the copy."""


class NotWritten(Refused):
    """The disk is full or broken, or the folder cannot be written to."""


class StoreUnreadable(Refused):
    """The store itself cannot be read through."""


class CopyNotGood(Refused):
    """The copy, restored, is not what the store holds, or is not sound."""


class NoSuchCopy(Refused):
    """There is no file of this name."""


class DigestMissing(Refused):
    """The copy's SHA-256 does not lie beside it."""


class DigestDiffers(Refused):
    """The file is not the one that its SHA-256 was written for."""


class CopyDamaged(Refused):
    """The file is no SQLite store, or one that does not hold together."""


class ForeignCopy(Refused):
    """The file is a store of another programme."""
