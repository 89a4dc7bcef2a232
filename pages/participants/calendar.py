"""How do your dates come into your own calendar? By a link of its own, which the calendar asks again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from core.office import queries as office
from core.people import actions, queries
from core.people.links import PLACES, address_of, reachable, token_of
from core.people.rules import Purpose
from core.store import database
from pages.door.paths import outward
from pages.participants.cards import Answer, Card, Question, State

if TYPE_CHECKING:
    from core.people.models import PersonalLink
    from pages.participants.asked import Asked

MATTER = "calendar"
ENDING = ".ics"


def cards(asked: Asked) -> list[Card]:
    """One card that leads there."""
    title, told = asked.t("people.mine.calendar.title"), asked.t("people.mine.calendar.lead")
    return [Card(MATTER, State.INFO, title, (told,), "/calendar", asked.t("people.mine.calendar.add"))]


def show(asked: Asked) -> Response:
    """The calendar's link, when there is one; else the button that makes it."""
    link = queries.my_calendar(asked.session, asked.visit.edition_id, by=asked.visit.by)
    told = (asked.t("people.mine.calendar.lead"),)
    if link is None:
        answers = (Answer(asked.t("people.mine.calendar.make"), {"calendar": "make"}, strong=True),)
    else:
        answers = _addresses(asked, link)
        told = (*told, asked.t("people.mine.calendar.keep"))
    return asked.questions(MATTER, asked.t("people.mine.calendar.title"), [Question("", told, answers)])


def act(asked: Asked) -> str:
    """Make the link; refused where the programme has no address that a calendar could ask."""
    reachable(database.current().config)
    actions.open_calendar(asked.session, edition_id=asked.visit.edition_id, by=asked.visit.by, at=asked.at)
    return f"{asked.address}/calendar"


def feed(asked: Asked) -> Response:
    """The dates themselves."""
    dates = office.calendar_of(
        asked.session,
        edition_id=asked.visit.edition_id,
        at=asked.at,
        language=asked.language,
        by=asked.visit.by,
    )
    return Response(dates, media_type="text/calendar")


def _addresses(asked: Asked, link: PersonalLink) -> tuple[Answer, ...]:
    """Where a calendar follows the dates, and where they are fetched once."""
    settings = database.current().config
    file = outward(PLACES[Purpose.CALENDAR]) + token_of(link, settings.secret()) + ENDING
    once = Answer(asked.t("people.mine.calendar.once"), href=file)
    if not settings.public_url:
        return (once,)
    _, _, rest = address_of(link, settings).partition("://")
    return Answer(asked.t("people.mine.calendar.follow"), href=f"webcal://{rest}{ENDING}", strong=True), once
