"""What the demo edition is drawn from: data/demo/taxonomy.json, read into types. Fields carry the file's names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, TypeAdapter

from core.demo.spreads import Distributions, Shares  # noqa: TC001 - fields are read when the programme runs
from core.learning.rules import Draft

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = Path(__file__).parents[2] / "data" / "demo" / "taxonomy.json"


@dataclass(frozen=True, slots=True)
class Programme:
    """A degree programme; `level` is L, LM or LMCU."""

    name: str
    level: str
    faculty: str
    weight: float
    code: Annotated[str | None, Field(alias="class")] = None


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector of work, who goes there, and what they become."""

    id: str
    it: str
    en: str
    weight: float
    faculties: list[str]
    roles_by_seniority: list[str]


@dataclass(frozen=True, slots=True)
class Employers:
    """The two halves of invented names; `b` by sector."""

    a: list[str]
    b: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class FirstName:
    """A first name and how often it is drawn."""

    name: str
    w: float


@dataclass(frozen=True, slots=True)
class Surname:
    """A surname and how many people in Milan bear it."""

    name: str
    count_milan_2012: float
    origin: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """Names of one origin."""

    f: list[str]
    m: list[str]
    extra_surnames: list[str]


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Full names that are, or may be taken for, well-known persons."""

    names: list[str]


@dataclass(frozen=True, slots=True)
class Names:
    """Names by side and gender, by origin, and what is never drawn."""

    mentee: dict[str, list[FirstName]]
    mentor: dict[str, list[FirstName]]
    surnames: list[Surname]
    surnames_extra_weight: float
    surnames_extra: list[str]
    origin_share: dict[str, Shares]
    international: dict[str, Foreign]
    never_these_full_names: Forbidden
    second_first_name_share: float
    double_surname_share: float


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension of the self-assessment with its items, Italian and English."""

    id: str
    items: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Languages:
    """How well mentees know English, and which other languages there are."""

    english: Shares
    other: list[str]


@dataclass(frozen=True, slots=True)
class Fragments:
    """What motivation texts are made of."""

    opener: list[str]
    reason: list[str]
    goal: list[str]
    fear: list[str]
    close: list[str]
    weak: list[str]


@dataclass(frozen=True, slots=True)
class MotivationFragments:
    """Fragments in both languages."""

    it: Fragments
    en: Fragments


@dataclass(frozen=True, slots=True)
class Places:
    """Where people live and work."""

    mentor_work_city: list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Topics:
    """What pairs talk about, Italian and English."""

    meeting_agenda: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """The whole file."""

    degree_programmes: list[Programme]
    sectors: list[Sector]
    fictional_employers: Employers
    places: Places
    languages: Languages
    names: Names
    distributions: Distributions
    self_assessment: dict[str, list[Dimension] | str]
    motivation_fragments: MotivationFragments
    topics: Topics

    @property
    def offered(self) -> tuple[str, ...]:
        """The sectors as the form offers them."""
        return tuple(one.it for one in self.sectors)

    def items(self, side: str) -> list[str]:
        """The questions of a side's self-assessment, in their order."""
        dimensions = self.self_assessment[side]
        return [item[0] for one in dimensions if isinstance(one, Dimension) for item in one.items]


@cache
def taxonomy() -> Taxonomy:
    """The file that ships with the programme."""
    told: Mapping[str, object] = json.loads(FILE.read_text(encoding="utf-8"))
    return TypeAdapter(Taxonomy).validate_python(told)


@cache
def mentor_fragments() -> MotivationFragments:
    """What mentors' motivations are made of; it ships beside the taxonomy."""
    told = json.loads(FILE.with_name("mentor_motivation.json").read_text(encoding="utf-8"))
    return TypeAdapter(MotivationFragments).validate_python(told)


def resources() -> tuple[Draft, ...]:
    """What the demo's self-learning area offers, in its order."""
    told = json.loads(FILE.with_name("resources.json").read_text(encoding="utf-8"))
    return TypeAdapter(tuple[Draft, ...]).validate_python(told)
