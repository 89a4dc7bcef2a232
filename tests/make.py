"""Builders: a store, staff, an edition, applicants, and a page opened by somebody."""

from __future__ import annotations

import itertools
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlmodel import select
from streamlit.testing.v1 import AppTest

from core import schema
from core.accounts import actions as accounts
from core.accounts import door
from core.accounts.models import SignIn
from core.accounts.rules import SYSTEM, Actor, Role
from core.edition import actions as editions
from core.edition.models import Passed
from core.edition.rules import Milestone
from core.intake.models import Application
from core.language.text import Language
from core.matching.models import Pair, Publication
from core.matching.rules import Policy
from core.mentoring.models import Meeting
from core.mentoring.rules import Way
from core.messages.models import Message, MessageText
from core.messages.rules import Channel, MessageState, Occasion
from core.people.actions import know
from core.selection.models import Decision
from core.selection.rules import Outcome
from core.store import audit, clock, database
from core.store.config import Config
from pages.shared import memory
from pages.shared.registry import HOME, ROOT, page_of

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from sqlmodel import Session

    from core.people.rules import Side

AT = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
"""When everything in the tests happens, unless a test says otherwise."""
PASSWORD = "una frase lunga davvero"
_numbers = itertools.count(1)


def a_store(folder: Path, *, public_url: str = "") -> database.Store:
    """An empty store in use, at the moment AT."""
    clock.use(lambda: AT)
    store = schema.open_store(Config(data=folder, bcrypt_rounds=4, public_url=public_url))
    database.use(store)
    return store


def let_go() -> None:
    """No store in use any more, and the system's clock again."""
    database.use(None)
    clock.use(None)


@contextmanager
def writing(act: str = "test.arrange") -> Generator[Session]:
    """A transaction in which a test arranges rows that no action makes."""
    with database.writing() as session:
        audit.name_act(session, act, actor="test", account_id=None, at=AT, edition_id=None)
        yield session


def staff(*roles: Role, name: str = "Anna Bianchi", language: Language = Language.ITALIAN) -> Actor:
    """A signed-in member of staff with these roles (admin and coordinator when none is named)."""
    number, now = next(_numbers), clock.now()
    with database.writing() as session:
        account = accounts.add_account(
            session,
            name=name,
            mail=f"staff{number}@unimi.example",
            password=PASSWORD,
            roles=frozenset(roles or (Role.ADMIN, Role.COORDINATOR)),
            rounds=4,
            language=language,
            by=SYSTEM,
            at=AT,
        )
        signed_in = SignIn(
            account_id=account, cookie_hash=f"hash {number}", begun_at=now, seen_at=now, browser="", address=""
        )
        session.add(signed_in)
        session.flush()
        actor = door.actor_of(session, session_id=signed_in.id or 0, at=now)
    assert actor is not None
    return actor


def an_edition(year: int = 2026, name: str = "2026/27") -> int:
    """An edition with the programme's own values."""
    with database.writing() as session:
        return editions.create(session, name=name, year=year, by=SYSTEM, at=AT)


def an_applicant(edition_id: int, side: Side, *, name: str = "", mail: str = "", **facts: Any) -> int:
    """An application as an import would leave it; returns its number. `name` is "First Last"."""
    number = next(_numbers)
    first, _, last = (name or f"Nome{number} Cognome{number}").partition(" ")
    with writing() as session:
        person = know(
            session,
            first_name=first,
            last_name=last,
            mail=mail or f"person{number}@studenti.unimi.example",
            phone=None,
            by=SYSTEM,
            at=AT,
        )
        usual = {"consent": True, "sectors": [], "languages": [], "self_assessment": {}, "submitted_at": AT}
        application = Application(edition_id=edition_id, person_id=person, side=side, **{**usual, **facts})
        session.add(application)
        session.flush()
        assert application.id is not None
        return application.id


def open_page(
    url: str, actor: Actor, *, language: Language = Language.ITALIAN, edition: int | None = None, asked: str = ""
) -> AppTest:
    """The page as this person sees it through the dashboard, run once; the person's roles must include it.

    `asked` is the year that the address gives for the edition.
    """
    test = _ready(ROOT / "pages" / "dashboard.py", actor, language, edition)
    if asked:
        test.query_params["edition"] = asked
    test.run()
    page = page_of(url)
    return test if page is HOME else test.switch_page(str(page.path)).run()


