"""The folder of the demo's store: what was built there, and making room for another one."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from core.demo.team import Access  # noqa: TC001 - the stamp's fields are read when the programme runs
from core.store.config import Config
from core.store.database import PRIVATE
from core.store.errors import Refused
from core.store.instance import InstanceLock

if TYPE_CHECKING:
    from pathlib import Path


STAMP = "demo.json"


class NotADemo(Refused):
    """The folder is the real store's, or holds one that was not built here."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a store was built for, and who can sign in; `whole` once it is finished."""

    until: str
    seed: int
    day: str
    whole: bool = False
    accesses: tuple[Access, ...] = ()

    def same(self, other: Stamp) -> bool:
        """Whether both stand for the same content."""
        return (self.until, self.seed, self.day) == (other.until, other.seed, other.day)


def read(folder: Path) -> Stamp | None:
    """What was built in this folder; None when nothing was, or it is damaged."""
    try:
        return TypeAdapter(Stamp).validate_json((folder / STAMP).read_bytes())
    except (OSError, ValueError):
        return None


def write(folder: Path, stamp: Stamp) -> None:
    """Keep what was built; it holds passwords, so only its owner may read it."""
    file = folder / STAMP
    file.touch(mode=PRIVATE)
    file.chmod(PRIVATE)
    file.write_text(json.dumps(asdict(stamp), ensure_ascii=False, indent=1), encoding="utf-8")


def make_room(config: Config, stamp: Stamp) -> None:
    """Take an earlier demo away, and mark the folder as a demo's before anything is built in it.

    Raises `NotADemo` for the usual folder and for a store without a mark, `StoreInUse` while a server works on it,
    and `UnsafePlace`.
    """
    store = config.store
    usual = config.data.resolve() == Config().data.resolve()
    if usual or (store.exists() and not (config.data / STAMP).exists()):
        raise NotADemo(path=store.parent)
    config.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = InstanceLock(store)
    try:
        write(config.data, stamp)
        for ending in ("", "-wal", "-shm"):
            store.with_name(store.name + ending).unlink(missing_ok=True)
    finally:
        lock.release()
