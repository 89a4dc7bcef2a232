"""Visits by personal links: the gate and the light routes as a browser meets them, without a browser."""

from __future__ import annotations

import asyncio
import html
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware

from core.accounts.rules import SYSTEM
from core.edition import actions as editions
from core.edition.queries import settings_with_version
from core.intake.models import Application
from core.people.links import PLACES, link_of, token_of
from core.people.rules import Purpose
from core.selection.rules import Settings as SelectionRules
from core.speeddate.rules import Settings as EventRules
from core.store import clock, database
from core.training.rules import Session as TrainingSession
from core.training.rules import Settings as TrainingRules
from pages.door.gate import Gate
from pages.participants.routes import ROUTES
from tests.make import AT, writing

if TYPE_CHECKING:
    from core.edition.queries import Defaults

HOST = "127.0.0.1:8501"
APP = Starlette(routes=ROUTES, middleware=[Middleware(Gate)])
LAST_DAY = date(2026, 10, 10)
FIRST_DATE, SECOND_DATE = AT + timedelta(days=5), AT + timedelta(days=9)


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back."""

    status: int
    headers: Headers
    body: bytes

    @property
    def source(self) -> str:
        """The page as it came."""
        return self.body.decode()

    @property
    def text(self) -> str:
        """The page with its entities as people read them."""
        return html.unescape(self.source)


def ask(
    method: str, target: str, form: dict[str, str] | bytes | None = None, *, address: str = "10.0.0.1", **headers: str
) -> Answered:
    """One request through the gate; what `form` holds is posted as a browser does from a page with no-referrer."""
    body = form if isinstance(form, bytes) else urlencode(form or {}).encode()
    usual = {"host": HOST} | ({"origin": "null", "sec-fetch-site": "same-origin"} if method == "POST" else {})
    named = usual | {name.replace("_", "-"): value for name, value in headers.items()}
    parts = urlsplit(target)
    scope = {
        "type": "http",
        "method": method,
        "path": parts.path,
        "query_string": parts.query.encode(),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in named.items()],
        "client": (address, 1),
        "app": APP,
    }
    came: list = []

    sent = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, object]:
        return sent.pop() if sent else await asyncio.Future()

    async def send(message) -> None:
        came.append(message)

    asyncio.run(APP(scope, receive, send))
    whole = b"".join(one.get("body", b"") for one in came[1:])
    return Answered(came[0]["status"], Headers(raw=came[0]["headers"]), whole)


def get(target: str, **headers: str) -> Answered:
    """Look at a page."""
    return ask("GET", target, **headers)


def post(target: str, **form: object) -> Answered:
    """Send a form."""
    return ask("POST", target, {name: str(value) for name, value in form.items()})


def followed(answer: Answered) -> str:
    """The page that a form leads to."""
    assert answer.status == 303, answer.text
    return get(answer.headers["location"]).text


def a_link(application: int, purpose: Purpose = Purpose.PROGRAMME, *, until: datetime | None = None) -> str:
    """The path that the person behind an application was given."""
    with writing() as session:
        one = session.get_one(Application, application)
        link = link_of(session, one.person_id, one.edition_id, purpose, until=until)
        return PLACES[purpose] + token_of(link, database.current().config.secret())


def set_rules(edition: int, settings: Defaults) -> None:
    """What a phase says this year."""
    with database.writing() as session:
        _, seen = settings_with_version(session, edition, type(settings), by=SYSTEM)
        editions.save_settings(session, edition_id=edition, settings=settings, seen=seen, by=SYSTEM, at=AT)


def rules_of_the_year(edition: int, *, places: int = 0, day: date | None = date(2026, 10, 20)) -> None:
    """Answers by the last day, two dates for mentees with so many places each, a day for the speed date."""
    set_rules(edition, replaced(SelectionRules.defaults(2026), answer_by=LAST_DAY))
    dates = (TrainingSession(FIRST_DATE, places=places), TrainingSession(SECOND_DATE, places=places))
    set_rules(edition, replaced(TrainingRules.defaults(2026), mentee_sessions=dates))
    set_rules(edition, replaced(EventRules.defaults(2026), day=day))


def replaced(settings, **changes: object):
    """The settings with some of them changed."""
    return type(settings)(**{**{name: getattr(settings, name) for name in settings.__slots__}, **changes})


def later(days: float) -> None:
    """So much time passes."""
    clock.use(lambda: AT + timedelta(days=days))