def open_script(url: str, actor: Actor | None) -> AppTest:
    """The page's script run by itself, past the navigation, as somebody would who knows where it lies."""
    return _ready(page_of(url).path, actor, Language.ITALIAN, None).run()


def _ready(script: Path, actor: Actor | None, language: Language, edition: int | None) -> AppTest:
    test = AppTest.from_file(str(script), default_timeout=20)
    if actor is not None:
        test.user = {"session": str(actor.session_id)}
    test.session_state[memory.LANGUAGE] = language
    if edition is not None:
        test.session_state[memory.EDITION] = edition
    return test


def a_participant(edition_id: int, side: Side, *, name: str = "", mail: str = "", **facts: Any) -> int:
    """An applicant who was selected; returns the application's number."""
    application = an_applicant(edition_id, side, name=name, mail=mail, **facts)
    with writing() as session:
        session.add(
            Decision(application_id=application, outcome=Outcome.SELECTED, reason="in graduatoria", decided_at=AT)
        )
    return application


def a_pair(edition_id: int, mentee: int, mentor: int, *, at: datetime = AT) -> int:
    """A published pair of two participants; returns its number."""
    with writing() as session:
        made = session.exec(select(Publication).where(Publication.edition_id == edition_id)).first()
        if made is None:
            how: dict[str, Any] = {"policy": Policy.GREEDY_GENEROUS, "seed": 1, "profile": [1], "inputs": "0" * 64}
            made = Publication(edition_id=edition_id, unlisted=0, unmatched=0, published_at=at, **how)
            session.add(made)
            session.add(Passed(edition_id=edition_id, milestone=Milestone.PAIRS_PUBLISHED, at=at))
            session.flush()
        pair = Pair(publication_id=made.id or 0, mentee_id=mentee, mentor_id=mentor, rank=1)
        session.add(pair)
        session.flush()
        assert pair.id is not None
        return pair.id


def met(pair: int, on: date, *, minutes: int = 90, way: Way = Way.ONLINE) -> int:
    """A meeting of a pair; returns its number."""
    with writing() as session:
        meeting = Meeting(pair_id=pair, held_on=on, minutes=minutes, way=way, entered_at=AT)
        session.add(meeting)
        session.flush()
        assert meeting.id is not None
        return meeting.id


def a_message(
    edition_id: int,
    *,
    name: str = "",
    mail: str = "",
    state: MessageState = MessageState.DRAFT,
    subject: str = "Esito della selezione",
    body: str = "Gentile collega,\n\nil suo posto: [[programme]]\n",
    calendar: str | None = None,
    **facts: Any,
) -> int:
    """A message to a new person, as prepared or as far as `state`; returns its number. `name` is "First Last"."""
    number = next(_numbers)
    spoken, address = name or f"Nome{number} Cognome{number}", mail or f"person{number}@studenti.unimi.example"
    first, _, last = spoken.partition(" ")
    known: dict[str, Any] = {"first_name": first, "last_name": last, "mail": address, "phone": None}
    gone = state in (MessageState.SENT, MessageState.RETURNED)
    usual: dict[str, Any] = {
        "occasion": Occasion.SELECTED_MENTEE,
        "about": "",
        "language": Language.ITALIAN,
        "prepared_at": AT,
        "approved_at": None if state is MessageState.DRAFT else AT,
        "sent_at": AT if gone else None,
        "channel": Channel.MAIL if gone else None,
    }
    with writing() as session:
        person = facts.pop("person_id", None) or know(session, **known, by=SYSTEM, at=AT)
        here = {"edition_id": edition_id, "person_id": person, "name": spoken, "mail": address, "state": state}
        message = Message(**here, **{**usual, **facts})
        session.add(message)
        session.flush()
        session.add(MessageText(message_id=message.id or 0, subject=subject, body=body, calendar=calendar))
        assert message.id is not None
        return message.id


def reachable(**settings: Any) -> Config:
    """The store in use belongs to an installation with an address, and whatever else is set for it."""
    store = database.current()
    store.config = replace(store.config, **{"public_url": "https://mentoring.example", **settings})
    return store.config
