"""`say`: a text by its key, in a language, with its values put in.

The texts stand in `words.toml` beside the phase that they belong to; the key `intake.page.title` is the
table `[page.title]` of core/intake/words.toml. A text may have the forms `one` and `other`, chosen by `n`.
"""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from core.language.format import Tongue, written
from core.store.errors import Told

if TYPE_CHECKING:
    from core.store.errors import Refused

CORE = Path(__file__).parent.parent
Forms = dict[str, str]


class Language(StrEnum):
    """What a person reads; PSEUDO marks every text with ⟦ ⟧ and serves to find the unmarked ones."""

    ITALIAN = "it"
    ENGLISH = "en"
    PSEUDO = "xx"

    @property
    def tongue(self) -> Tongue:
        """The language whose dates, numbers and texts are used."""
        return "it" if self is Language.ITALIAN else "en"


OFFERED = (Language.ITALIAN, Language.ENGLISH)


def say(key: str, language: Language, **values: object) -> str:
    """The text of `key` with `values` put in, dates and numbers written as the language does.

    Raises KeyError for an unknown key or a missing value: a bug that the tests of the words find.
    """
    forms = catalogue()[key][language.tongue]
    form = "one" if values.get("n") == 1 and "one" in forms else "other"
    said = {name: written(_told(value, language), language.tongue) for name, value in values.items()}
    text = forms[form].format(**said)
    return f"⟦{text}⟧" if language is Language.PSEUDO else text


def _told(value: object, language: Language) -> object:
    """Texts named by their keys, alone or in a list, as they are said."""
    if isinstance(value, Told):
        return say(value.key, language, **value.values)
    if isinstance(value, list | tuple):
        return [_told(item, language) for item in cast("tuple[object, ...]", value)]
    return value


def sentence(refusal: Refused, language: Language) -> str:
    """What a refusal says to the person."""
    return say(refusal.key, language, **refusal.values)


def known(key: str) -> bool:
    """Whether there is a text for this key."""
    return key in catalogue()


@cache
def catalogue() -> dict[str, dict[Tongue, Forms]]:
    """All texts: key -> language -> forms; to be read, not changed."""
    texts: dict[str, dict[Tongue, Forms]] = {}
    for file in sorted(CORE.glob("*/words.toml")):
        _gather(file.parent.name, tomllib.loads(file.read_text(encoding="utf-8")), texts)
    return texts


def _gather(prefix: str, table: dict[str, object], texts: dict[str, dict[Tongue, Forms]]) -> None:
    if "it" in table or "en" in table:
        texts[prefix] = {tongue: _forms(table[tongue]) for tongue in ("it", "en")}
        return
    for name, inner in table.items():
        _gather(f"{prefix}.{name}", cast("dict[str, object]", inner), texts)


def _forms(entry: object) -> Forms:
    return {"other": entry} if isinstance(entry, str) else cast("Forms", entry)
