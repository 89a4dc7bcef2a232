"""One process per store: a lock file beside it, and no store where SQLite is not safe."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

from core.store.errors import StoreInUse, UnsafePlace

SYNCHRONISED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "box sync")
NETWORK = ("nfs", "cifs", "smb", "9p", "fuse.sshfs", "afs")


class InstanceLock:
    """Held as long as the process works on the store; the system lets go of it when the process ends."""

    def __init__(self, store: Path) -> None:
        refuse_unsafe_place(store)
        self._file: IO[str] | None = store.with_suffix(".lock").open("a", encoding="utf-8")
        try:
            lock_file(self._file)
        except OSError:
            self._file.close()
            raise StoreInUse(path=store) from None

    def release(self) -> None:
        """Let another process work on the store."""
        if self._file is not None:
            self._file.close()
            self._file = None


def refuse_unsafe_place(store: Path) -> None:
    """Raise `UnsafePlace` for a folder that is synchronised or on the network."""
    place = store.resolve()
    folders = [part.lower() for part in place.parts]
    if any(folder.startswith(SYNCHRONISED) for folder in folders) or _file_system(place) in NETWORK:
        raise UnsafePlace(path=store)


def _file_system(place: Path) -> str:
    """The kind of file system below `place` where the system tells it (Linux), else nothing."""
    table = Path("/proc/mounts")
    if not table.exists():
        return ""
    mounts = [line.split(" ")[1:3] for line in table.read_text(encoding="utf-8").splitlines()]
    below = [(point, kind) for point, kind in mounts if place.is_relative_to(point)]
    return max(below, key=lambda mount: len(mount[0]), default=("", ""))[1]


def lock_file(file: IO[str]) -> None:
    """Lock an open file for this process until it is closed; raises OSError when another one holds it."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - Windows only

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - everywhere else

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
