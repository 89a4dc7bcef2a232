"""One server for all attacks of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages.shared.registry import ROOT
from tests.attacks.house import House, furnish
from tests.bench.served import served
from tests.bench.staff import environment

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A running server with people inside."""
    place = tmp_path_factory.mktemp("house")
    folder = place / "data"
    furnish(folder)
    with served(ROOT / "app.py", place / "log", environment(folder)) as server:
        yield House(server, folder)
