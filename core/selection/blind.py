"""A text without what tells who wrote it. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

HIDDEN = "[…]"
LEAST_LETTERS = 3
"""Shorter names (De, Li) are also everyday words: hiding them would spoil the text and hide nobody."""
TRACES = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|\+?\d[\d ./-]{6,}\d", re.IGNORECASE)
"""Mail addresses, links and telephone numbers."""
WORDS = re.compile(r"[^\W\d_]+")


def blinded(text: str, names: Iterable[str | None]) -> str:
    """The text with addresses, links, telephone numbers and each word of the names hidden.

    The names are the person's and the employer's; case does not matter. It hides what is written as it is
    known, not what a nickname or a story tells.
    """
    known = {word for name in names for word in WORDS.findall(name or "") if len(word) >= LEAST_LETTERS}
    text = TRACES.sub(HIDDEN, text)
    if not known:
        return text
    longest_first = sorted(map(re.escape, known), key=len, reverse=True)
    return re.sub(rf"\b(?:{'|'.join(longest_first)})\b", HIDDEN, text, flags=re.IGNORECASE)
