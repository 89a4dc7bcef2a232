"""Everything that pages will want is imported before the first visitor comes.

The server collects garbage after every run of a script and walks all that was imported since `gc.freeze`;
what the first visitor of a page would import must be there before it.
"""

from __future__ import annotations

import gc
import importlib
from typing import TYPE_CHECKING

from pages.shared.registry import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Not streamlit-authenticator: its component must be declared to a server that runs already.
LIBRARIES = ("numpy", "pandas", "plotly.graph_objects", "pyarrow", "scipy.optimize")


def freeze() -> None:
    """Import the libraries, the core and what pages show with, and take all of it out of the collector's sight."""
    for name in (*LIBRARIES, *_modules()):
        importlib.import_module(name)
    gc.collect()
    gc.freeze()


def _modules() -> Iterator[str]:
    parts: list[Path] = [*(ROOT / "pages").glob("*/parts_*.py"), *(ROOT / "pages" / "shared").glob("*/__init__.py")]
    core = [file for file in (ROOT / "core").rglob("*.py") if "migrations" not in file.parts]
    for file in sorted([*core, *parts]):
        yield ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
