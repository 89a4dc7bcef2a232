"""Whatever an act does to any table: taken back, the store is as it was."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sqlmodel import col, select

from core.accounts.models import Account, RoleHolding
from core.edition.models import Edition, Passed, PhaseSettings
from core.edition.rules import Milestone
from core.intake.models import Application
from core.intake.reading.fields import Level, Mode
from core.language.text import Language
from core.learning.models import Resource
from core.learning.rules import Audience
from core.matching.models import Lock, Pair, Publication
from core.matching.rules import LockKind, Policy
from core.mentoring.models import Meeting
from core.mentoring.rules import Way
from core.messages.models import Message, MessageText, Template
from core.messages.rules import MessageState
from core.people.models import Consent, ContactChange, History, Person, PersonalLink
from core.people.rules import ConsentKind, Purpose, Result, Side
from core.selection.models import Decision, PlaceAnswer, Review
from core.selection.rules import Outcome
from core.speeddate.models import Ballot, CheckIn, Choice, MentorNumber, Reply, Veto
from core.speeddate.rules import Coming
from core.store import database
from core.store.audit import AuditEntry
from core.store.config import Config
from core.store.images import references, tables
from core.store.table import table_name
from core.store.undo import NothingLeft
from core.training.models import Attendance, DateChoice
from tests.make import AT, a_store, let_go, writing
from tests.store.ground import MESSAGE, RESOURCE, TEMPLATE, ground
from tests.store.images import AUDITED, imaged, last_entry, replayed, stored, take_back

if TYPE_CHECKING:
    from sqlmodel import Session


ROME = ZoneInfo("Europe/Rome")
texts = some.text(some.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
moments = some.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=some.sampled_from([UTC, ROME]))  # noqa: DTZ001 - the strategy adds the zone
days = some.dates(date(2000, 1, 1), date(2030, 1, 1))
documents = some.dictionaries(texts, some.none() | some.booleans() | some.integers(-9, 9) | some.floats(-1, 1) | texts)


def maybe(values: some.SearchStrategy) -> some.SearchStrategy:
    return some.none() | values


FACTS: dict[type, dict[str, some.SearchStrategy]] = {
    Edition: {"year": some.integers(2000, 2100)},
    PhaseSettings: {"document": documents},
    Passed: {"at": moments},
    Person: {"first_name": texts, "last_name": texts.map("x{}".format), "phone": maybe(texts), "search_key": texts},
    Application: {
        "submitted_at": maybe(moments),
        "withdrawn_at": maybe(moments),
        "graduation_date": maybe(days),
        "consent": some.booleans(),
        "level": maybe(some.sampled_from(Level)),
        "mode": maybe(some.sampled_from(Mode)),
        "mean_30": maybe(some.floats(18, 30)),
        "cfu": maybe(some.integers(0, 400)),
        "sectors": some.lists(texts, max_size=3),
        "self_assessment": some.dictionaries(texts, some.integers(1, 5), max_size=3),
        "motivation": maybe(texts),
    },
    Decision: {"outcome": some.sampled_from(Outcome), "reason": texts.map("x{}".format), "decided_at": moments},
    Review: {"points": some.integers(1, 5), "note": maybe(texts), "given_at": moments},
    Ballot: {"choices": texts, "entered_at": moments},
    Choice: {"rank": some.integers(1, 99)},
    Veto: {},
    MentorNumber: {},
    Lock: {"kind": some.sampled_from(LockKind), "made_at": moments},
    Publication: {"policy": some.sampled_from(Policy), "profile": some.lists(some.integers(0, 9), max_size=4)},
    Pair: {"rank": maybe(some.integers(1, 99))},
    History: {"meetings": some.integers(0, 9), "certificate": some.booleans()},
    Consent: {"given_at": moments, "withdrawn_at": maybe(moments)},
    Resource: {"title_it": texts.map("x{}".format), "audience": some.sampled_from(Audience), "shown": some.booleans()},
    Attendance: {},
    CheckIn: {"at": moments},
    Meeting: {"minutes": some.integers(5, 600), "way": some.sampled_from(Way), "note": maybe(texts), "held_on": days},
    Account: {"language": some.sampled_from(Language), "active": some.booleans(), "link_until": maybe(moments)},
    RoleHolding: {},
    Template: {"subject": texts, "body": texts},
    Message: {"state": some.sampled_from([MessageState.DRAFT]), "trouble": maybe(texts), "tries": some.integers(0, 9)},
    MessageText: {"subject": texts, "body": texts},
    PersonalLink: {"generation": some.integers(1, 9), "until": maybe(moments)},
    ContactChange: {"first_name": texts, "phone": maybe(texts)},
    PlaceAnswer: {"accepted": some.booleans(), "answered_at": moments},
    DateChoice: {"session": some.integers(1, 9), "wants": maybe(some.integers(1, 9))},
    Reply: {"coming": some.sampled_from(Coming), "answered_at": moments},
}


def test_the_property_knows_every_table() -> None:
    assert set(FACTS) == set(AUDITED.values())


def people(session: Session, side: Side) -> list[Application]:
    return list(session.exec(select(Application).where(Application.side == side).order_by(col(Application.id))))


def a_new(kind: type, session: Session, facts: dict[str, object]) -> object:
    """A row of its own kind with these facts, on a person and an edition of its own."""
    number = (session.connection().exec_driver_sql("SELECT max(id) FROM person").scalar() or 0) + 1
    mail = f"new{number}@x.example"
    edition = Edition(name=f"new {number}", year=2026)
    person = Person(first_name="", last_name="New", mail=mail, mail_key=mail, search_key="new")
    session.add_all([edition, person])
    session.flush()
    empty = {"sectors": [], "languages": [], "self_assessment": {}}
    application = Application(edition_id=edition.id, person_id=person.id, side=Side.MENTEE, **empty)
    session.add(application)
    session.flush()
    mentor = people(session, Side.MENTOR)[0].id
    here, mentee = {"edition_id": edition.id}, {"mentee_id": application.id}
    applied, theirs = {"application_id": application.id}, {"person_id": person.id}
    owned: dict[type, dict[str, object]] = {
        PhaseSettings: {**here, "phase": "intake"},
        Passed: {**here, "milestone": Milestone.PAIRS_PUBLISHED},
        Decision: {"application_id": application.id},
        Review: {"application_id": application.id, "account_id": 1},
        Ballot: mentee,
        MentorNumber: {**here, "mentor_id": application.id, "number": 1},
        Lock: {**here, **mentee, "mentor_id": mentor},
        Publication: {**here, "seed": 1, "unlisted": 0, "unmatched": 0, "inputs": "x" * 64, "published_at": AT},
        History: {**here, "person_id": person.id, "side": Side.MENTOR, "result": Result.SELECTED},
        Consent: {"person_id": person.id, "kind": ConsentKind.ACKNOWLEDGEMENT},
        Resource: {**here, **RESOURCE},
        Attendance: {"application_id": application.id, "session": 2},
        CheckIn: {"application_id": application.id},
        Account: {"name": "New", "mail": mail, "mail_key": mail},
        Template: {**here, **TEMPLATE},
        Message: {**here, **theirs, **MESSAGE},
        PersonalLink: {**here, **theirs, "purpose": Purpose.PROGRAMME},
        ContactChange: {**theirs, "asked_at": AT},
        PlaceAnswer: applied,
        DateChoice: {**applied, "answered_at": AT},
        Reply: applied,
    }
    if kind not in owned:
        return application
    row = kind(**{**owned[kind], **facts})
    session.add(row)
    session.flush()
    return row


@some.composite
def steps(draw) -> tuple[type, str, int, dict[str, object]]:
    kind = draw(some.sampled_from(list(FACTS)))
    what = draw(some.sampled_from(["make", "change", "delete"]))
    return kind, what, draw(some.integers(0, 5)), {name: draw(values) for name, values in FACTS[kind].items()}


def perform(session: Session, step: tuple[type, str, int, dict[str, object]]) -> None:
    """One step of an act: what the store does not allow is passed over, as an action would refuse it."""
    kind, what, which, facts = step
    if what == "make":
        a_new(kind, session, facts)
        return
    rows = session.exec(select(kind).order_by(kind.id)).all()
    if not rows:
        return
    row = rows[which % len(rows)]
    if what == "change":
        for name, value in facts.items():
            setattr(row, name, value)
    elif not pointed_to(session, row):
        session.delete(row)
    session.flush()


def pointed_to(session: Session, row) -> bool:
    for name in tables():
        for reference in references(tables()[name]):
            if reference.table == table_name(type(row)):
                asked = f"SELECT 1 FROM {name} WHERE {reference.column} = {row.id}"
                if session.connection().exec_driver_sql(asked).first():
                    return True
    return isinstance(row, Account)


@pytest.fixture(scope="module")
def grounded(tmp_path_factory) -> Path:
    """The file of a store that holds a row of each table."""
    a_store(folder := tmp_path_factory.mktemp("ground"))
    ground()
    let_go()
    return folder / "mentoring.db"


@pytest.mark.slow
@settings(max_examples=40)
@given(acts=some.lists(some.lists(steps(), min_size=1, max_size=6), min_size=1, max_size=3))
def test_acts_taken_back_from_the_last_to_the_first_leave_the_store_as_it_was(grounded: Path, acts) -> None:
    with TemporaryDirectory() as folder:
        shutil.copy(grounded, folder)
        database.use(database.Store(Config(data=Path(folder))))
        began, before = last_entry(), stored()
        for act in acts:
            with writing("test.act") as session:
                for step in act:
                    perform(session, step)
        with database.reading() as session:
            entries = session.exec(select(AuditEntry.id).where(col(AuditEntry.id) > began)).all()
        for entry in reversed(entries):
            with suppress(NothingLeft):
                take_back(entry)
        after, record, rows = stored(), replayed(), imaged()
        database.use(None)
    assert after == before
    assert record == rows
