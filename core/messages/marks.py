"""The marks that stand for a person's own addresses in a text, `[[programme]]`, until the message leaves.

So no text that is kept holds what would open somebody's pages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.people.rules import Purpose

if TYPE_CHECKING:
    from collections.abc import Mapping

OPENING = "[["
MARK = re.compile(r"\[\[(" + "|".join(Purpose) + r")\]\]")


def mark_of(purpose: Purpose) -> str:
    """What stands for the address of this purpose."""
    return f"[[{purpose}]]"


def purposes_in(text: str) -> set[Purpose]:
    """Which addresses a text waits for."""
    return {Purpose(found) for found in MARK.findall(text)}


def with_addresses(text: str, addresses: Mapping[Purpose, str]) -> str:
    """The text with these addresses in place of their marks; the other marks stay."""
    return MARK.sub(lambda found: addresses.get(Purpose(found[1]), found[0]), text)
