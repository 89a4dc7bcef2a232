"""What a rerun of each page may cost: `limits.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pages.shared.registry import PAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = Path(__file__).with_name("limits.toml")


@dataclass(frozen=True, slots=True)
class Limits:
    """Units that every page may cost, and the pages that may cost more."""

    usual: float
    exceptions: Mapping[str, float]

    def of(self, page: str) -> float:
        """What the page at this address may cost."""
        return self.exceptions.get(page, self.usual)


def read(text: str | None = None) -> Limits:
    """The limits of the file, or of a text; raises ValueError for an exception of no page or without a reason."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8") if text is None else text)
    exceptions = told.get("exceptions", {})
    known = {page.url for page in PAGES}
    for page, one in exceptions.items():
        if page not in known or not one.get("why") or one["units"] <= told["usual"]:
            raise ValueError(f"limits.toml: {page!r} is no exception: it must be a page, dearer than usual, with a why")
    return Limits(told["usual"], {page: one["units"] for page, one in exceptions.items()})
