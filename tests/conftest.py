"""What all tests live by: examples that repeat, a browser where there is one, ten seconds at most."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.chromium import find_chromium
from tests.make import a_store, let_go

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from core.store import database

SECONDS = 10

settings.register_profile("house", derandomize=True, deadline=None, database=None)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--long`: the sweeps that take minutes, in full."""
    parser.addoption("--long", action="store_true", help="cut and kill at every instant: takes several minutes")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what runs only under `--long`."""
    if not config.getoption("--long"):
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(pytest.mark.skip(reason="only under --long"))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the Chromium to drive; without one the test is skipped."""
    found = find_chromium()
    if found is None:
        pytest.skip("no Chromium on this machine: `python3 start.py test` installs one")
    return found


@pytest.fixture
def store(tmp_path: Path) -> Generator[database.Store]:
    """An empty store in use, at the tests' own moment."""
    yield a_store(tmp_path)
    let_go()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a browser test that was skipped where a browser is required, and a test that takes too long."""
    report = yield
    required = os.environ.get("MENTORING_BROWSER") == "required"
    if required and report.skipped and not hasattr(report, "wasxfail") and item.get_closest_marker("browser"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but MENTORING_BROWSER=required: {report.longrepr[2]}"
    late = report.when == "call" and call.duration > SECONDS
    unhurried = item.get_closest_marker("slow") or item.get_closest_marker("long")
    if report.passed and late and not unhurried:
        report.outcome = "failed"
        report.longrepr = f"took {call.duration:.1f} s; over {SECONDS} s a test needs the marker `slow`"
    return report
