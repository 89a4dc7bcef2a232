"""Who answered twice? The later answer of a person counts; one mail with two names is asked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from core.accounts.rules import mail_key
from core.intake.reading.dates import as_moment
from core.intake.reading.form import EMAIL, FULL_NAME, LAST_NAME, NAMES, STUDENT_ID, SUBMITTED
from core.intake.reading.problems import Code, Problem, Severity
from core.intake.reading.results import Row, Status
from core.people.names import search_key

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

Marks = dict[int, list[Problem]]


def with_duplicates(rows: Sequence[Row], columns: Mapping[str, str]) -> list[Row]:
    """Mark what stands twice in a file: mails, and names or matricole under different mails.

    `columns` gives the heading of each field.
    """
    marks: Marks = defaultdict(list)
    later: dict[int, int] = {}
    mark = _marker(marks, columns)
    for group in _groups(rows, lambda row: mail_key(_text(row, EMAIL.name) or "") or None):
        if any(not _may_be_one(one, other) for one, other in combinations(group, 2)):
            mark(group, EMAIL.name, Code.EMAIL_SHARED, Severity.ERROR)
            continue
        *earlier, last = _by_time(group)
        later.update((row.number, last.number) for row in earlier)
        mark([last], EMAIL.name, Code.DUPLICATE_EMAIL, Severity.WARNING, earlier)
        mark(earlier, EMAIL.name, Code.SUPERSEDED_BY_ROW, Severity.NOTE, [last])
    name = FULL_NAME.name if FULL_NAME.name in columns else LAST_NAME.name
    for group in _under_several_mails(rows, lambda row: frozenset(name_words(row)) or None):
        mark(group, name, Code.DUPLICATE_NAME, Severity.WARNING)
    for group in _under_several_mails(rows, lambda row: _text(row, STUDENT_ID.name)):
        mark(group, STUDENT_ID.name, Code.DUPLICATE_STUDENT_ID, Severity.WARNING)
    return [
        replace(with_problems(row, marks[row.number]), superseded_by=later.get(row.number))
        if row.number in marks
        else row
        for row in rows
    ]


def name_words(row: Row) -> set[str]:
    """Give the words of a row's name, however accents and case are written."""
    parts = [row.values.get(name) for name in NAMES]
    return {word for part in parts if isinstance(part, str) for word in search_key(part).split()}


def status_of(problems: Sequence[Problem]) -> Status:
    """Say what becomes of a row: what its worst problem asks for."""
    severities = {problem.severity for problem in problems}
    if Severity.ERROR in severities:
        return Status.ERROR
    return Status.WARNING if Severity.WARNING in severities else Status.OK


def with_problems(row: Row, problems: Sequence[Problem]) -> Row:
    """Add problems to a row."""
    together = (*row.problems, *problems)
    return replace(row, problems=together, status=status_of(together))


def _marker(marks: Marks, columns: Mapping[str, str]) -> Callable[..., None]:
    """Give the function that writes a problem to each row of a group, naming the others."""

    def mark(
        group: Sequence[Row], field: str, code: Code, severity: Severity, others: Sequence[Row] | None = None
    ) -> None:
        for row in group:
            named = [other.number for other in (group if others is None else others) if other is not row]
            column = columns.get(field, "")
            params = {"other": named[0] if len(named) == 1 else ", ".join(map(str, named))}
            marks[row.number].append(
                Problem(row.number, column, field, code, row.raw.get(column, ""), severity, params)
            )

    return mark


def _groups(rows: Sequence[Row], key: Callable[[Row], Hashable]) -> Iterator[list[Row]]:
    """Give the rows that share a key, two or more; rows left out and rows without the key stand alone."""
    groups: dict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        if row.status is not Status.SKIP and (shared := key(row)) is not None:
            groups[shared].append(row)
    return (group for group in groups.values() if len(group) > 1)


def _under_several_mails(rows: Sequence[Row], key: Callable[[Row], Hashable]) -> Iterator[list[Row]]:
    return (group for group in _groups(rows, key) if len({_text(row, EMAIL.name) for row in group}) > 1)


def _text(row: Row, field: str) -> str | None:
    value = row.values.get(field)
    return value if isinstance(value, str) else None


def _may_be_one(one: Row, other: Row) -> bool:
    """Whether two names may be one person's: "Chiara De Luca" and "Maria Chiara De Luca"."""
    words, others = name_words(one), name_words(other)
    return words <= others or others <= words


def _by_time(group: Sequence[Row]) -> list[Row]:
    """Sort by the moment of sending when all rows have one, else as the file does."""
    moments = {row.number: as_moment(sent) for row in group if isinstance(sent := row.values.get(SUBMITTED.name), date)}
    if len(moments) < len(group):
        return sorted(group, key=lambda row: row.number)
    return sorted(group, key=lambda row: (moments[row.number], row.number))
