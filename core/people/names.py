"""Names and the keys under which two spellings are the same."""

from __future__ import annotations

import unicodedata

PARTICLES = frozenset(
    ["al", "da", "dal", "dalla", "de", "dei", "del", "dell", "della", "di", "el", "la", "le", "li", "lo", "mac", "van"]
)
"""Words that open an Italian (or a common foreign) surname: Maria Chiara De Luca is Maria Chiara · De Luca."""


def split_name(full: str) -> tuple[str, str]:
    """A full name written first name first as (first names, surname); a single word is a surname.

    The surname is the last word with the particles before it. It is a proposal: the page shows both parts.
    """
    words = full.split()
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].casefold().rstrip("'’") in PARTICLES:
        cut -= 1
    return " ".join(words[:cut]), " ".join(words[cut:])


def search_key(text: str) -> str:
    """Text without accents, apostrophes and case, so that a search forgives them."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(letters.replace("'", " ").replace("’", " ").replace("-", " ").split())
