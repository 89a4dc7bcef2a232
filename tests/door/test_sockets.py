"""A socket that is silent does not outlive its session."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from core.accounts import actions
from core.accounts.rules import Role
from core.store import clock, database
from pages.door import sockets
from pages.door.identity import actor_behind
from pages.door.limits import GUEST_SILENCE, Limits
from tests.door.test_gate import a_cookie
from tests.make import AT, staff


@pytest.mark.usefixtures("store")
def test_a_silent_tab_is_told_to_load_again_when_its_session_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "SILENCE", 0.001)
    jar = {"mentoring": a_cookie()}
    me = actor_behind(jar)
    assert me is not None
    sent: list[dict[str, object]] = []

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    async def silent() -> dict[str, object]:
        await asyncio.Event().wait()
        raise AssertionError

    async def listen() -> object:
        return await sockets.watched(sockets.Visitor(jar, me, "a", Limits()), silent, send)()

    with database.writing() as session:
        actions.end_own_sign_ins(session, by=me, at=AT)
    assert asyncio.run(listen()) == {"type": "websocket.disconnect", "code": 4401}
    assert ForwardMsg.FromString(sent[0]["bytes"]).WhichOneof("type") == "auth_redirect"
    assert sent[1] == {"type": "websocket.close", "code": 4401}


@pytest.mark.usefixtures("store")
def test_what_a_tab_says_comes_through_in_its_order() -> None:
    staff(Role.VIEWER)
    jar = {"mentoring": a_cookie()}
    said = [{"type": "websocket.connect"}, *({"type": "websocket.receive", "bytes": bytes([n])} for n in range(3))]
    waiting = iter(said)

    async def receive() -> dict[str, object]:
        return next(waiting)

    async def send(_message: object) -> None:
        raise AssertionError

    async def listen() -> list[object]:
        heard = sockets.watched(sockets.Visitor(jar, actor_behind(jar), "a", Limits()), receive, send)
        return [await heard() for _ in said]

    assert asyncio.run(listen()) == said


@pytest.mark.usefixtures("store")
def test_a_stranger_who_says_nothing_takes_no_place_for_long() -> None:
    visitor = sockets.Visitor({}, None, "a", Limits())
    assert visitor.silent_too_long() is None
    clock.use(lambda: AT + GUEST_SILENCE + timedelta(seconds=1))
    assert visitor.silent_too_long() == sockets.TRY_LATER
