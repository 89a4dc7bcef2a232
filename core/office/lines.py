"""What an act changed, field by field, with names in place of numbers, and without what the reader may not see."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from core.accounts.models import Account
from core.accounts.rules import Actor, Right
from core.edition.models import Edition
from core.intake.models import Application
from core.matching.models import Pair, Publication
from core.messages.models import Message
from core.people.models import Person
from core.speeddate.models import Ballot, Veto
from core.store.images import Image, about, columns, phase_of, references, tables, typed
from core.store.table import Personal, table_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlmodel import Session

    from core.store.audit import AuditChange
    from core.store.table import Table

UNSAID = frozenset({"id", "version", "edition_id", "mail_key", "search_key"})
"""Numbers of rows and keys of a search say nothing to people; the act itself names its edition."""
OF_PEOPLE = frozenset({Personal.BLANK, Personal.PSEUDONYM})
CONFIDENTIAL = {table_name(Veto): Right.VETOES}
"""Tables of which even the numbers are for those with a right: elsewhere they stand beside names."""
DAY, CLOCK = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d\S*)?"), re.compile(r"\d\d:\d\d:\d\d")

NAMES = {
    table_name(Account): sa.select(col(Account.id), col(Account.name)),
    table_name(Edition): sa.select(col(Edition.id), col(Edition.name)),
    table_name(Publication): sa.select(col(Publication.id), col(Edition.name)).join(Edition),
}
_OF_MENTEE, _OF_MENTOR, _MENTEE, _MENTOR = (
    aliased(Application),
    aliased(Application),
    aliased(Person),
    aliased(Person),
)
_PAIR = sa.select(
    col(Pair.id),
    col(_MENTEE.last_name) + " " + col(_MENTEE.first_name) + " – " + col(_MENTOR.last_name) + " " + _MENTOR.first_name,
)
_PERSON = col(Person.last_name) + " " + col(Person.first_name)
PEOPLE = {
    table_name(Person): sa.select(col(Person.id), _PERSON),
    table_name(Application): sa.select(col(Application.id), _PERSON).select_from(Application).join(Person),
    table_name(Message): sa.select(col(Message.id), _PERSON).select_from(Message).join(Person),
    table_name(Ballot): sa.select(col(Ballot.id), _PERSON).select_from(Ballot).join(Application).join(Person),
    table_name(Pair): _PAIR.select_from(Pair)
    .join(_OF_MENTEE, col(_OF_MENTEE.id) == Pair.mentee_id)
    .join(_OF_MENTOR, col(_OF_MENTOR.id) == Pair.mentor_id)
    .join(_MENTEE, col(_MENTEE.id) == _OF_MENTEE.person_id)
    .join(_MENTOR, col(_MENTOR.id) == _OF_MENTOR.person_id),
}


class Step(StrEnum):
    """What became of a row."""

    MADE = "made"
    CHANGED = "changed"
    DELETED = "deleted"


class Veiled(Enum):
    """Stands for a value that the reader may not see."""

    HIDDEN = "hidden"


class Number(NamedTuple):
    """A row that has no name, or none for this reader."""

    of: int


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a row: `phase` and `table` say of what, `row` names it; a field of a document stands in others."""

    phase: str | None
    table: str
    row: str | Number | Veiled
    step: Step
    field: tuple[str, ...]
    before: object
    after: object


class _Row(NamedTuple):
    table: str
    id: int
    before: Image | None
    after: Image | None

    @property
    def image(self) -> Image:
        return self.after or self.before or {}

    @property
    def step(self) -> Step:
        if self.before is None:
            return Step.MADE
        return Step.DELETED if self.after is None else Step.CHANGED


Names = dict[tuple[str, int], str]


def lines_of(session: Session, changes: Iterable[AuditChange], *, by: Actor) -> list[Line]:
    """Each field that the changes left otherwise than before, row by row; a row that is as before is left out."""
    rows = _net(changes)
    names = _names(session, rows, people=by.may(Right.APPLICANTS))
    return [line for row in rows for line in _lines(row, names, by)]


def _net(changes: Iterable[AuditChange]) -> list[_Row]:
    found: dict[tuple[str, int], _Row] = {}
    for one in changes:
        first = found.get((one.table_name, one.row_id))
        before = first.before if first else one.before
        found[one.table_name, one.row_id] = _Row(one.table_name, one.row_id, before, one.after)
    return [row for row in found.values() if row.before != row.after]


