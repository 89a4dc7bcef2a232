"""The addresses of the light pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from core.people.links import PLACES
from core.people.rules import Purpose
from pages.door.paths import PHONE, STYLE
from pages.participants import calendar, consent, contact, event, phone, place, programme, showing, training
from pages.participants.opening import opening

if TYPE_CHECKING:
    from pages.participants.opening import Act, Show

BOTH = ["GET", "POST"]


def _below(purpose: Purpose, path: str, show: Show, act: Act | None = None, methods: list[str] | None = None) -> Route:
    methods = methods or (BOTH if act else ["GET"])
    return Route(f"{PLACES[purpose]}{{token}}{path}", opening(purpose, show, act), methods=methods)


ROUTES = [
    _below(Purpose.PROGRAMME, "", programme.show),
    _below(Purpose.PROGRAMME, "/place", place.show, place.act),
    _below(Purpose.PROGRAMME, "/place/decline", place.show_decline),
    _below(Purpose.PROGRAMME, "/training", training.show, training.act),
    _below(Purpose.PROGRAMME, "/event", event.show, event.act),
    _below(Purpose.PROGRAMME, "/contact", contact.show, contact.act),
    _below(Purpose.PROGRAMME, "/consent", consent.show, consent.act),
    _below(Purpose.PROGRAMME, "/calendar", calendar.show, calendar.act),
    _below(Purpose.PROGRAMME, "/language", programme.show, programme.choose_language, ["POST"]),
    _below(Purpose.CONSENT, "", consent.show_lasting, consent.act),
    _below(Purpose.CONSENT, "/language", consent.show_lasting, programme.choose_language, ["POST"]),
    _below(Purpose.CALENDAR, calendar.ENDING, calendar.feed),
    Route(PHONE, phone.show),
    Route(STYLE, showing.style),
]
