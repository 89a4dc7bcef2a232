"""What comes in through an open socket: from staff as long as their session lives, from strangers not too much."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from streamlit.proto.AuthRedirect_pb2 import AuthRedirect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from core.accounts import door
from core.store import clock, database
from core.store.errors import Refused
from pages.door import limits
from pages.door.identity import actor_behind

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Send

    from core.accounts.rules import Actor

SESSION_ENDED, TOO_BIG, TRY_LATER, POLICY = 4401, 1009, 1013, 1008
LOAD_AGAIN = ForwardMsg(auth_redirect=AuthRedirect(url="")).SerializeToString()
"""Sends the browser to the empty address, which is the page that it shows."""
SILENCE = 30.0
"""Seconds after which a silent socket is asked again whether its session still lives."""
LONG_AGO = datetime.min.replace(tzinfo=UTC)
_touched: dict[int, datetime] = {}


@dataclass(slots=True)
class Visitor:
    """Who stands behind a socket: the cookies it came with, the staff that they name, what it has sent."""

    jar: dict[str, str]
    actor: Actor | None
    messages: int = 0

    def refusal(self, message: Message) -> int | None:
        """The code to close with instead of taking this message in; None when all is well."""
        if self.actor is not None:
            return None if actor_behind(self.jar) else SESSION_ENDED
        self.messages += 1
        size = len(message.get("bytes") or b"") + len(message.get("text") or "")
        return TOO_BIG if size > limits.GUEST_MESSAGE or self.messages > limits.GUEST_MESSAGES else None


def watched(visitor: Visitor, receive: Receive, send: Send) -> Receive:
    """Receive from this socket, and close it when its session ends, silent or not."""
    waiting: asyncio.Task[Message] | None = None

    async def receive_watched() -> Message:
        nonlocal waiting
        waiting = waiting or asyncio.ensure_future(_once(receive))
        while not (await asyncio.wait({waiting}, timeout=SILENCE))[0]:
            if visitor.actor and actor_behind(visitor.jar) is None:
                waiting.cancel()
                return await _closed(send, SESSION_ENDED)
        message, waiting = waiting.result(), None
        if message["type"] != "websocket.receive":
            return message
        code = visitor.refusal(message)
        if code is not None:
            return await _closed(send, code)
        if visitor.actor:
            await _touch(visitor.actor.session_id or 0)
        return message

    return receive_watched


async def refuse(receive: Receive, send: Send, code: int) -> None:
    """Let a socket not even open."""
    await receive()
    await send({"type": "websocket.close", "code": code})


async def _once(receive: Receive) -> Message:
    return await receive()


async def _closed(send: Send, code: int) -> Message:
    """Close the socket, and tell the application that it is closed.

    A page whose session has ended is told to load again: it meets the sign-in form at its own address.
    """
    if code == SESSION_ENDED:
        await send({"type": "websocket.send", "bytes": LOAD_AGAIN})
    await send({"type": "websocket.close", "code": code})
    return {"type": "websocket.disconnect", "code": code}


async def _touch(session_id: int) -> None:
    """Note that the session is in use, when the last note has grown old."""
    at = clock.now()
    if at - _touched.get(session_id, LONG_AGO) > door.TOUCH:
        _touched[session_id] = at
        await run_in_threadpool(_note_use, session_id, at)


def _note_use(session_id: int, at: datetime) -> None:
    """On a full disk it is not noted, and people read on."""
    with suppress(Refused), database.writing() as session:
        door.touch(session, session_id=session_id, at=at)
