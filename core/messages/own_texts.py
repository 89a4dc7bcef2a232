"""The programme's own texts: what is written on an occasion as long as staff have not changed it."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from core.messages.templating import Wording

if TYPE_CHECKING:
    from core.language.format import Tongue
    from core.language.text import Language
    from core.messages.rules import Occasion

TEXTS = Path(__file__).parent / "texts"


def own_text(occasion: Occasion, language: Language) -> Wording:
    """The programme's own text of an occasion."""
    return _texts(language.tongue)[occasion]


@cache
def _texts(tongue: Tongue) -> dict[str, Wording]:
    read = tomllib.loads((TEXTS / f"{tongue}.toml").read_text(encoding="utf-8"))
    return {occasion: Wording(one["subject"], one["body"].strip()) for occasion, one in read.items()}
