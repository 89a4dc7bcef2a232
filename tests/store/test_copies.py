"""A copy is one state of the store, restored and compared before it counts; the plan keeps the right ones."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.store.backup.copies import DAYS, OTHERS, WEEKS, Copy, Kind, digest_of, keep_to_plan, listing, named, surplus
from core.store.backup.making import make
from core.store.backup.refusals import CopyNotGood, CopyUnderWay, NoRoom, NoStore, NotWritten, StoreUnreadable
from core.store.clock import ROME
from core.store.database import driver, make_engine
from core.store.instance import lock_file
from tests.store.earlier import HEAD, a_store_of, rows_of

if TYPE_CHECKING:
    from collections.abc import Generator

AT = datetime(2026, 10, 1, 1, 0, tzinfo=UTC)
# As a process of its own: it writes without end, each act raising one number in two tables.
WRITER = """
import sys
from core.store.database import driver
store = driver().connect(sys.argv[1], isolation_level=None)
store.execute("PRAGMA busy_timeout = 60000")
said = False
while True:
    store.execute("BEGIN IMMEDIATE")
    store.execute("UPDATE one SET n = n + 1")
    store.execute("INSERT INTO two (n) SELECT n FROM one")
    store.execute("COMMIT")
    said = said or not print("begun", flush=True)
"""
# Files cannot grow beyond the given number of bytes, as on a disk that is full.
FULL_DISK = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from core.store.backup.copies import Kind
from core.store.backup.making import make
from core.store.backup.refusals import NotWritten
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), -1))
try:
    make(Path(sys.argv[1]), Path(sys.argv[2]), kind=Kind.DEMAND, at=datetime(2026, 10, 1, tzinfo=UTC))
except NotWritten:
    sys.exit(7)
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with rows in every table."""
    a_store_of(HEAD, tmp_path / "mentoring.db")
    return tmp_path / "mentoring.db"


@pytest.fixture
def busy(tmp_path: Path) -> Generator[Path]:
    """A store of 20 MB that a process of its own and a thread of this one write into without end."""
    file = tmp_path / "busy.db"
    with closing(driver().connect(str(file), isolation_level=None)) as made:
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("CREATE TABLE one (id INTEGER PRIMARY KEY, n INTEGER, filling BLOB)")
        made.execute("CREATE TABLE two (id INTEGER PRIMARY KEY, n INTEGER)")
        made.execute("INSERT INTO one (n) VALUES (0)")
        made.execute("CREATE TABLE bulk (id INTEGER PRIMARY KEY, filling BLOB)")
        made.execute("WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < 5000) "
                     "INSERT INTO bulk SELECT i, randomblob(4000) FROM k")  # fmt: skip
    ended = threading.Event()
    thread = threading.Thread(target=write_until, args=(file, ended))
    thread.start()
    process = subprocess.Popen([sys.executable, "-c", WRITER, file], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        yield file
    finally:
        process.kill()
        process.communicate()
        ended.set()
        thread.join()


def write_until(file: Path, ended: threading.Event) -> None:
    with closing(driver().connect(str(file), isolation_level=None)) as store:
        store.execute("PRAGMA busy_timeout = 60000")
        number = 0
        while not ended.wait(0.005):  # so that the process has its turn
            number += 1
            store.execute("UPDATE bulk SET filling = randomblob(4000) WHERE id = ?", (1 + number % 5000,))


def one_value(file: Path, question: str) -> int:
    with closing(driver().connect(str(file))) as store:
        return store.execute(question).fetchone()[0]


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


# ---- making


def test_a_copy_holds_every_row_in_one_file_with_its_digest_beside_it(store: Path, tmp_path: Path) -> None:
    copy = make(store, tmp_path / "backups", kind=Kind.DAILY, at=AT)

    assert copy.file.name == "mentoring-20261001-010000-daily.db"
    assert listing(tmp_path / "backups") == [copy]
    with make_engine(store).connect() as was, make_engine(copy.file).connect() as copied:
        assert rows_of(copied) == rows_of(was)
    copy.file.unlink()


def test_the_digest_is_one_that_sha256sum_reads(store: Path, tmp_path: Path) -> None:
    copy = make(store, tmp_path / "backups", kind=Kind.DAILY, at=AT)
    digest = hashlib.sha256(copy.file.read_bytes()).hexdigest()
    assert digest_of(copy.file).read_text() == f"{digest}  {copy.file.name}\n"


def test_only_the_owner_can_read_a_copy_and_nothing_else_is_left(store: Path, tmp_path: Path) -> None:
    copy = make(store, tmp_path / "backups", kind=Kind.DAILY, at=AT)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "backups").iterdir()}
    assert modes.pop("making.lock")
    assert modes == {copy.file.name: 0o600, digest_of(copy.file).name: 0o600}
    assert stat.S_IMODE((tmp_path / "backups").stat().st_mode) == 0o700


