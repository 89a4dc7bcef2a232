"""kill -9 at any instant of an import, a decision, a ballot, a publication: all that was kept, nothing by halves."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

import start
from core import schema
from core.store.config import Config
from core.store.errors import StoreInUse
from tests import make
from tests.faults.child import ACTS
from tests.faults.whole import Contents, require_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.store import database

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks, which Windows cannot")

KILLED = -9
WAL_HEADER, FRAME_HEADER, PAGE = 32, 24, 4096
CUTS_EACH, TORN = 5, 12
"""In CI, besides the COMMITs: cuts between the statements of each act, and torn commits."""
FROM_OUTSIDE = 1000


@dataclass(frozen=True, slots=True)
class Ran:
    """One run of the four acts: how far it said to have come, and how it ended."""

    folder: Path
    kept: list[str]
    status: int
    instants: dict[str, list[str]] = field(default_factory=dict)


class Worker:
    """The process that arranges a store once and runs the acts on copies of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / "arranged").mkdir()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.child", str(folder / "arranged")],
            cwd=start.ROOT,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # a fork is safe while there is one thread
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._hear()["what"] == "ready"
        self._runs = 0

    def copy(self) -> Path:
        """A folder with a store in which none of the acts is done."""
        self._runs += 1
        folder = self._folder / str(self._runs)
        folder.mkdir()
        shutil.copy(self._folder / "arranged" / "mentoring.db", folder)
        return folder

    def run(self, kind: str = "", number: int = 0) -> Ran:
        """Run the acts on a copy, up to this instant."""
        folder = self.copy()
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"folder": str(folder), "kind": kind, "number": number}) + "\n")
        self.process.stdin.flush()
        kept: list[str] = []
        instants: dict[str, list[str]] = {}
        while (told := self._hear())["what"] != "ended":
            if told["what"] == "kept":
                kept.append(told["act"])
            else:
                instants = told
        return Ran(folder, kept, told["status"], instants)

    def _hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())


@contextmanager
def reopened(folder: Path) -> Iterator[database.Store]:
    """The store as the next start finds it; gone afterwards."""
    try:
        yield make.a_store(folder)
    finally:
        make.let_go()
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    worker = Worker(tmp_path_factory.mktemp("kills"))
    yield worker
    worker.process.kill()
    worker.process.communicate()


@pytest.fixture(scope="module")
def instants(worker: Worker) -> dict[str, list[str]]:
    """Every instant of a run that nobody cuts: between statements and within them, each with its act."""
    ran = worker.run()
    assert (ran.kept, ran.status) == (list(ACTS), 0)
    return ran.instants


@pytest.fixture(scope="module")
def stages(worker: Worker, instants: dict[str, list[str]]) -> list[tuple[list[str], Contents]]:
    """What the store holds after none, one ... all of the acts."""
    found = []
    for act in (None, *ACTS):
        ends = [number for number, label in enumerate(instants["between"], 1) if label == f"{act}: after COMMIT"]
        ran = worker.run("between", ends[0] if ends else 1)
        with reopened(ran.folder):
            found.append(require_whole())
    assert [len(done) for done, _ in found] == list(range(len(found[0][0]), len(found[0][0]) + len(ACTS) + 1))
    return found


def chosen(labels: list[str], *, everything: bool) -> list[int]:
    """Which instants to die at, counted from 1: all, or of each act the first ones, some, the last, and its COMMIT."""
    if everything:
        return list(range(1, len(labels) + 1))
    picked: set[int] = set()
    for act in ACTS:
        own = [number for number, label in enumerate(labels, 1) if label.startswith(act)]
        picked |= {own[(len(own) - 1) * step // (CUTS_EACH - 1)] for step in range(CUTS_EACH)}
        picked |= {number for number in own if labels[number - 1].endswith("COMMIT")}
    return sorted(picked)


@pytest.mark.slow
def test_a_kill_between_two_statements_leaves_whole_acts(worker, instants, stages, request) -> None:
    labels = instants["between"]
    for number in chosen(labels, everything=request.config.getoption("--long")):
        ran = worker.run("between", number)
        label = labels[number - 1]
        begun = ACTS.index(label.partition(":")[0])
        assert (ran.status, ran.kept) == (KILLED, list(ACTS[:begun])), label
        with reopened(ran.folder):
            assert require_whole() == stages[begun + label.endswith("after COMMIT")], label


@pytest.mark.slow
def test_a_kill_within_a_statement_leaves_whole_acts(worker, instants, stages, request) -> None:
    labels = instants["within"]
    for number in chosen(labels, everything=request.config.getoption("--long")):
        ran = worker.run("within", number)
        assert ran.status == KILLED
        with reopened(ran.folder):
            assert require_whole() in stages[len(ran.kept) : len(ran.kept) + 2], labels[number - 1]


@pytest.mark.slow
def test_a_kill_within_a_commit_leaves_the_act_whole_or_not_at_all(worker, instants, stages, request) -> None:
    """Frame by frame: what SQLite has written of its log when the process dies is a beginning of what it writes."""
    ends = [number for number, label in enumerate(instants["between"], 1) if label.endswith("after COMMIT")]
    before, after = (worker.run("between", number).folder / "mentoring.db-wal" for number in ends[-2:])
    log, begun = after.read_bytes(), before.stat().st_size
    assert (begun - WAL_HEADER) % (FRAME_HEADER + PAGE) == 0
    frames = range(begun, len(log), FRAME_HEADER + PAGE)
    cuts = [cut for frame in frames for cut in (frame, frame + FRAME_HEADER, frame + FRAME_HEADER + PAGE // 2)]
    everything = request.config.getoption("--long")
    for cut in [*(cuts if everything else cuts[:: len(cuts) // TORN]), cuts[-1], len(log)]:
        folder = worker.copy()
        (folder / "mentoring.db-wal").write_bytes(log[:cut])
        with reopened(folder):
            assert require_whole() == stages[-1 if cut == len(log) else -2], f"{cut} of {len(log)} bytes"


@pytest.mark.long
def test_a_kill_from_outside_at_any_moment_leaves_whole_acts(worker, stages) -> None:
    drawn = random.Random(2026)  # noqa: S311 - moments, not secrets
    seen = set()
    for _ in range(FROM_OUTSIDE):
        ran = worker.run("outside", drawn.randrange(20_000, 140_000))
        with reopened(ran.folder):
            found = require_whole()
        assert found in stages[len(ran.kept) : len(ran.kept) + 2]
        seen.add(len(ran.kept))
    assert seen == set(range(len(ACTS) + 1))


def test_a_second_process_is_let_in_only_after_the_first_has_died(tmp_path: Path) -> None:
    hold = (
        "import sys; from pathlib import Path; from tests.make import a_store, an_edition;"
        "a_store(Path(sys.argv[1])); an_edition(); print('kept', flush=True); sys.stdin.read()"
    )
    first = subprocess.Popen(
        [sys.executable, "-c", hold, str(tmp_path)], cwd=start.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert first.stdout is not None
    assert first.stdout.readline() == b"kept\n"
    with pytest.raises(StoreInUse):
        schema.open_store(Config(data=tmp_path))
    first.kill()
    first.communicate()
    with reopened(tmp_path):
        done, _ = require_whole()
    assert done == ["edition.create"]
