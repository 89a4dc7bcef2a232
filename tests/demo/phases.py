"""The demo's stores, one for each phase: built once, whoever asks first, and copied for each test."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from core.demo import folder
from core.demo.building import build
from core.demo.dates import Until
from core.schema import open_store
from core.store import clock, database
from core.store.config import Config
from tests.make import let_go

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from core.demo.team import Access

LAST_YEAR, THIS_YEAR = 1, 2
"""The editions' numbers in the store."""
SMALL = 0.2
"""So many of the usual people; nothing but their number is another, and building takes a fifth of the time."""
TODAY = {
    Until.INTAKE: date(2028, 2, 29),
    Until.SELECTION: date(2027, 1, 1),
    Until.TRAINING: date(2026, 12, 31),
    Until.SPEEDDATE: date(2026, 8, 15),
    Until.MATCHING: date(2028, 2, 29),
    Until.MENTORING: date(2026, 8, 15),
    Until.END: date(2027, 1, 1),
}
"""Days that calendars stumble over."""
PUBLIC_URL = "http://127.0.0.1:8501"
"""Where the links in the demo's letters lead."""
PATIENCE = 300
"""Seconds until another process must have built the store."""


@dataclass(frozen=True, slots=True)
class Demo:
    """A store of a phase: where it lies, the moment it is of, and who can sign in."""

    folder: Path
    now: datetime
    accesses: tuple[Access, ...]

    def access(self, who: str) -> Access:
        """The account of this name, such as "coordinator"."""
        return next(one for one in self.accesses if one.mail.startswith(f"{who}@"))

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Work on this store, at its moment."""
        clock.use(lambda: self.now)
        database.use(open_store(Config(data=self.folder, bcrypt_rounds=4, public_url=PUBLIC_URL)))
        try:
            yield
        finally:
            let_go()


def noon(until: Until) -> datetime:
    """The moment of this phase's store."""
    return datetime.combine(TODAY[until], time(12), tzinfo=UTC)


def demo(places: pytest.TempPathFactory, until: Until) -> Demo:
    """A copy of this phase's store in a folder of its own."""
    base = places.getbasetemp()
    # Workers have a base of their own below that of the whole run, where they find what another one has built.
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    model, mine = shared / f"demo-{until}", places.mktemp(until) / "data"
    with _alone(shared / f"demo-{until}.lock"):
        if not _whole(model):
            _build(model, until)
    shutil.copytree(model, mine)
    told = folder.read(mine)
    return Demo(mine, noon(until), told.accesses if told else ())


def _whole(model: Path) -> bool:
    told = folder.read(model)
    return told is not None and told.whole


def _build(place: Path, until: Until) -> None:
    shutil.rmtree(place, ignore_errors=True)  # of a worker that was ended
    place.mkdir()
    now = noon(until)
    with Demo(place, now, ()).in_use():
        accesses = build(until, seed=1, now=now, rounds=4, share=SMALL)
    folder.write(place, folder.Stamp(until, 1, now.date().isoformat(), whole=True, accesses=accesses))


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Nobody else is in here meanwhile, in whichever process; SQLite waits on every system."""
    with closing(sqlite3.connect(lock, timeout=PATIENCE, isolation_level=None)) as held:
        held.execute("BEGIN EXCLUSIVE")
        yield
