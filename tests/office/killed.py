"""A copy, or a restore, killed before each thing that it does to a file, and looked at afterwards.

`python -m tests.office.killed SCENARIO FOLDER`: for each point a fresh process is forked over a fresh data folder and
killed there by SIGKILL. Prints one JSON line: how many points there were, and what was wrong after which.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlmodel import select

from core import schema
from core.edition.models import Edition
from core.office import copies
from core.office.restore import restore
from core.store import clock, database
from core.store.backup.copies import Kind, listing, named
from core.store.backup.files import SCRATCH
from core.store.backup.making import make
from core.store.backup.restoring import fetch
from core.store.config import Config
from tests.make import AT, a_store, an_edition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LATER = AT + timedelta(days=1)
WATCHED = ("open", "os.", "shutil.copyfile", "sqlite3.connect")
OLD, NEW = {"kept", "gone on", "in the log"}, {"kept"}
COPY = named(AT, Kind.DAILY)
RUIN = b"SQLite format 3\0" + b"ruin" * 9000


def template(folder: Path) -> None:
    """A data folder as a killed server leaves it: a copy, and a store whose last row is in the log only."""
    settings = a_store(folder).config
    an_edition(name="kept")
    make(settings.store, settings.backups, kind=Kind.DAILY, at=AT)
    an_edition(name="gone on", year=2027)
    database.use(None)

    database.use(schema.open_store(settings))
    an_edition(name="in the log", year=2028)
    left = {file: file.read_bytes() for file in folder.glob("mentoring.db*")}
    database.use(None)
    for file, content in left.items():
        file.write_bytes(content)


def copying(settings: Config) -> None:
    """Make a copy; the plan then deletes some."""
    copies.add(settings.store, settings.backups, kind=Kind.DEMAND, at=LATER)


def restoring(settings: Config, *, at: datetime = LATER) -> None:
    """Go back to the copy."""
    restore(settings, settings.backups / COPY, at=at)


def wrong_with_copies(settings: Config) -> Iterator[str]:
    """What is wrong after a copy was cut off."""
    if found(settings) != OLD:
        yield "the store has lost rows"
    look_at_good_ones(settings)
    copying(settings)
    if list(settings.backups.glob(f"{SCRATCH}*")):
        yield "something unfinished lies about"


def wrong_with_restored(settings: Config) -> Iterator[str]:
    """What is wrong after a restore was cut off."""
    if found(settings) not in (OLD, NEW):
        yield f"the store is neither the old one nor the new one: {found(settings)}"
    look_at_good_ones(settings)
    yield from wrong_when_done_again(settings)


def wrong_with_damaged(settings: Config) -> Iterator[str]:
    """What is wrong after the restore of a store that could not be read was cut off."""
    if not any(file.read_bytes() == RUIN for file in settings.data.rglob("mentoring.db")):
        yield "what there was of the store is gone"
    if settings.store.read_bytes() != RUIN and found(settings) != NEW:
        yield "the store is neither the old one nor the new one"
    yield from wrong_when_done_again(settings)


def look_at_good_ones(settings: Config) -> None:
    """Raise what is wrong with a copy that calls itself good."""
    for copy in listing(settings.backups):
        if copy.good:
            target = settings.data / "fetched.db"
            fetch(copy.file, target)
            target.unlink()


def wrong_when_done_again(settings: Config) -> Iterator[str]:
    """What is wrong when the same restore is then left to finish."""
    restoring(settings, at=LATER + timedelta(minutes=1))
    if found(settings) != NEW:
        yield "the restore does not work any more"
    if list(settings.data.rglob(f"{SCRATCH}*")):
        yield "something unfinished lies about"


def found(settings: Config) -> set[str]:
    """The editions in the store, opened as the programme does."""
    database.use(schema.open_store(settings))
    try:
        with database.reading() as session:
            return set(session.exec(select(Edition.name)))
    finally:
        database.use(None)


SCENARIOS = {
    "copy": (copying, wrong_with_copies),
    "restore": (restoring, wrong_with_restored),
    "damaged": (restoring, wrong_with_damaged),
}


def killed_at(point: int, act: Callable[[Config], None], settings: Config) -> bool:
    """Run the act in a process of its own that is killed at this point; False when it ended before."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    seen = 0

    def count(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal seen
        if event.startswith(WATCHED) and str(settings.data) in str(arguments):
            seen += 1
            if seen == point:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    act(settings)
    os._exit(0)


def sweep(scenario: str, folder: Path) -> tuple[int, list[str]]:
    """All points of a scenario: how many there are, and what was wrong after which."""
    act, wrong_with = SCENARIOS[scenario]
    template(folder / "template")
    if scenario == "damaged":
        (folder / "template" / "mentoring.db").write_bytes(RUIN)
    complaints: list[str] = []
    for point in range(1, 1000):
        settings = Config(data=folder / f"point {point}", bcrypt_rounds=4)
        shutil.copytree(folder / "template", settings.data)
        if not killed_at(point, act, settings):
            return point - 1, complaints
        complaints += [f"point {point}: {complaint}" for complaint in wrong_with(settings)]
        shutil.rmtree(settings.data)
    raise AssertionError("it does not end")


if __name__ == "__main__":
    clock.use(lambda: datetime(2026, 10, 3, tzinfo=UTC))
    print(json.dumps(sweep(sys.argv[1], Path(sys.argv[2]))))
