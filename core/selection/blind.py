"""A text without what tells who wrote it. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.people.names import search_key

if TYPE_CHECKING:
    from collections.abc import Iterable

HIDDEN = "[…]"
LEAST_LETTERS = 3
"""Shorter names (De, Li) are also everyday words: hiding them would spoil the text and hide nobody."""
TRACES = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|\+?\d[\d ./-]{6,}\d", re.IGNORECASE)
"""Mail addresses, links and telephone numbers."""
WORDS = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")
"""Letters, each with the accents that may stand as signs of their own behind it."""


def blinded(text: str, names: Iterable[str | None]) -> str:
    """The text with addresses, links, telephone numbers and each word of the names hidden.

    The names are the person's and the employer's; accents and case do not matter. It hides what is written as it is
    known, not what a nickname or a story tells.
    """
    keys = {search_key(word) for name in names for word in WORDS.findall(name or "")}
    known = {key for key in keys if len(key) >= LEAST_LETTERS}
    return WORDS.sub(
        lambda word: HIDDEN if search_key(word[0]) in known else word[0],
        TRACES.sub(HIDDEN, text),
    )
