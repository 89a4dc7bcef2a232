"""Who is meant by a number, a mail address or a name, in whichever order it is written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from core.accounts.rules import mail_key
from core.people.names import search_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.people.names import Named

N = TypeVar("N", bound="Named")


@dataclass(frozen=True, slots=True)
class Listed:
    """A person on the event's list; mentors have a number. Who has left keeps it."""

    application_id: int
    first_name: str
    last_name: str
    mail: str
    number: int | None = None
    takes_part: bool = True

    @property
    def listed(self) -> str:
        """As lists show it: Rossi Giulia."""
        return f"{self.last_name} {self.first_name}".strip()


class Finder:
    """Finds people by what others call them."""

    def __init__(self, people: Iterable[Listed]) -> None:
        self._called: defaultdict[str, set[int]] = defaultdict(set)
        for one in people:
            names = (f"{one.last_name} {one.first_name}", f"{one.first_name} {one.last_name}")
            for name in {*map(search_key, names), mail_key(one.mail), str(one.number or "")} - {""}:
                self._called[name].add(one.application_id)

    def find(self, text: str) -> frozenset[int]:
        """The applications of all whom this may be: none, one, or several of the same name."""
        plain = text.strip().lstrip("0") if text.strip().isdecimal() else text
        key = mail_key(plain) if "@" in plain else search_key(plain.replace(",", " "))
        return frozenset(self._called.get(key, ()))


def called(people: Iterable[N], text: str) -> list[N]:
    """Those whose name holds every word that is typed, in any order; first those whose surname begins with them.

    Accents, apostrophes and blanks are forgiven; nothing typed finds nobody.
    """
    words = search_key(text.replace(",", " ")).split()
    keys = [(one, search_key(one.listed).replace(" ", "")) for one in people]
    found = [(one, key) for one, key in keys if words and all(word in key for word in words)]
    return [one for one, _ in sorted(found, key=lambda pair: not pair[1].startswith("".join(words)))]