def _names(session: Session, rows: Sequence[_Row], *, people: bool) -> Names:
    """The names of all that the rows are and point to; of people only for those who may read them."""
    wanted: dict[str, set[int]] = {}
    names: Names = {}
    for row in rows:
        names |= _own_name(row, people=people)
        for table, number in _pointed(row):
            wanted.setdefault(table, set()).add(number)
    for table, found in (NAMES | (PEOPLE if people else {})).items():
        if ids := wanted.get(table):
            there = session.connection().execute(found.where(found.selected_columns[0].in_(ids)))
            names |= {(table, number or 0): name.strip() for number, name in there}
    return names


def _pointed(row: _Row) -> Iterator[tuple[str, int]]:
    """The row itself, and what it points to now and before."""
    yield row.table, row.id
    for reference in references(tables()[row.table]) if row.table in tables() else ():
        for image in (row.before, row.after):
            if image is not None and image.get(reference.column) is not None:
                yield reference.table, image[reference.column]


def _own_name(row: _Row, *, people: bool) -> Names:
    """The name that the row's own image holds: for what exists no longer."""
    image = row.image
    if row.table in NAMES and "name" in image:
        return {(row.table, row.id): image["name"]}
    if row.table == table_name(Person) and people and image:
        return {(row.table, row.id): f"{image['last_name']} {image['first_name']}".strip()}
    return {}


def _lines(row: _Row, names: Names, by: Actor) -> Iterator[Line]:
    kind = tables().get(row.table)
    if kind is None:
        yield Line(None, row.table, Number(row.id), row.step, (), Veiled.HIDDEN, Veiled.HIDDEN)
        return
    numbers = row.table not in CONFIDENTIAL or by.may(CONFIDENTIAL[row.table])
    line = Line(phase_of(kind), row.table, _label(kind, row, names) if numbers else Veiled.HIDDEN, row.step, (), 0, 0)
    before, after = (typed(kind, image or {}) for image in (row.before, row.after))
    for column in columns(kind).columns:
        was, now = (_unless_empty(values.get(column.name)) for values in (before, after))
        if was == now or column.name in _unsaid(kind, row.step):
            continue
        if _veiled(column, by) or (column.foreign_keys and not numbers):
            was, now = (None if value is None else Veiled.HIDDEN for value in (was, now))
        for key in column.foreign_keys:
            was, now = (_named(key.column.table.name, value, names) for value in (was, now))
        yield from _fields(replace(line, field=(column.name,), before=was, after=now))


def _fields(line: Line) -> Iterator[Line]:
    """A document is told by its own fields, all else as it is."""
    was, now = line.before, line.after
    if not (isinstance(was, dict) or isinstance(now, dict)):
        yield replace(line, before=_read(was), after=_read(now))
        return
    old = cast("Image", was) if isinstance(was, dict) else {}
    new = cast("Image", now) if isinstance(now, dict) else {}
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            path = (*(one for one in line.field if one != "document"), name)
            yield from _fields(replace(line, field=path, before=old.get(name), after=new.get(name)))


def _unsaid(kind: type[Table], step: Step) -> frozenset[str]:
    """What a made or deleted row is about stands in its name already."""
    subject = about(kind)
    return UNSAID if subject is None or step is Step.CHANGED else UNSAID | {subject.column}


def _veiled(column: sa.Column[Any], by: Actor) -> bool:
    hidden = column.info.get("personal") in OF_PEOPLE and not by.may(Right.APPLICANTS)
    return hidden or bool(column.info.get("secret"))


def _label(kind: type[Table], row: _Row, names: Names) -> str | Number:
    """The row's own name, else that of what it is about, else that of its edition or account."""
    subject = about(kind)
    above = [subject] if subject else references(kind)
    ways = [(row.table, row.id), *((one.table, cast("int", row.image.get(one.column) or 0)) for one in above)]
    named = next((names[way] for way in ways if way in names), None)
    return named or Number(ways[-1][1] if subject and row.table not in PEOPLE else row.id)


def _unless_empty(value: object) -> object:
    return None if value in (None, "", [], {}) else value


def _named(table: str, value: object, names: Names) -> object:
    if isinstance(value, int):
        return names.get((table, value), Number(value))
    return value


def _read(value: object) -> object:
    """Days and times of a document out of their letters."""
    if isinstance(value, list):
        return [_read(item) for item in cast("list[object]", value)]
    if isinstance(value, str) and DAY.fullmatch(value):
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return time.fromisoformat(value) if isinstance(value, str) and CLOCK.fullmatch(value) else value
