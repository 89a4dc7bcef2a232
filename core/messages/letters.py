"""The letter that one person would get, or why there can be none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.messages.rules import Occasion
from core.messages.templating import Wording, rendered
from core.store.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.language.text import Language
    from core.messages.queries import Kept
    from core.messages.recipients import Recipient


class NoAddress(Refused):
    """The address of this person can be none."""


class FreeTextMissing(Refused):
    """A message of one's own has no text that the programme could know."""


def letter_to(occasion: Occasion, texts: Mapping[Language, Kept], to: Recipient) -> Wording | Refused:
    """The text filled for this person; or `NoAddress`, `FreeTextMissing`, `FieldMissing`, as a value for lists."""
    if not to.reachable:
        return NoAddress(mail=to.mail)
    kept = texts[to.language]
    if occasion is Occasion.FREE and kept.own:
        return FreeTextMissing()
    try:
        return rendered(occasion, *kept.wording, to.fields)
    except Refused as refused:
        return refused