def test_a_copy_is_of_one_state_while_a_thread_and_a_process_write(busy: Path, tmp_path: Path) -> None:
    acts = []
    for number in range(3):
        before = one_value(busy, "SELECT n FROM one")
        copy = make(busy, tmp_path / "backups", kind=Kind.DEMAND, at=AT + timedelta(minutes=number))
        after = one_value(busy, "SELECT n FROM one")
        held = one_value(copy.file, "SELECT n FROM one")
        assert before <= held <= after
        assert one_value(copy.file, "SELECT max(n) FROM two") == held
        assert one_value(copy.file, "SELECT count(*) FROM two") == held
        acts.append(after - before)
    assert min(acts) > 0  # it was written into meanwhile


def test_two_copies_of_one_second_have_two_names(store: Path, tmp_path: Path) -> None:
    names = {make(store, tmp_path / "backups", kind=Kind.DEMAND, at=AT).file.name for _ in range(3)}
    assert len(names) == len(listing(tmp_path / "backups")) == 3


def test_while_a_copy_is_made_another_one_is_refused(store: Path, tmp_path: Path) -> None:
    make(store, tmp_path / "backups", kind=Kind.DEMAND, at=AT)
    with (tmp_path / "backups" / "making.lock").open("a") as other:
        lock_file(other)
        with pytest.raises(CopyUnderWay):
            make(store, tmp_path / "backups", kind=Kind.DEMAND, at=AT)
    make(store, tmp_path / "backups", kind=Kind.DEMAND, at=AT)


def test_without_a_store_there_is_no_copy(tmp_path: Path) -> None:
    with pytest.raises(NoStore):
        make(tmp_path / "mentoring.db", tmp_path / "backups", kind=Kind.DEMAND, at=AT)
    assert list(tmp_path.iterdir()) == []


def test_a_store_in_which_a_reference_is_broken_gives_no_copy(store: Path, tmp_path: Path) -> None:
    with closing(driver().connect(str(store), isolation_level=None)) as careless:
        careless.execute("UPDATE application SET person_id = 999 WHERE id = 1")
    with pytest.raises(CopyNotGood):
        make(store, tmp_path / "backups", kind=Kind.DEMAND, at=AT)
    assert listing(tmp_path / "backups") == []


def test_a_store_with_a_damaged_page_gives_no_copy(store: Path, tmp_path: Path) -> None:
    damage(store)
    with pytest.raises((StoreUnreadable, CopyNotGood)):
        make(store, tmp_path / "backups", kind=Kind.DEMAND, at=AT)
    assert names(tmp_path / "backups") == ["making.lock"]


def damage(store: Path) -> None:
    """Overwrite the middle of the file with nothing."""
    content = bytearray(store.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 20_000] = bytes(20_000)
    store.write_bytes(content)


def test_what_an_earlier_run_was_killed_over_is_cleared_away(store: Path, tmp_path: Path) -> None:
    left = tmp_path / "backups" / "unfinished-x"
    left.mkdir(parents=True)
    (left / "taken.db").write_text("half")
    make(store, tmp_path / "backups", kind=Kind.DEMAND, at=AT)
    assert not left.exists()


# ---- the disk


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no limit of a file's size")
@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_on_a_full_disk_no_copy_and_no_half_one_is_left(store: Path, tmp_path: Path, share: float) -> None:
    before = store.read_bytes()
    limit = str(int(store.stat().st_size * share))
    told = subprocess.run([sys.executable, "-c", FULL_DISK, store, tmp_path / "backups", limit], check=False)
    assert told.returncode == 7
    assert names(tmp_path / "backups") == ["making.lock"]
    assert store.read_bytes() == before


def test_a_folder_that_is_a_file_is_told(store: Path, tmp_path: Path) -> None:
    (tmp_path / "backups").touch()
    with pytest.raises(NotWritten):
        make(store, tmp_path / "backups", kind=Kind.DEMAND, at=AT)


