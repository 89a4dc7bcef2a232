"""The fonts of the certificates, which names they can print whole, and at what size a name fits.

An empty box in the place of a letter is never printed: a sign is taken only when both fonts draw it and it belongs
to a script that is set letter after letter from the left. (The fonts hold Arabic letters too, but unjoined.)
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fontTools.ttLib import TTFont  # pyright: ignore[reportMissingTypeStubs] - it has none

if TYPE_CHECKING:
    from collections.abc import Iterator

FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD = FONTS / "DejaVuSans.ttf", FONTS / "DejaVuSans-Bold.ttf"
SCRIPTS = ("LATIN ", "GREEK ", "CYRILLIC ", "COMBINING ", "MODIFIER LETTER ")
BESIDE_LETTERS = frozenset(" -'’‘`´\"“”.,:·()/&ªº0123456789‐‑–")
LARGEST, ONE_LINE, TWO_LINES = 38, 22, 15
"""Points: of a usual name, the least in one line, the least in two."""


class Fitted(NamedTuple):
    """A text in one or two lines, and the size in points at which it fits."""

    lines: tuple[str, ...]
    points: int


def composed(text: str) -> str:
    """The text as it is printed: letters with their marks as one sign where there is one, single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def unprintable(text: str) -> tuple[str, ...]:
    """The signs of a text that a certificate cannot print, each once, in their order; invisible ones by their code."""
    lacking = (sign for sign in composed(text) if not _prints(sign))
    return tuple(dict.fromkeys(sign if sign.isprintable() else f"U+{ord(sign):04X}" for sign in lacking))


def fit(text: str, width: float) -> Fitted | None:
    """The largest size at which a text in bold stands within the width (in points), in one line if it can, else in two.

    None if it fits in neither.
    """
    for points in range(LARGEST, ONE_LINE - 1, -1):
        if bold_width(text) * points <= width:
            return Fitted((text,), points)
    halves = min(_halves(text), key=lambda two: max(map(bold_width, two)), default=(text,))
    for points in range(ONE_LINE, TWO_LINES - 1, -1):
        if all(bold_width(half) * points <= width for half in halves):
            return Fitted(halves, points)
    return None


def bold_width(text: str) -> float:
    """How wide a text is in bold at a size of one point, in points."""
    return sum(_advances().get(ord(sign), 1.0) for sign in text)


def _halves(text: str) -> Iterator[tuple[str, str]]:
    """Every way to part a text at one of its blanks."""
    words = text.split(" ")
    return ((" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words)))


def _prints(sign: str) -> bool:
    usual = sign in BESIDE_LETTERS or unicodedata.name(sign, "").startswith(SCRIPTS)
    return usual and ord(sign) in _advances() and ord(sign) in _drawn(REGULAR)


@cache
def _drawn(file: Path) -> frozenset[int]:
    """The code points that a font draws."""
    with _opened(file) as font:
        return frozenset(font.getBestCmap())


@cache
def _advances() -> dict[int, float]:
    """How far each sign of the bold font moves on, as a share of the size."""
    with _opened(BOLD) as font:
        units, widths = font["head"].unitsPerEm, font["hmtx"].metrics
        return {code: widths[glyph][0] / units for code, glyph in font.getBestCmap().items()}


def _opened(file: Path) -> Any:  # noqa: ANN401 - the library has no types
    return TTFont(file, lazy=True)
