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


class Named:
    """Whoever has a first name and a surname, as lists and as sentences name them."""

    __slots__ = ()
    first_name: str
    last_name: str

    @property
    def listed(self) -> str:
        """Rossi Giulia."""
        return f"{self.last_name} {self.first_name}".strip()

    @property
    def spoken(self) -> str:
        """Giulia Rossi."""
        return f"{self.first_name} {self.last_name}".strip()
