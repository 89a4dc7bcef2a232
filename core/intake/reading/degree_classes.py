"""Which degree class is meant? The classes of the ministerial decrees and the ways people write them."""

from __future__ import annotations

import re

from core.intake.reading.problems import Code, Flaw, Found

KNOWN = frozenset(
    [
        *(f"L-{number}" for number in range(1, 44)),
        *(f"LM-{number}" for number in range(1, 95)),
        *(f"{kind}/SNT{number}" for kind in ("L", "LM") for number in range(1, 5)),
        *(f"L-P0{number}" for number in range(1, 4)),
        *("L/DS", "L/GASTR", "L-Sc.Mat.", "LM/DS", "LM/GASTR", "LM/SC-GIUR", "LM-Data", "LM-Sc.Mat."),
        *("LM-4cu", "LM-85 bis", "LMG/01", "LMR/02"),
    ]
)
SIGNS = re.compile(r"[\s\-‐‑–—/._]+")
ZEROS = re.compile(r"(?<=[A-Z])0+(?=\d)")


def _bare(text: str) -> str:
    return ZEROS.sub("", SIGNS.sub("", text).upper())


BY_BARE_LETTERS = {_bare(code): code for code in sorted(KNOWN)}


def class_code(text: str) -> Found:
    """Read a class such as "L 27", "LM-40 R", "Classe L-20 - Scienze"; unknown classes are not guessed."""
    plain = re.sub(r"^(?:classe|class)\s+", "", text, flags=re.IGNORECASE)
    plain = re.split(r"\s+[-–—:]\s+|\s*[:(]", plain, maxsplit=1)[0]
    plain = re.sub(r"\s+R$", "", plain)
    found = BY_BARE_LETTERS.get(_bare(plain))
    return Found(found) if found else Found(None, (Flaw(Code.CLASS_UNKNOWN),))