def test_a_copy_never_takes_the_last_room_on_the_disk(store: Path, tmp_path: Path) -> None:
    (tmp_path / "mentoring.db-large").touch()
    os.truncate(tmp_path / "mentoring.db-large", shutil.disk_usage(tmp_path).free)  # a hole: takes no room itself
    with pytest.raises(NoRoom):
        make(store, tmp_path / "backups", kind=Kind.DEMAND, at=AT)
    assert listing(tmp_path / "backups") == []


# ---- the plan

moments = some.datetimes(datetime(2026, 6, 1), datetime(2026, 12, 31)).map(lambda one: one.replace(tzinfo=UTC))  # noqa: DTZ001 - made aware
heaps = some.lists(
    some.builds(
        lambda at, kind, good: Copy(Path(named(at, kind)), kind, at.replace(microsecond=0), 1, good),
        moments,
        some.sampled_from(Kind),
        some.booleans(),
    ),
    max_size=60,
    unique_by=lambda copy: copy.file.name,
)


def kept_of(copies: list[Copy]) -> list[Copy]:
    gone = surplus(copies)
    return [copy for copy in copies if copy.good and copy not in gone]


@given(heaps)
def test_the_newest_good_copy_is_always_kept_and_what_is_not_good_is_left_alone(copies: list[Copy]) -> None:
    gone = surplus(copies)
    good = [copy for copy in copies if copy.good]
    assert all(copy.good for copy in gone)
    if good:
        assert max(copy.at for copy in good) in {copy.at for copy in kept_of(copies)}


@given(heaps)
def test_of_daily_copies_the_last_days_and_weeks_are_kept_and_of_others_the_last_few(copies: list[Copy]) -> None:
    kept = kept_of(copies)
    for kind in set(Kind) - {Kind.DAILY}:
        ours = sorted((copy.at for copy in copies if copy.good and copy.kind is kind), reverse=True)
        assert sorted((copy.at for copy in kept if copy.kind is kind), reverse=True) == ours[:OTHERS]
    daily = [copy.at.astimezone(ROME) for copy in copies if copy.good and copy.kind is Kind.DAILY]
    still = [copy.at.astimezone(ROME) for copy in kept if copy.kind is Kind.DAILY]
    assert len(still) <= DAYS + WEEKS
    days = sorted({at.date() for at in daily}, reverse=True)[:DAYS]
    weeks = sorted({at.isocalendar()[:2] for at in daily}, reverse=True)[:WEEKS]
    wanted = {max(at for at in daily if at.date() == day) for day in days}
    wanted |= {max(at for at in daily if at.isocalendar()[:2] == week) for week in weeks}
    assert set(still) == wanted


@given(heaps)
def test_what_the_plan_has_kept_it_keeps_again(copies: list[Copy]) -> None:
    assert surplus(kept_of(copies)) == []


def test_a_year_of_daily_copies_leaves_seven_days_and_five_weeks(tmp_path: Path) -> None:
    for day in range(365):
        plant(tmp_path, named(AT + timedelta(days=day), Kind.DAILY))
    keep_to_plan(tmp_path)
    ages = [365 - 1 - (copy.at - AT).days for copy in listing(tmp_path)]
    assert ages[:7] == list(range(7))
    assert len(ages) in {DAYS + WEEKS - 1, DAYS + WEEKS - 2}
    assert ages[-1] <= 7 * WEEKS
    assert len(list(tmp_path.iterdir())) == 2 * len(ages)


def test_files_of_other_names_are_never_touched(tmp_path: Path) -> None:
    others = ["mentoring.db", "mentoring-old.db", "mentoring-20261399-010000-daily.db", "before-0002.db", "notes.txt"]
    others += ["mentoring-20250101-010000-weekly.db", "mentoring-20250101-010000-daily.db.bak"]
    for name in others:
        plant(tmp_path, name)
    for day in range(60):
        plant(tmp_path, named(AT + timedelta(days=day), Kind.DAILY))
    gone = keep_to_plan(tmp_path)
    assert len(gone) > 40
    assert all((tmp_path / name).exists() and digest_of(tmp_path / name).exists() for name in others)


def plant(folder: Path, name: str) -> None:
    (folder / name).touch()
    digest_of(folder / name).touch()
