"""Persons who do not exist: names by how frequent they are, addresses that no mail can reach."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.demo.chance import happens, one_of, weighted
from core.demo.taxonomy import taxonomy
from core.people.names import search_key
from core.people.rules import Side

if TYPE_CHECKING:
    from random import Random

DOMAINS = {Side.MENTEE: "studenti.unimi.example", Side.MENTOR: "example.org"}
"""Reserved names (RFC 2606, 6761): nothing that is sent there arrives."""
HOME = "it"
LONG_NAME = 46


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented; the gender is f, m or x."""

    first_name: str
    last_name: str
    mail: str
    gender: str

    @property
    def full_name(self) -> str:
        """First name first."""
        return f"{self.first_name} {self.last_name}"


@dataclass(slots=True)
class Register:
    """Who has been drawn already: nobody has another's name or address."""

    names: set[str] = field(default_factory=set[str])
    mails: set[str] = field(default_factory=set[str])

    def person(self, rng: Random, side: Side, gender: str) -> Person:
        """Draw somebody new of this side."""
        while True:
            first, last = _name(rng, side, gender)
            if not is_forbidden(f"{first} {last}") and f"{first} {last}" not in self.names:
                return self._entered(first, last, side, gender)

    def long_named(self, rng: Random, side: Side) -> Person:
        """Draw a woman whose name is too long for most badges and certificates."""
        first, last = "", ""
        while len(f"{first} {last}") < LONG_NAME or is_forbidden(f"{first} {last}"):
            given = rng.sample([one.name for one in taxonomy().names.mentee["f"]], 3)
            first, last = " ".join(given), " ".join(rng.sample(taxonomy().names.surnames_extra, 2))
        return self._entered(first, last, side, "f")

    def other_address(self, person: Person, side: Side) -> Person:
        """The same person once more, by another address and with the accents left out."""
        first, last = search_key(person.first_name).title(), search_key(person.last_name).title()
        return Person(first, last, self._address(person.first_name[0], last, side), person.gender)

    def _entered(self, first: str, last: str, side: Side, gender: str) -> Person:
        self.names.add(f"{first} {last}")
        return Person(first, last, self._address(first, last, side), gender)

    def _address(self, first: str, last: str, side: Side) -> str:
        local = ".".join(search_key(name).replace(" ", "") for name in (first, last))
        tried = [f"{local}{number or ''}@{DOMAINS[side]}" for number in range(len(self.mails) + 1)]
        mail = next(one for one in tried if one not in self.mails)
        self.mails.add(mail)
        return mail


def is_forbidden(full_name: str) -> bool:
    """Whether a name holds a well-known person's, also with more names around it."""
    words = set(full_name.split())
    return any(words.issuperset(known.split()) for known in taxonomy().names.never_these_full_names.names)


def _name(rng: Random, side: Side, gender: str) -> tuple[str, str]:
    names = taxonomy().names
    origin = one_of(rng, names.origin_share[side])
    shown = gender if gender in {"f", "m"} else rng.choice("fm")
    if origin != HOME:
        foreign = names.international[origin]
        own = [one.name for one in names.surnames if one.origin == origin] + foreign.extra_surnames
        return rng.choice(foreign.f if shown == "f" else foreign.m), rng.choice(own)
    given = [(one.name, one.w) for one in getattr(names, side)[shown]]
    first, last = weighted(rng, given), _surname(rng)
    if happens(rng, names.second_first_name_share):
        first = f"{first} {weighted(rng, [one for one in given if one[0] != first])}"
    if happens(rng, names.double_surname_share):
        last = f"{last} {_surname(rng)}"
    return first, last


def _surname(rng: Random) -> str:
    names = taxonomy().names
    counted = [(one.name, one.count_milan_2012) for one in names.surnames if one.origin == HOME]
    return weighted(rng, counted + [(name, names.surnames_extra_weight) for name in names.surnames_extra])
