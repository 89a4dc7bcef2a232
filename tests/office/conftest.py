"""What most tests of the office begin with: an edition, and somebody of all roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.accounts.rules import Role
from tests.make import an_edition, staff

if TYPE_CHECKING:
    from core.accounts.rules import Actor
    from core.store.database import Store


@pytest.fixture
def edition(store: Store) -> int:
    return an_edition()


@pytest.fixture
def anna(store: Store) -> Actor:
    return staff(*Role)
