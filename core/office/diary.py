"""The dates of people in an edition: training, speed date, and the meetings that they have had, as calendar files.

Not guarded: the query that serves somebody's own calendar is, and so are those that prepare letters.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import Session, col, select

from core.accounts.rules import SYSTEM
from core.edition.models import Edition, PhaseSettings
from core.edition.queries import edition, phase_of, settings
from core.language.text import Language, say
from core.mentoring.met import met
from core.mentoring.models import Meeting
from core.messages.calendars import BEGINNING, Entry, calendar_file
from core.messages.rules import Occasion
from core.people.rules import Side
from core.selection.participants import own_participations, participants
from core.speeddate.models import Reply
from core.speeddate.rules import Coming, ballots_open_at
from core.speeddate.rules import Settings as SpeedDate
from core.store.changed import last_changed
from core.store.images import Subject
from core.store.remembered import remembered
from core.store.table import table_name
from core.training.choices import chosen
from core.training.models import DateChoice
from core.training.rules import Settings as Training
from core.training.rules import has_choice

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from core.store.table import Table

SPEED_DATE_MINUTES = 120
"""How long the speed date takes in a calendar: its rules say only when it begins."""


class Kind(StrEnum):
    """What stands in a calendar."""

    TRAINING = "training"
    SPEED_DATE = "speed_date"
    MEETING = "meeting"


OF_OCCASION = {
    Occasion.TRAINING_DATE: Kind.TRAINING,
    Occasion.TRAINING_MENTOR: Kind.TRAINING,
    Occasion.SPEED_DATE: Kind.SPEED_DATE,
}
"""The letters that carry dates."""
SIDES = {Occasion.TRAINING_DATE: (Side.MENTEE,), Occasion.TRAINING_MENTOR: (Side.MENTOR,)}
"""Where a letter goes to one side."""


class Goer(NamedTuple):
    """A participant, and the language in which the dates are called."""

    application_id: int
    person_id: int
    side: Side
    language: Language


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date of somebody, and the rows that make it what it is."""

    goer: Goer
    key: str
    begins: datetime | date
    minutes: int
    title: str
    told: str
    rows: Sequence[Subject]
    place: str = ""


class _Asked(NamedTuple):
    """Whose dates of which edition are asked for; `rows` are those in which the rules of the phases stand."""

    session: Session
    edition_id: int
    goers: Sequence[Goer]
    rows: Mapping[str, Subject]


def goers_of(session: Session, edition_id: int, person_id: int | None, language: Language) -> list[Goer]:
    """As what a person takes part: on one side, on both, or not at all."""
    own = own_participations(session, edition_id, person_id)
    return [Goer(application, person_id or 0, side, language) for application, side in own]


def calendars(
    session: Session, edition_id: int, goers: Sequence[Goer], kinds: Collection[Kind] = tuple(Kind)
) -> dict[int, bytes]:
    """The calendar of each person who has a date of these kinds; the number of statements is that of the kinds."""
    asked = _Asked(session, edition_id, goers, _rules_rows(session, edition_id))
    found = [one for kind in kinds for one in FINDERS[kind](asked)]
    changed = last_changed(session, {row for one in found for row in one.rows})
    entries: defaultdict[tuple[int, Language], dict[str, Entry]] = defaultdict(dict)
    for one in found:
        at = max((changed[row] for row in one.rows if row in changed), default=BEGINNING)
        entry = Entry(one.key, one.begins, one.minutes, one.title, one.told, at, one.place)
        entries[one.goer.person_id, one.goer.language].setdefault(one.key, entry)
    year = edition(session, edition_id, by=SYSTEM).name
    return {
        person: calendar_file(
            list(of.values()), name=say("office.diary.name", language, edition=year), language=language
        )
        for (person, language), of in entries.items()
    }


def empty_calendar(session: Session, edition_id: int, language: Language) -> bytes:
    """A calendar without dates: one that asks again later finds them."""
    year = edition(session, edition_id, by=SYSTEM).name
    return calendar_file([], name=say("office.diary.name", language, edition=year), language=language)


def calendar_texts(
    session: Session, edition_id: int, occasion: Occasion, languages: Mapping[int, Language]
) -> Mapping[int, str]:
    """What the letters of this occasion carry, by person, of those whose language is given; nothing without a date."""
    if occasion not in OF_OCCASION or not languages:
        return {}
    return _texts(session, edition_id, occasion, tuple(sorted(languages.items())))


