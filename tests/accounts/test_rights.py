"""Whoever lacks the right, or is signed out, gets nothing from any query or act: asked from the registry."""

from __future__ import annotations

import importlib
import inspect
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import func, select

import core
from core.accounts.guard import CALLS, Call
from core.accounts.models import Account, SignIn
from core.accounts.rules import RIGHTS, SYSTEM, Actor, ActorKind, Right, Role
from core.store import database
from core.store.audit import AuditEntry
from core.store.errors import NotAllowed, SignedOut
from tests.make import AT, staff, writing

CORE = Path(core.__file__).parent
FILES = [
    file
    for name in ("queries", "actions")
    for file in sorted([*CORE.glob(f"*/{name}.py"), *CORE.glob(f"*/{name}/*.py")])
]
MODULES = [
    importlib.import_module(".".join(["core", *file.relative_to(CORE).with_suffix("").parts]).removesuffix(".__init__"))
    for file in FILES
]
GUARDED = {call.function.__wrapped__ if hasattr(call.function, "__wrapped__") else call.function for call in CALLS}


def somebody(*roles: Role) -> Actor:
    return Actor(ActorKind.STAFF, "somebody", account_id=1, session_id=1, roles=frozenset(roles))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_query_and_every_act_asks_for_a_right(module: object) -> None:
    public = [
        function
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_")
        and function.__module__ == module.__name__  # type: ignore[attr-defined]
        and "session" in inspect.signature(function).parameters
    ]
    assert [function.__name__ for function in public if inspect.unwrap(function) not in GUARDED] == []


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_without_the_right_nothing_is_read_or_written(call: Call, role: Role | None) -> None:
    roles = () if role is None else (role,)
    asked = _guarded(call)
    if role in RIGHTS[call.right]:
        with pytest.raises(Exception) as reached:  # noqa: PT011 - the call is let in and finds no store
            asked(None, by=somebody(*roles), at=AT)
        assert not isinstance(reached.value, NotAllowed)
    else:
        with pytest.raises(NotAllowed):
            asked(None, by=somebody(*roles), at=AT)


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
@pytest.mark.parametrize("who", ["stranger", "signed out", "account closed", "made up"])
def test_without_a_session_that_lives_nothing_is_read_or_written(call: Call, who: str) -> None:
    me = staff(*Role)
    session_id = {"stranger": None, "made up": 999}.get(who, me.session_id)
    with writing() as session:
        if who == "signed out":
            session.get_one(SignIn, me.session_id).ended_at = AT
        if who == "account closed":
            session.get_one(Account, me.account_id).active = False
    before = entries()
    refusal = SignedOut if RIGHTS[call.right] else NotAllowed  # what no role includes nobody asks, signed in or not
    with pytest.raises(refusal), database.writing() as session:
        _guarded(call)(session, by=replace(me, session_id=session_id), at=AT)
    assert entries() == before


def entries() -> int:
    with database.reading() as session:
        return session.exec(select(func.count()).select_from(AuditEntry)).one()


def test_every_right_has_a_role_and_every_role_a_right() -> None:
    assert set(RIGHTS) == set(Right)
    assert [right for right, roles in RIGHTS.items() if not roles] == [Right.SEND, Right.OWN]
    assert frozenset().union(*RIGHTS.values()) == frozenset(Role)


def test_only_the_programme_itself_needs_no_role() -> None:
    assert all(SYSTEM.may(right) for right in Right)
    assert not any(somebody().may(right) for right in Right)


def test_a_personal_link_opens_the_own_matters_only() -> None:
    linked = Actor(ActorKind.LINK, "Giulia Rossi", person_id=1)
    assert [right for right in Right if linked.may(right)] == [Right.OWN]


def _guarded(call: Call):
    module = importlib.import_module(call.function.__module__)
    return getattr(module, call.function.__name__)
