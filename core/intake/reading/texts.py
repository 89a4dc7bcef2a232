"""What did the person write? Names, texts and identifiers, changed in nothing but spaces and capitals."""

from __future__ import annotations

import re
import unicodedata

from core.intake.reading.contacts import SCIENTIFIC
from core.intake.reading.problems import Code, Flaw, Found

SHORT, LONG = 300, 20_000
# Nobody sees these: control characters, spaces without width, marks that turn the direction of reading.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
# What Excel would run when the text is written out again unprotected.
FORMULA = re.compile(r"[=@]\S|[+\-][^\s\d][^\s]*[(|!]", re.DOTALL)
EXCEL_ERROR = re.compile(r"#(?:N/[AD]|REF!|RIF!|NAME\?|NOME\?|VALUE!|VALORE!|DIV/0!|NULL!|NULLO!|NUM!)")
LOST = "\ufffd"


def clean(text: str) -> str:
    """Give a cell's text without outer spaces and unseen signs, in one spelling of breaks and accents."""
    if text.isascii() and text.isprintable():
        return text.strip()
    plain = UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", plain).strip()


def short_text(text: str) -> Found:
    """Read a text of one line or two."""
    return _text(text, SHORT)


def long_text(text: str) -> Found:
    """Read a text of a page or two."""
    return _text(text, LONG)


def identifier(text: str) -> Found:
    """Read a matricola: text, with its leading zeros, never a number."""
    if SCIENTIFIC.fullmatch(text):
        return Found(None, (Flaw(Code.EXCEL_SCIENTIFIC_NUMBER),))
    return _text(text.removesuffix(".0") if text[:-2].isdecimal() else text, SHORT)


def name(text: str) -> Found:
    """Read a name; all capitals or all small letters are written as names are, and noted."""
    found = _text(" ".join(text.split()), SHORT)
    if not isinstance(found.value, str) or (not found.value.isupper() and not found.value.islower()):
        return found
    proper = re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), found.value)
    return Found(proper, (*found.flaws, Flaw(Code.NAME_CASE))) if proper != found.value else found


def _text(text: str, limit: int) -> Found:
    if len(text) > limit:
        return Found(None, (Flaw(Code.TEXT_TOO_LONG, {"limit": limit}),))
    flaws = (
        Flaw(Code.FORMULA_LIKE_TEXT) if FORMULA.match(text) else None,
        Flaw(Code.CHARACTERS_LOST) if LOST in text else None,
    )
    return Found(text, tuple(flaw for flaw in flaws if flaw))
