"""What comes in through an open socket: from staff as long as their session lives, from strangers not too much."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from google.protobuf.message import DecodeError
from starlette.concurrency import run_in_threadpool
from streamlit.proto.AuthRedirect_pb2 import AuthRedirect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from core.accounts import door
from core.store import clock, database
from core.store.errors import Refused
from pages.door import limits
from pages.door.identity import actor_behind

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Send

    from core.accounts.rules import Actor
    from pages.door.limits import Limits

SESSION_ENDED, TOO_BIG, TRY_LATER, POLICY = 4401, 1009, 1013, 1008
ENDED = "ended"
LOAD_AGAIN = ForwardMsg(auth_redirect=AuthRedirect(url=f"?{ENDED}=1")).SerializeToString()
"""Sends the browser to the page that it shows, where the sign-in form then says that the session has ended."""
GUESTS_SAY = frozenset({"rerun_script", "stop_script", "load_git_info", "app_heartbeat"})
"""What a stranger's page has to say; no clearing of what is kept for all, no file, no work of the server's."""
SILENCE = 30.0
"""Seconds after which a silent socket is asked again whether its session still lives."""
LONG_AGO = datetime.min.replace(tzinfo=UTC)
_noted: dict[int, datetime] = {}
"""When the use of a session was last noted; only on the event loop."""


@dataclass(slots=True)
class Visitor:
    """Who stands behind a socket: the cookies it came with, the staff that they name, where it came from."""

    jar: dict[str, str]
    actor: Actor | None
    address: str
    limits: Limits
    heard: datetime = field(default_factory=clock.now)

    def refusal(self, message: Message) -> int | None:
        """The code to close with instead of taking this message in; None when all is well."""
        self.heard = clock.now()
        if self.actor is not None:
            return None if actor_behind(self.jar) else SESSION_ENDED
        if len(message.get("bytes") or b"") + len(message.get("text") or "") > limits.GUEST_MESSAGE:
            return TOO_BIG
        if _kind(message) not in GUESTS_SAY:
            return POLICY
        return None if self.limits.may_speak(self.address, self.heard) else TRY_LATER

    def silent_too_long(self) -> int | None:
        """The code to close a silent socket with: its session has ended, or a stranger only takes a place."""
        if self.actor is not None:
            return None if actor_behind(self.jar) else SESSION_ENDED
        return TRY_LATER if clock.now() - self.heard > limits.GUEST_SILENCE else None


def watched(visitor: Visitor, receive: Receive, send: Send) -> Receive:
    """Receive from this socket, and close it when its session ends, silent or not."""
    waiting: asyncio.Task[Message] | None = None

    async def receive_watched() -> Message:
        nonlocal waiting
        waiting = waiting or asyncio.ensure_future(_once(receive))
        while not (await asyncio.wait({waiting}, timeout=SILENCE))[0]:
            if (code := visitor.silent_too_long()) is not None:
                waiting.cancel()
                return await _closed(send, code)
        message, waiting = waiting.result(), None
        if message["type"] != "websocket.receive":
            return message
        code = visitor.refusal(message)
        if code is not None:
            return await _closed(send, code)
        await _touch(visitor)
        return message

    return receive_watched


def _kind(message: Message) -> str | None:
    """What kind of message of Streamlit's this is; None for anything else."""
    try:
        return BackMsg.FromString(message.get("bytes") or b"").WhichOneof("type")
    except DecodeError:
        return None


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


async def _touch(visitor: Visitor) -> None:
    """Note that the session is in use, when the last note has grown old: a write for each message would be dear."""
    number = visitor.actor.session_id if visitor.actor else None
    if number is None or visitor.heard - _noted.get(number, LONG_AGO) <= door.TOUCH:
        return
    await run_in_threadpool(_note_use, number, visitor.heard)
    for past in [one for one, at in _noted.items() if visitor.heard - at > door.TOUCH]:
        del _noted[past]
    _noted[number] = visitor.heard


def _note_use(session_id: int, at: datetime) -> None:
    """On a full disk it is not noted, and people read on."""
    with suppress(Refused), database.writing() as session:
        door.touch(session, session_id=session_id, at=at)
