"""From a link to a page: whose it is, looked up in the transaction that it is for, and a sentence in any case."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from core.accounts.rules import SYSTEM
from core.edition import queries as editions
from core.language.format import written
from core.language.text import Language, say, sentence
from core.people.links import PLACES, Visit, opened_by
from core.people.rules import NothingChosen, Purpose
from core.store import clock, database, log
from core.store.clock import ROME
from core.store.errors import NoSpace, NotFound, Refused, StoreBusy, StoreClosing, Told
from pages.door import visitors
from pages.door.forms import form_of
from pages.door.paths import outward
from pages.participants import knocks, showing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import date, datetime
    from enum import StrEnum

    from sqlmodel import Session
    from starlette.requests import Request

    from core.edition.queries import EditionSummary
    from pages.participants.cards import Question

    Show = Callable[["Asked"], Response]
    Act = Callable[["Asked"], str]
    Endpoint = Callable[[Request], Awaitable[Response]]

E = TypeVar("E", bound="StrEnum")
NUMBER = re.compile(r"[0-9]{1,9}")
WANTED = re.compile(r"\b(it|en)(?:-\w+)?\s*(?:;\s*q=([01](?:\.\d{1,3})?))?\s*(?:,|$)")
LONGEST_FORM = 16 * 1024
GONE, CONFLICT, TOO_OFTEN, NOT_NOW, TROUBLE, SEE_OTHER = 404, 409, 429, 503, 500, 303


class LinkDead(Exception):
    """The link opens nothing now: inside a transaction it ends that, so that nothing is done."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request by a link that opens: who, in which transaction, with what in its form and address."""

    session: Session
    visit: Visit
    at: datetime
    language: Language
    address: str
    """Of the link's own first page, as the browser must ask for it."""
    form: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    refusal: Refused | None = None
    """Why what was asked for before was not done."""

    @property
    def today(self) -> date:
        """The day in Rome."""
        return self.at.astimezone(ROME).date()

    @property
    def edition(self) -> EditionSummary:
        """The edition that the link belongs to."""
        return editions.edition(self.session, self.visit.edition_id, by=SYSTEM)

    def t(self, key: str, **values: object) -> str:
        """A text in the reader's language."""
        return say(key, self.language, **values)

    def number(self, name: str) -> int:
        """A number of the form; raises `NotFound` for what is none."""
        said = self.form.get(name, "")
        if not NUMBER.fullmatch(said):
            raise NotFound
        return int(said)

    def choice(self, name: str, kind: type[E]) -> E:
        """One of the answers that there are; raises `NothingChosen`."""
        said = self.form.get(name)
        if said not in set(kind):
            raise NothingChosen
        return kind(said)

    def moment(self, value: datetime) -> str:
        """A moment in Rome, in words."""
        return written(value, self.language.tongue)

    def questions(self, matter: str, title: str, questions: Sequence[Question]) -> Response:
        """The page of a matter; its forms come back to the matter's own address."""
        post = f"{self.address}/{matter}"
        return self.page("question.html", title=title, questions=questions, matter=matter, post=post)

    def page(self, template: str, **shown: object) -> Response:
        """A page of this link; above it why something was not done."""
        refused = self.refusal and sentence(self.refusal, self.language)
        status = status_of(self.refusal) if self.refusal else 200
        common = {"address": self.address, "refused": refused, "receipt": [], "back": self.address, "matter": ""}
        return showing.page(template, self.language, status=status, **{**common, **shown})


def opening(purpose: Purpose, show: Show, act: Act | None = None) -> Endpoint:
    """What answers at an address with a token of this purpose: `act` does what a form asks, `show` shows.

    Both run in the thread pool; an act's transaction begins with the look at the link, so that a link that has just
    been revoked does nothing. An act returns where to go on.
    """

    async def endpoint(request: Request) -> Response:
        form = await form_of(request, longest=LONGEST_FORM) if request.method == "POST" else {}
        return await run_in_threadpool(_answered, request, form, purpose, show, act)

    return endpoint


def status_of(refusal: Refused) -> int:
    """The status of a page that says this."""
    if isinstance(refusal, NoSpace | StoreBusy | StoreClosing):
        return NOT_NOW
    return GONE if isinstance(refusal, NotFound) else CONFLICT


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
