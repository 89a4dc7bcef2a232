"""The values of the fields: those that everybody of an occasion shares, those of one person, each in words."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, cast

from core.edition import queries as editions
from core.intake.rules import Settings as Intake
from core.language.format import written
from core.language.text import say
from core.mentoring.rules import Settings as Mentoring
from core.messages.fields import OFFERED, Field
from core.messages.rules import Occasion
from core.office.audiences.answers import chosen_sessions
from core.office.audiences.outcomes import following_edition
from core.people.rules import Side
from core.selection.rules import Settings as Selection
from core.speeddate.rules import Settings as SpeedDate
from core.speeddate.rules import ballots_close_at
from core.store.clock import ROME
from core.training.rules import Settings as Training

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.language.text import Language
    from core.office.audiences.sources import Applied, Candidate, Sources

EVE = timedelta(days=1)
DEADLINES = {Occasion.TRAINING_DATE, Occasion.SPEED_DATE}
"""Occasions on which an answer is needed by the day before; who has a place to take has a last day of the own."""


def shared(sources: Sources, occasion: Occasion) -> dict[Field, object]:
    """What a text of this occasion says to everybody; what differs between the sides is not among it."""
    event, months = sources.rules(SpeedDate), sources.rules(Mentoring)
    opens, closes = _next_window(sources) if occasion is Occasion.REAPPLY else (None, None)
    values: dict[Field, object] = {
        Field.EDITION: editions.edition(sources.session, sources.edition_id, by=sources.by).name,
        Field.DEADLINE: _deadline(sources, occasion),
        Field.EVENT_DAY: event.day if _announced(sources, occasion) else None,
        Field.EVENT_TIME: event.starts_at,
        Field.BALLOTS_CLOSE: ballots_close_at(event),
        Field.MEETINGS_LEAST: months.least_meetings,
        Field.FIRST_DAY: months.first_day,
        Field.LAST_DAY: months.last_day,
        Field.APPLICATIONS_OPEN: opens,
        Field.APPLICATIONS_CLOSE: closes,
    }
    return {field: value for field, value in values.items() if field in OFFERED[occasion] and value is not None}


def of_side(sources: Sources, occasion: Occasion) -> dict[Side, dict[Field, object]]:
    """What a text of this occasion says to each side."""
    if Field.TRAINING_DATES not in OFFERED[occasion]:
        return {side: {} for side in Side}
    return {side: {Field.TRAINING_DATES: tuple(sources.to_come(side))} for side in Side}


def of_people(sources: Sources, occasion: Occasion) -> dict[int, dict[Field, object]]:
    """What a text of this occasion says to one person beyond what the candidate brings, by application."""
    if Field.TRAINING_DATE not in OFFERED[occasion]:
        return {}
    starts = {one.number: one.starts_at for one in sources.rules(Training).mentee_sessions}
    chosen = chosen_sessions(sources.session, sources.edition_id)
    return {one: {Field.TRAINING_DATE: starts[number]} for one, number in chosen.items() if number in starts}


def names(one: Applied) -> dict[Field, str]:
    """How a text addresses somebody; who has a single name is addressed by it."""
    return {
        Field.FIRST_NAME: one.first_name or one.spoken,
        Field.LAST_NAME: one.last_name or one.spoken,
        Field.FULL_NAME: one.spoken,
    }


def in_words(values: Mapping[Field, object], language: Language) -> dict[Field, str]:
    """The values as the language writes them; what there is nothing to say of is left out."""
    return {field: _said(value, language) for field, value in values.items() if value not in (None, "", ())}


def signature(language: Language) -> dict[Field, str]:
    """Who signs."""
    return {Field.SIGNATURE: say("messages.signature", language)}


def own(candidate: Candidate, occasion: Occasion) -> dict[Field, object]:
    """What the candidate brings, as far as the occasion offers it."""
    return {field: value for field, value in candidate.own.items() if field in OFFERED[occasion]}


def _said(value: object, language: Language) -> str:
    if isinstance(value, tuple):
        return "\n".join(f"– {written(one, language.tongue)}" for one in cast("tuple[object, ...]", value))
    return f"{value:%H:%M}" if isinstance(value, time) else written(value, language.tongue)


def _announced(sources: Sources, occasion: Occasion) -> bool:
    """A day that is over is not announced any more; who is asked for preferences is told when it was."""
    day = sources.rules(SpeedDate).day
    return occasion is Occasion.BALLOT or (day is not None and day >= sources.today)


def _deadline(sources: Sources, occasion: Occasion) -> date | None:
    if occasion not in DEADLINES:
        last = sources.rules(Selection).answer_by
        return None if last is None or last < sources.today else last
    if occasion is Occasion.SPEED_DATE:
        day = sources.rules(SpeedDate).day
    else:
        day = min((one.astimezone(ROME).date() for one in sources.to_come(Side.MENTEE)), default=None)
    return None if day is None or day - EVE < sources.today else day - EVE


def _next_window(sources: Sources) -> tuple[date, date] | tuple[None, None]:
    """When the next edition takes applications, if there is one."""
    following = following_edition(sources)
    if following is None:
        return None, None
    window = editions.settings(sources.session, following, Intake, by=sources.by)
    return window.opens_on, window.closes_on


def links_end(sources: Sources, *, after: timedelta) -> datetime:
    """The moment at which personal links of the edition end: so long after the last day of the meetings."""
    return datetime.combine(sources.rules(Mentoring).last_day + after, time(23, 59), tzinfo=ROME)
