"""Somebody who does not exist: the fields of an occasion, to show a text where nobody is there to show it with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.language.text import say
from core.messages.fields import LINKS, OFFERED, Field

if TYPE_CHECKING:
    from core.language.text import Language
    from core.messages.rules import Occasion


def example(occasion: Occasion, language: Language) -> dict[Field, str]:
    """Every field that the occasion offers, but for the links, which are put in by themselves."""
    return {field: _said(field, language) for field in OFFERED[occasion] if field not in LINKS}


def _said(field: Field, language: Language) -> str:
    return say("messages.signature" if field is Field.SIGNATURE else f"messages.example.{field}", language)
