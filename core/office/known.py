"""What is known of a person, as the person's page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.people.names import Named

if TYPE_CHECKING:
    from datetime import datetime

    from core.language.text import Language
    from core.office.happened import Happened
    from core.people.queries import Wanted
    from core.people.rules import ConsentKind, Purpose, Result, Side
    from core.selection.rules import Outcome


@dataclass(frozen=True, slots=True)
class Found(Named):
    """Somebody who answers to what was looked for."""

    person_id: int
    first_name: str
    last_name: str
    mail: str


@dataclass(frozen=True, slots=True)
class Part:
    """An application to an edition and what came of it; `result` is what was kept when the edition was closed."""

    edition: str
    side: Side
    outcome: Outcome | None
    withdrawn: bool
    result: Result | None


@dataclass(frozen=True, slots=True)
class Link:
    """A personal link of the edition; without an address of the programme it has none to hand out."""

    purpose: Purpose
    address: str | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Agreed:
    """A consent with the text that was agreed to; nothing where staff wrote it down."""

    kind: ConsentKind
    given_at: datetime
    withdrawn_at: datetime | None
    wording: str | None


@dataclass(frozen=True, slots=True)
class Opened(Named):
    """One person; `here` tells whether the person has applied to the edition, `staff` names accounts by number."""

    person_id: int
    first_name: str
    last_name: str
    mail: str
    phone: str | None
    language: Language | None
    here: bool
    parts: list[Part]
    links: list[Link]
    change: Wanted | None
    consents: list[Agreed]
    lines: list[Happened]
    editions: dict[int, str]
    staff: dict[int, str]
