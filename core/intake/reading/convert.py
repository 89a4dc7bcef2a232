"""How is each column read? One strict reader for each kind of answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as having
from functools import partial

from core.intake.reading import choices, contacts, dates, degree_classes, numbers, texts
from core.intake.reading.fields import Cell, DateOrder, Field, Kind, Limits, Options
from core.intake.reading.problems import Code, Flaw, Found

# No answer of these kinds is longer; what is longer is not searched through.
LONGEST = 300
LONGER: Mapping[Kind, int] = {
    Kind.LONG_TEXT: texts.LONG,
    Kind.CONSENT: 5_000,
    Kind.CHOICES: 5_000,
    Kind.LINK: 2_000,
    Kind.MAIL: 1_000,
    Kind.LANGUAGES: 1_000,
}

Reader = Callable[[str], Found]
PLAIN: Mapping[Kind, Reader] = {
    Kind.TEXT: texts.short_text,
    Kind.LONG_TEXT: texts.long_text,
    Kind.IDENTIFIER: texts.identifier,
    Kind.NAME: texts.name,
    Kind.MAIL: contacts.mail,
    Kind.PHONE: contacts.phone,
    Kind.LINK: contacts.link,
    Kind.LINKEDIN: contacts.linkedin,
    Kind.LEVEL: choices.level,
    Kind.MODE: choices.mode,
    Kind.CONSENT: choices.consent,
    Kind.LANGUAGES: choices.languages,
    Kind.CLASS_CODE: degree_classes.class_code,
    Kind.MEAN: numbers.mean,
    Kind.FINAL_MARK: numbers.final_mark,
    Kind.YEAR: numbers.year,
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for the whole file: the order of dates, the offered options, the accepted ranges."""

    date_order: DateOrder | None = None
    options: Options = having(default_factory=dict[str, tuple[str, ...]])
    limits: Limits = having(default_factory=Limits)
    cut_at_semicolons: frozenset[str] = frozenset()
    swapped: frozenset[str] = frozenset()


def reader_of(field: Field, terms: Terms) -> Callable[[Cell], Found]:
    """Give the function that reads the non-empty cells of a field."""
    if field.kind is Kind.MOMENT:
        return partial(_moment, order=terms.date_order, swapped=field.name in terms.swapped)
    return partial(
        _checked, read=PLAIN.get(field.kind) or _bound(field, terms), longest=LONGER.get(field.kind, LONGEST)
    )


def _bound(field: Field, terms: Terms) -> Reader:
    options, limits = terms.options.get(field.name, ()), terms.limits
    bound: Mapping[Kind, Reader] = {
        Kind.CHOICE: partial(choices.choice, options=options),
        Kind.CHOICES: partial(
            choices.choices, options=options, cut_at_semicolons=field.name in terms.cut_at_semicolons
        ),
        Kind.CREDITS: partial(numbers.university_credits, limits=limits.credits),
        Kind.YEARS: partial(numbers.years, limits=limits.years),
        Kind.CAPACITY: partial(numbers.capacity, limits=limits.capacity),
        Kind.SCALE: partial(numbers.scale, limits=limits.self_assessment),
    }
    return bound[field.kind]


def _moment(cell: Cell, order: DateOrder | None, *, swapped: bool) -> Found:
    if isinstance(cell, str) and len(cell) > LONGEST:
        return _flawed(Code.DATE_UNREADABLE)
    if swapped and not isinstance(cell, str) and cell.day != cell.month:
        return Found(cell, (Flaw(Code.DATE_MAY_BE_SWAPPED),))
    return dates.read_date(cell, order)


def _checked(cell: Cell, read: Reader, longest: int) -> Found:
    if not isinstance(cell, str):
        return _flawed(Code.EXCEL_DATE)
    if len(cell) > longest:
        return Found(None, (Flaw(Code.TEXT_TOO_LONG, {"limit": longest}),))
    if texts.EXCEL_ERROR.fullmatch(cell):
        return _flawed(Code.EXCEL_ERROR)
    return read(cell)


def _flawed(code: Code) -> Found:
    return Found(None, (Flaw(code),))
