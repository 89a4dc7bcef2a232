"""A copy or a restore that is killed, at whatever point, costs no row and leaves nothing that only looks good."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pages.shared.registry import ROOT
from tests.office.killed import SCENARIOS

if TYPE_CHECKING:
    from collections.abc import Generator


IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it


@pytest.fixture
def folder() -> Generator[Path]:
    """A folder in memory where there is one: a kill, unlike a power cut, does not ask what has reached the disk."""
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as made:
        yield Path(made)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="it forks")
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_killed_before_each_touch_of_a_file_it_costs_no_row(scenario: str, folder: Path) -> None:
    command = [sys.executable, "-m", "tests.office.killed", scenario, str(folder)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    points, complaints = json.loads(told.stdout)
    assert complaints == []
    assert points > 15