@remembered
def _texts(
    session: Session, edition_id: int, occasion: Occasion, people: tuple[tuple[int, Language], ...]
) -> Mapping[int, str]:
    """As `calendar_texts`: pages that show letters ask at each rerun, and a hundred files take long to write."""
    languages = dict(people)
    goers = [
        Goer(one.application_id, one.person_id, side, languages[one.person_id])
        for side in SIDES.get(occasion, tuple(Side))
        for one in participants(session, edition_id, side)
        if one.person_id in languages
    ]
    files = calendars(session, edition_id, goers, [OF_OCCASION[occasion]])
    return MappingProxyType({person: file.decode() for person, file in files.items()})


def calendar_text(
    session: Session, edition_id: int, person_id: int, occasion: Occasion, language: Language
) -> str | None:
    """What the letter of this occasion to one person carries; None where there is no date for a calendar."""
    return calendar_texts(session, edition_id, occasion, {person_id: language}).get(person_id)


def _training(asked: _Asked) -> Iterator[_Dated]:
    """The sessions of one's own side, or the one that was chosen: it keeps its key whichever it is."""
    rules = settings(asked.session, asked.edition_id, Training, by=SYSTEM)
    held = chosen(asked.session, asked.edition_id)
    for one in asked.goers:
        sessions, choice = rules.of(one.side), held.get(one.application_id)
        chooses = has_choice(one.side, sessions)
        for lesson in sessions:
            if chooses and (choice is None or choice.session != lesson.number):
                continue
            title = say("office.diary.training", one.language)
            key = f"training.{one.application_id}" + ("" if one.side is Side.MENTEE else f".{lesson.number}")
            of_choice = [_row(DateChoice, choice.id)] if chooses and choice else []
            made = [*_rules(asked.rows, Training), *of_choice]
            yield _Dated(one, key, lesson.starts_at, lesson.minutes, title, _told(one), made)


def _speed_date(asked: _Asked) -> Iterator[_Dated]:
    """The day once it is set, of all who have not said that they do not come; once for each person."""
    begins = ballots_open_at(settings(asked.session, asked.edition_id, SpeedDate, by=SYSTEM))
    if begins is None:
        return
    said = select(Reply).where(col(Reply.application_id).in_([one.application_id for one in asked.goers]))
    replies = {one.application_id: one for one in asked.session.exec(said)}
    for one in asked.goers:
        reply = replies.get(one.application_id)
        if reply is not None and reply.coming is Coming.NO:
            continue
        title, key = say("office.diary.speed_date", one.language), f"speeddate.{asked.edition_id}.{one.person_id}"
        told = _told(one) if reply is None else say(f"office.diary.coming_{reply.coming}", one.language)
        made = [*_rules(asked.rows, SpeedDate), *([] if reply is None else [_row(Reply, reply.id)])]
        yield _Dated(one, key, begins, SPEED_DATE_MINUTES, title, told, made)


def _meetings(asked: _Asked) -> Iterator[_Dated]:
    """The meetings that were written down: of them the day is known, and no hour."""
    of = {one.application_id: one for one in asked.goers}
    for one in met(asked.session, of):
        goer = of[one.application_id]
        title = say("office.diary.meeting", goer.language, partner=one.partner)
        told = say("office.diary.meeting_told", goer.language, minutes=one.minutes)
        key, made = f"meeting.{one.meeting_id}.{one.application_id}", [_row(Meeting, one.meeting_id)]
        yield _Dated(goer, key, one.on, one.minutes, title, told, made, one.place or "")


def _told(one: Goer) -> str:
    return f"{say('language.programme', one.language)} · {say('language.university', one.language)}"


def _rules_rows(session: Session, edition_id: int) -> dict[str, Subject]:
    """The rows in which the rules of the phases stand; the edition itself, since its own values hold at first."""
    asked = select(PhaseSettings.phase, PhaseSettings.id).where(PhaseSettings.edition_id == edition_id)
    found = {phase: _row(PhaseSettings, number) for phase, number in session.exec(asked)}
    return {**found, "": _row(Edition, edition_id)}


def _rules(rows: Mapping[str, Subject], kind: type[object]) -> list[Subject]:
    return [rows[name] for name in ("", phase_of(kind)) if name in rows]


def _row(kind: type[Table], number: int | None) -> Subject:
    return Subject(table_name(kind), number or 0)


FINDERS: dict[Kind, Callable[[_Asked], Iterator[_Dated]]] = {
    Kind.TRAINING: _training,
    Kind.SPEED_DATE: _speed_date,
    Kind.MEETING: _meetings,
}
