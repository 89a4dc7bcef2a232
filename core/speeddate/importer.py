"""Ballots from a table: one row a mentee, a column for each choice and one for "rather not".

Nothing is written here: the plan says row by row what taking it over would do.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from core.speeddate.headings import columns_of
from core.speeddate.names import Finder, Listed
from core.speeddate.rules import Wishes
from core.speeddate.typed import Slip, contradiction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.intake.reading import Table
    from core.speeddate.headings import BallotColumns


EMPTY = Wishes()


class Wrong(StrEnum):
    """What keeps a row from being taken over; the sentences are words.toml's `problem`."""

    MENTEE_MISSING = "MENTEE_MISSING"
    MENTEE_UNKNOWN = "MENTEE_UNKNOWN"
    MENTEE_NOT_UNIQUE = "MENTEE_NOT_UNIQUE"
    MENTEE_TWICE = "MENTEE_TWICE"
    MENTOR_UNKNOWN = "MENTOR_UNKNOWN"
    MENTOR_NOT_UNIQUE = "MENTOR_NOT_UNIQUE"
    MENTOR_TWICE = "MENTOR_TWICE"
    WISHED_AND_VETOED = "WISHED_AND_VETOED"
    TOO_MANY = "TOO_MANY"


class State(StrEnum):
    """What taking over would do with a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    BLANK = "blank"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, in which cell of the file."""

    row: int
    column: str
    value: str
    code: Wrong


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file and what it would do; `before` is the ballot that is there now."""

    row: int
    state: State
    name: str
    mentee: int | None = None
    wishes: Wishes = EMPTY
    before: Wishes | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """All rows; only the new and the changed ones are written."""

    lines: tuple[Line, ...]

    @property
    def taken(self) -> tuple[Line, ...]:
        """The rows that would be written."""
        return tuple(line for line in self.lines if line.state in {State.NEW, State.CHANGED})

    @property
    def fingerprint(self) -> int:
        """A number that differs when anything to be written, or to be overwritten, differs."""
        told = repr([(line.mentee, line.wishes, line.before) for line in self.taken])
        return int.from_bytes(hashlib.sha256(told.encode()).digest()[:6], "big")


@dataclass(frozen=True, slots=True)
class Programme:
    """Whom the rows may name, what is on the ballots now, and how many mentors a ballot may hold (0: any)."""

    mentees: Sequence[Listed]
    mentors: Sequence[Listed]
    ballots: Mapping[int, Wishes]
    most: int


def plan(table: Table, programme: Programme) -> Plan:
    """What each row would do; raises `NoBallotColumns` when the headings name no mentee or no choice."""
    reader = _Reader(table, columns_of(table.headings), programme)
    return Plan(tuple(reader.line(number) for number in range(1, len(table.rows) + 1)))


class _Trouble(Exception):
    """Ends the reading of one row."""

    def __init__(self, column: int, value: str, code: Wrong) -> None:
        super().__init__(code)
        self.column, self.value, self.code = column, value, code


class _Reader:
    """Reads the rows one after another; remembers whose ballot it has seen, and where."""

    def __init__(self, table: Table, columns: BallotColumns, programme: Programme) -> None:
        self._table, self._columns, self._programme = table, columns, programme
        self._mentees = Finder(programme.mentees)
        self._mentors = Finder(programme.mentors)
        self._names = {one.application_id: one.listed for one in programme.mentees}
        self._seen: dict[int, int] = {}

    def line(self, number: int) -> Line:
        """What one row would do."""
        row, cells = self._table.line(number), [str(cell).strip() for cell in self._table.rows[number - 1]]
        called = next((cells[at] for at in self._columns.mentee if cells[at]), "")
        if not any(cells[at] for at in (*self._columns.choices, *self._columns.vetoes)):
            return Line(row, State.BLANK, called)
        try:
            mentee = self._mentee(cells, row)
            wishes = self._wishes(cells, self._programme.ballots.get(mentee))
        except _Trouble as trouble:
            problem = Problem(row, self._table.headings[trouble.column], trouble.value, trouble.code)
            return Line(row, State.PROBLEM, called, problem=problem)
        before = self._programme.ballots.get(mentee)
        state = State.NEW if before is None else State.UNCHANGED if before == wishes else State.CHANGED
        return Line(row, state, self._names[mentee], mentee, wishes, before)

    def _mentee(self, cells: Sequence[str], row: int) -> int:
        filled = [at for at in self._columns.mentee if cells[at]]
        if not filled:
            raise _Trouble(self._columns.mentee[0], "", Wrong.MENTEE_MISSING)
        found = self._mentees.find(cells[filled[0]])
        if len(found) != 1:
            wrong = Wrong.MENTEE_NOT_UNIQUE if found else Wrong.MENTEE_UNKNOWN
            raise _Trouble(filled[0], cells[filled[0]], wrong)
        (mentee,) = found
        if self._seen.setdefault(mentee, row) != row:
            raise _Trouble(filled[0], cells[filled[0]], Wrong.MENTEE_TWICE)
        return mentee

    def _wishes(self, cells: Sequence[str], before: Wishes | None) -> Wishes:
        groups = [(at, self._group(cells[at], at)) for at in self._columns.choices if cells[at]]
        vetoes = [mentor for at in self._columns.vetoes for mentor in self._group(cells[at], at)]
        if not self._columns.vetoes and before is not None:
            vetoes = list(before.vetoes)
        wishes = Wishes(tuple(tuple(sorted(group)) for _, group in groups), tuple(sorted(vetoes)))
        wrong = contradiction(wishes, most=self._programme.most)
        if wrong is None:
            return wishes
        slip, mentor = wrong
        where = next((at for at, group in reversed(groups) if mentor in group or slip is Slip.TOO_MANY), None)
        at = where if where is not None else self._columns.vetoes[0]
        raise _Trouble(at, cells[at], Wrong(slip.value))

    def _group(self, cell: str, at: int) -> list[int]:
        group: list[int] = []
        for text in (part.strip() for part in cell.replace("=", ";").replace("\n", ";").split(";")):
            found = self._mentors.find(text) if text else frozenset[int]()
            if text and len(found) != 1:
                raise _Trouble(at, text, Wrong.MENTOR_NOT_UNIQUE if found else Wrong.MENTOR_UNKNOWN)
            group.extend(found)
        return group
