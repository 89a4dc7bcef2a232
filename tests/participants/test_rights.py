"""What a personal link may ask the core for: the own, of the own person, and nothing else."""

from __future__ import annotations

import importlib
import inspect

import pytest
from sqlmodel import select

from core import PHASES
from core.accounts.guard import CALLS, Call
from core.accounts.rules import Actor, ActorKind, Right
from core.intake.models import Application
from core.people.rules import Side
from core.speeddate.rules import Coming
from core.store import database
from core.store.audit import AuditEntry
from core.store.errors import NotAllowed, NotFound
from tests.make import AT, a_participant, an_edition
from tests.participants.visits import rules_of_the_year

for phase in PHASES:
    for part in ("queries", "actions"):
        importlib.import_module(f"core.{phase}.{part}") if importlib.util.find_spec(f"core.{phase}.{part}") else None

ANSWERS = {"accepted": True, "number": 1, "coming": Coming.NO}
OWN_APPLICATION = [
    call
    for call in CALLS
    if call.right is Right.OWN and "application_id" in inspect.signature(call.function).parameters
]


def named(call: Call) -> str:
    return call.name


def guarded(call: Call):
    module = importlib.import_module(call.function.__module__)
    return getattr(module, call.function.__name__)


def link_of_person(application: int) -> Actor:
    with database.reading() as session:
        person = session.get_one(Application, application).person_id
    return Actor(ActorKind.LINK, "Anna Bianchi", person_id=person)


def test_each_answer_is_among_them() -> None:
    assert {call.name for call in OWN_APPLICATION} >= {
        "selection.answer_place",
        "training.choose_date",
        "speeddate.reply",
    }


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("call", OWN_APPLICATION, ids=named)
def test_nobody_answers_for_another(call: Call) -> None:
    edition = an_edition()
    rules_of_the_year(edition)
    mine, foreign = (a_participant(edition, Side.MENTEE) for _ in range(2))
    wanted = inspect.signature(call.function).parameters
    answer = {name: value for name, value in ANSWERS.items() if name in wanted}
    before = entries()
    for person_id in (link_of_person(mine).person_id, None, 0, 999):
        by = Actor(ActorKind.LINK, "Anna Bianchi", person_id=person_id)
        with pytest.raises(NotFound), database.writing() as session:
            guarded(call)(session, edition_id=edition, application_id=foreign, by=by, at=AT, **answer)
    assert entries() == before


@pytest.mark.parametrize("call", [call for call in CALLS if call.right is not Right.OWN], ids=named)
def test_a_link_asks_for_nothing_of_the_staffs(call: Call) -> None:
    by = Actor(ActorKind.LINK, "Anna Bianchi", person_id=1)
    with pytest.raises(NotAllowed):
        guarded(call)(None, by=by, at=AT)


def entries() -> int:
    with database.reading() as session:
        return len(session.exec(select(AuditEntry)).all())
