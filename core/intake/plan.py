"""What taking over a file would do, row by row, before anything is written."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from core.accounts.rules import mail_key
from core.intake.answers import Answers, answers_of
from core.intake.reading.problems import Code
from core.intake.reading.results import Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.intake.reading.results import Row


class Step(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    ERROR = "error"


class Why(StrEnum):
    """Why a good row is left out."""

    LATER_ANSWER = "later_answer"
    OLDER_THAN_KEPT = "older_than_kept"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Existing:
    """An application that is there already, with the facts that an import may change."""

    application_id: int
    version: int
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One field that would change."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of the file and what taking it over would do."""

    row: Row
    step: Step
    answers: Answers
    changes: tuple[Change, ...] = ()
    why: Why | None = None
    application_id: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """All rows of a file, in its order."""

    rows: tuple[PlannedRow, ...]

    @property
    def counts(self) -> dict[Step, int]:
        """How many rows each step has."""
        found = Counter(row.step for row in self.rows)
        return {step: found[step] for step in Step}

    @property
    def to_take(self) -> tuple[PlannedRow, ...]:
        """The rows that would write something."""
        return tuple(row for row in self.rows if row.step in (Step.NEW, Step.UPDATE))

    @property
    def digest(self) -> str:
        """Two plans with one digest do the same."""
        shown = [(row.step, row.answers, row.changes, row.application_id) for row in self.rows]
        return hashlib.sha256(repr(shown).encode()).hexdigest()


def planned(rows: Sequence[Row], existing: Mapping[str, Existing]) -> Plan:
    """The plan for these rows over what exists (by the key of the mail address)."""
    return Plan(tuple(_planned(row, existing) for row in rows))


def _planned(row: Row, existing: Mapping[str, Existing]) -> PlannedRow:
    answers = answers_of(row.values)
    if row.status is Status.SKIP:
        return PlannedRow(row, Step.SKIPPED, answers)
    if row.status is Status.ERROR:
        return PlannedRow(row, Step.ERROR, answers)
    if row.superseded_by is not None:
        return PlannedRow(row, Step.SKIPPED, answers, why=Why.LATER_ANSWER)
    if any(problem.code is Code.TEST_ROW for problem in row.problems):
        return PlannedRow(row, Step.SKIPPED, answers, why=Why.TEST)
    there = existing.get(mail_key(answers.mail))
    return PlannedRow(row, Step.NEW, answers) if there is None else _compared(row, answers, there)


def _compared(row: Row, answers: Answers, there: Existing) -> PlannedRow:
    kept, given = there.facts.get("submitted_at"), answers.facts.get("submitted_at")
    if isinstance(kept, datetime) and isinstance(given, datetime) and given < kept:
        return PlannedRow(row, Step.SKIPPED, answers, why=Why.OLDER_THAN_KEPT, application_id=there.application_id)
    offered = {"first_name": answers.first_name, "last_name": answers.last_name, **answers.facts}
    if answers.phone:
        offered["phone"] = answers.phone
    changes = tuple(
        Change(name, there.facts.get(name), value) for name, value in offered.items() if there.facts.get(name) != value
    )
    step = Step.UPDATE if changes else Step.UNCHANGED
    return PlannedRow(row, step, answers, changes, application_id=there.application_id)
