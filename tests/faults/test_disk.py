"""A disk that is full, a store that another programme holds: a refusal in words, and nothing is lost."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import select

import start
from core import schema
from core.edition.models import Edition
from core.store import database
from core.store.config import Config
from core.store.errors import NoSpace, StoreBusy
from tests.faults.whole import require_whole
from tests.make import a_store, an_edition, let_go, writing

if TYPE_CHECKING:
    from pathlib import Path

LONG = "x" * 200_000
"""More than what is left of a page."""
FILLING = """
import resource, signal, sys
from pathlib import Path
from sqlmodel import select
from core.edition.models import Edition
from core.store import database
from core.store.errors import NoSpace
from tests.make import a_store, an_edition

def names():
    with database.reading() as session:
        return len(session.exec(select(Edition)).all())

store = a_store(Path(sys.argv[1]))
free = resource.getrlimit(resource.RLIMIT_FSIZE)
log = store.config.store.with_name("mentoring.db-wal")
resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size + 300_000, free[1]))
kept = 0
try:
    while True:
        an_edition(name=f"edition {kept}")
        kept += 1
except NoSpace:
    assert names() == kept
resource.setrlimit(resource.RLIMIT_FSIZE, free)
an_edition(name="again")
print(kept + 1, names())
"""


def told(store: database.Store, pragma: str) -> None:
    """Open all connections of this store anew, with this pragma."""
    store.engine.dispose()
    event.listen(store.engine, "connect", lambda driver, _: driver.execute(f"PRAGMA {pragma}"))


def kept() -> list[str]:
    with database.reading() as session:
        return list(session.exec(select(Edition.name).order_by(Edition.name)).all())


def test_a_full_file_refuses_the_act_and_keeps_all_that_was_kept(store: database.Store) -> None:
    an_edition(name="before")
    told(store, "max_page_count = 1")  # SQLite takes the present size for the least
    with pytest.raises(NoSpace), writing() as session:
        session.add(Edition(name=LONG, year=2026))
    assert kept() == ["before"]
    told(store, "max_page_count = 1000000")
    an_edition(name="then")
    assert require_whole()[0] == ["edition.create"] * 2
    assert kept() == ["before", "then"]


def test_a_full_disk_at_the_commit_refuses_the_act(store: database.Store) -> None:
    an_edition(name="before")
    told(store, "max_page_count = 1")
    for number in range(1000):
        try:
            an_edition(name=f"edition {number}")
        except NoSpace:
            break
    assert len(kept()) == 1 + number
    assert len(require_whole()[0]) == 1 + number


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process as POSIX has them")
def test_a_process_at_its_limit_goes_on_reading_and_writes_again_when_there_is_space(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", FILLING, str(tmp_path)], cwd=start.ROOT, capture_output=True, text=True, check=True
    )
    counted, seen = map(int, ran.stdout.split())
    assert counted == seen > 2
    a_store(tmp_path)
    try:
        assert len(require_whole()[0]) == len(kept()) == counted
    finally:
        let_go()


def test_a_start_on_a_full_disk_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PRAGMAS", (*database.PRAGMAS, "PRAGMA max_page_count = 3"))
    with pytest.raises(NoSpace):
        schema.open_store(Config(data=tmp_path))
    monkeypatch.undo()
    schema.open_store(Config(data=tmp_path)).close()


def test_a_store_that_another_programme_holds_is_busy_and_then_free_again(store: database.Store) -> None:
    told(store, "busy_timeout = 20")
    other = database.make_engine(store.config.store)
    with other.execution_options(write=True).begin():
        with pytest.raises(StoreBusy):
            an_edition()
        assert kept() == []
    other.dispose()
    an_edition(name="then")
    assert kept() == ["then"]


def test_what_is_no_fault_of_the_machine_stays_a_bug(store: database.Store) -> None:
    with pytest.raises(sa.exc.OperationalError, match="no such table"), writing() as session:
        session.connection().exec_driver_sql("SELECT * FROM missing")
