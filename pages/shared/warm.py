"""Everything that pages will want is imported before the first visitor comes.

The server collects garbage after every run of a script and walks all that was made since `gc.freeze`. So what
the first visitor of a page would import must be there before it; and what the open pages hold is frozen again and
again, else everybody's run would walk what all the others hold. What has become garbage there is found by and by.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import TYPE_CHECKING

from core.language.text import OFFERED, say
from core.store import clock
from pages.shared.registry import ROOT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

# Not streamlit-authenticator: imported before a visitor is there it warns of it on the operator's screen.
LIBRARIES = (
    "numpy",
    "pandas",
    "plotly.graph_objects",
    "plotly.tools",
    "pyarrow",
    "pyarrow.pandas_compat",
    "scipy.optimize",
)
FREEZE_SECONDS, FREEZES_UNTIL_THAW = 2, 150
"""A freeze costs nothing; a thaw, with the collection of everything, stops the server for 0.15 s every five minutes."""


@asynccontextmanager
async def kept_frozen() -> AsyncIterator[None]:
    """Import what pages want, and keep all that lives long out of the collector's sight."""
    freeze()
    again = asyncio.create_task(_freeze_again())
    try:
        yield
    finally:
        again.cancel()
        with suppress(asyncio.CancelledError):
            await again


async def _freeze_again() -> None:
    for turn in count(1):
        await asyncio.sleep(FREEZE_SECONDS)
        if turn % FREEZES_UNTIL_THAW == 0:
            gc.unfreeze()
            gc.collect()
        gc.freeze()


def freeze() -> None:
    """Import the libraries, the core and what pages show with, and take all of it out of the collector's sight."""
    for name in (*LIBRARIES, *_modules()):
        importlib.import_module(name)
    _first_words()
    gc.collect()
    gc.freeze()


def _first_words() -> None:
    """Read all texts, and what babel must know to write a day, a number and a list, in both languages."""
    for language in OFFERED:
        say("language.programme", language, values=(1.5, clock.now(), clock.today()))


def _modules() -> Iterator[str]:
    parts: list[Path] = [*(ROOT / "pages").glob("*/parts_*.py"), *(ROOT / "pages" / "shared").glob("*/__init__.py")]
    core = [file for file in (ROOT / "core").rglob("*.py") if "migrations" not in file.parts]
    for file in sorted([*core, *parts]):
        yield ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
