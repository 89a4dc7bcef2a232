"""From a link to a page: whose it is, looked up in the transaction that it is for, and a sentence in any case."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from core.language.text import Language
from core.people.links import PLACES, opened_by
from core.store import clock, database, log
from core.store.errors import Refused, Told
from pages.door import visitors
from pages.door.forms import form_of
from pages.door.paths import outward
from pages.participants import knocks, showing
from pages.participants.asked import GONE, Asked, status_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from sqlmodel import Session
    from starlette.requests import Request

    from core.people.rules import Purpose

    Show = Callable[[Asked], Response]
    Act = Callable[[Asked], str]
    Endpoint = Callable[[Request], Awaitable[Response]]

WANTED = re.compile(r"\b(it|en)(?:-\w+)?\s*(?:;\s*q=([01](?:\.\d{1,3})?))?\s*(?:,|$)")
LONGEST_FORM = 16 * 1024
TOO_OFTEN, TROUBLE, SEE_OTHER = 429, 500, 303


class LinkDead(Exception):
    """The link opens nothing now: inside a transaction it ends that, so that nothing is done."""


def opening(purpose: Purpose, show: Show, act: Act | None = None) -> Endpoint:
    """What answers at an address with a token of this purpose: `act` does what a form asks, `show` shows.

    Both run in the thread pool; an act's transaction begins with the look at the link, so that a link that has just
    been revoked does nothing. An act returns where to go on.
    """

    async def endpoint(request: Request) -> Response:
        form = await form_of(request, longest=LONGEST_FORM) if request.method == "POST" else {}
        return await run_in_threadpool(_answered, request, form, purpose, show, act)

    return endpoint


def preferred(header: str) -> Language | None:
    """Which of our languages a browser likes best (Accept-Language); None when it names none of them."""
    wanted = [(float(weight or 1), name) for name, weight in WANTED.findall(header.lower())]
    best = max(wanted, key=lambda one: one[0], default=(0, ""))
    return Language(best[1]) if best[0] else None


def _answered(request: Request, form: dict[str, str], purpose: Purpose, show: Show, act: Act | None) -> Response:
    try:
        return _opened(request, form, purpose, show, act)
    except LinkDead:
        return _dead(visitors.address_of(request.scope), clock.now())
    except Refused as refusal:
        return showing.for_anybody(refusal, status=status_of(refusal))
    except Exception as error:  # noqa: BLE001 - whatever it is: no trace for the reader, a code for the log
        return showing.for_anybody(Told("store.trouble", {"code": log.report(error)}), status=TROUBLE)


def _opened(request: Request, form: dict[str, str], purpose: Purpose, show: Show, act: Act | None) -> Response:
    at = clock.now()
    if knocks.WRONG_LINKS.often(visitors.address_of(request.scope), at) >= knocks.FLOOD:
        return _wait(knocks.WRONG_WITHIN.seconds)
    refusal: Refused | None = None
    with database.reading() as session:
        asked = _asked(session, request, form, purpose, at)
        if knocks.VISITS.count(asked.address, at) > knocks.OF_LINK:
            return _wait(knocks.OF_LINK_WITHIN.seconds)
        if act is None or request.method != "POST":
            return show(asked)
    try:
        with database.writing() as session:
            target = act(_asked(session, request, form, purpose, at))
        return RedirectResponse(target, status_code=SEE_OTHER)
    except Refused as error:
        refusal = error
    with database.reading() as session:
        return show(replace(_asked(session, request, form, purpose, at), refusal=refusal))


def _asked(session: Session, request: Request, form: dict[str, str], purpose: Purpose, at: datetime) -> Asked:
    token = request.path_params["token"]
    visit = opened_by(session, token, purpose, database.current().config.secret(), at=at)
    if visit is None:
        raise LinkDead
    said = None if visit.chosen else preferred(request.headers.get("accept-language", ""))
    address = outward(PLACES[purpose] + token)
    return Asked(session, visit, at, said or visit.language, address, form, dict(request.query_params))


def _dead(address: str, at: datetime) -> Response:
    """The same for a link that is guessed, replaced or too old; whoever tries many is told to wait."""
    if knocks.WRONG_LINKS.count(address, at) > knocks.WRONG:
        return _wait(knocks.WRONG_WITHIN.seconds)
    contact = showing.contact()
    key = "people.mine.dead_write_to" if contact else "people.mine.dead"
    return showing.for_anybody(Told(key, {"contact": contact} if contact else {}), status=GONE)


def _wait(seconds: int) -> Response:
    return showing.for_anybody(Told("people.mine.too_often", {"n": seconds // 60}), status=TOO_OFTEN, wait=seconds)
