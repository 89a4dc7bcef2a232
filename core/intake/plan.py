"""What taking over a file would do, row by row, before anything is written."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
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
    """A person who is known already, with the facts that an import may change.

    The application is the one in this edition and on this side, if there is one; `newest` is when the person
    last applied anywhere: who a person is, only a newer answer may change.
    """

    facts: Mapping[str, Any]
    application_id: int | None = None
    newest: datetime | None = None


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
    given = answers.facts.get("submitted_at")
    older = isinstance(given, datetime) and there.newest is not None and given < there.newest
    if older:
        answers = replace(answers, first_name=there.facts["first_name"], last_name=there.facts["last_name"], phone=None)
    if there.application_id is None:
        return PlannedRow(row, Step.NEW, answers, _changes(answers, there, ("first_name", "last_name", "phone")))
    kept = there.facts.get("submitted_at")
    if isinstance(kept, datetime) and isinstance(given, datetime) and given < kept:
        return PlannedRow(row, Step.SKIPPED, answers, why=Why.OLDER_THAN_KEPT, application_id=there.application_id)
    changes = _changes(answers, there, ("first_name", "last_name", "phone", *answers.facts))
    step = Step.UPDATE if changes else Step.UNCHANGED
    return PlannedRow(row, step, answers, changes, application_id=there.application_id)


def _changes(answers: Answers, there: Existing, fields: tuple[str, ...]) -> tuple[Change, ...]:
    """What the answers change among these fields; what was left open changes nothing."""
    given = {
        "first_name": answers.first_name,
        "last_name": answers.last_name,
        "phone": answers.phone or there.facts.get("phone"),
        **answers.facts,
    }
    return tuple(
        Change(name, there.facts.get(name), given[name]) for name in fields if there.facts.get(name) != given[name]
    )
