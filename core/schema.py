"""All tables together, and the store opened with them."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from core.edition.closed import refuse_closed
from core.store.database import Store
from core.store.faults import refusing_faults
from core.store.migration import bring_up_to_date
from core.store.table import Table

if TYPE_CHECKING:
    from core.store.config import Config

CORE = Path(__file__).parent
MIGRATIONS = CORE / "migrations"

# A table is known once its module is imported; no phase can be forgotten.
for _models in sorted(CORE.glob("*/models.py")):
    importlib.import_module(f"core.{_models.parent.name}.models")
METADATA = Table.metadata


def open_store(settings: Config) -> Store:
    """The installation's store, made or brought up to date.

    Raises `StoreTooNew`, `StoreInUse`, `UnsafePlace`, `NoSpace` and `StoreBusy`.
    """
    store = Store(settings, checks=(refuse_closed,))
    try:
        with refusing_faults():
            bring_up_to_date(store.engine, MIGRATIONS, backups=settings.backups)
    except BaseException:
        store.close()
        raise
    return store
