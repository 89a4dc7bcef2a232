"""The gate: one ASGI middleware before everything, Streamlit's own routes and sockets included.

Streamlit serves media and sockets to anyone and trusts the id of a socket's session. So strangers reach an
allow-list only, the cookie is looked up in the store at every request and at every message of a socket,
and Streamlit learns who is there from a header that only the gate can set.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

from core.accounts import door
from core.store import clock, database
from pages.door.cookies import cookies_of, session_name, visit_name
from pages.door.headers import dressed
from pages.shared.registry import PAGES

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from core.accounts.rules import Actor

TRUSTED = b"x-mentoring-session"
SESSION_ENDED = 4401
POLICY = 1008
LONG_AGO = datetime.min.replace(tzinfo=UTC)
STAFF_PATHS = frozenset(f"/{page.url}" for page in PAGES)
PAGE_PATHS = STAFF_PATHS | {"/sign-in", "/first-run"}
OPEN_EXACTLY = PAGE_PATHS | {"/favicon.png", "/_stcore/health", "/_stcore/host-config", "/_stcore/stream"}
OPEN_BELOW = ("/static/", "/auth/", "/component/extra_streamlit_components.")


class Gate:
    """Decides who comes in, says who is there, and dresses every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._touched: dict[int, datetime] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request, one socket, or the server's own start and end."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        jar = cookies_of(headers)
        actor = _actor(jar)
        answer = dressed(send, first_visit=visit_name() not in jar, language=actor.language if actor else "it")
        if scope["method"] not in ("GET", "HEAD") and not _same_origin(headers):
            await PlainTextResponse("", status_code=403)(scope, receive, answer)
        elif actor is None and not open_to_strangers(scope["path"]):
            await PlainTextResponse("", status_code=404)(scope, receive, answer)
        else:
            _trust(scope, actor, plain=scope["path"] in PAGE_PATHS)
            await self.app(scope, receive, answer)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        if not _same_origin(headers):
            await receive()
            await send({"type": "websocket.close", "code": POLICY})
            return
        jar = cookies_of(headers)
        actor = _actor(jar)
        _trust(scope, actor)

        async def watched() -> Message:
            message = await receive()
            if actor is None or message["type"] != "websocket.receive":
                return message
            if _actor(jar) is None:
                await send({"type": "websocket.close", "code": SESSION_ENDED})
                return {"type": "websocket.disconnect", "code": SESSION_ENDED}
            await self._touch(actor.session_id or 0)
            return message

        await self.app(scope, watched, send)

    async def _touch(self, session_id: int) -> None:
        """Note that the session is in use, when the last note has grown old."""
        at = clock.now()
        if at - self._touched.get(session_id, LONG_AGO) > door.TOUCH:
            self._touched[session_id] = at
            await run_in_threadpool(_note_use, session_id, at)


def open_to_strangers(path: str) -> bool:
    """Whether somebody without a session may fetch this path: the door, the empty frame of a page, its scripts."""
    return path in OPEN_EXACTLY or path.startswith(OPEN_BELOW)


def _actor(jar: dict[str, str]) -> Actor | None:
    """Who is signed in by these cookies at this moment."""
    cookie = jar.get(session_name())
    if not cookie:
        return None
    with database.reading() as session:
        return door.actor_behind(session, cookie=cookie, at=clock.now())


def _note_use(session_id: int, at: datetime) -> None:
    with database.writing() as session:
        door.touch(session, session_id=session_id, at=at)


def _same_origin(headers: Headers) -> bool:
    origin = urlsplit(headers.get("origin", ""))
    public = urlsplit(database.current().config.public_url).netloc
    return bool(origin.netloc) and origin.netloc == (public or headers.get("host", ""))


def _trust(scope: Scope, actor: Actor | None, *, plain: bool = False) -> None:
    """Put our own word on who is there in place of anybody's; a frame is asked for uncompressed."""
    dropped = {TRUSTED, b"accept-encoding"} if plain else {TRUSTED}
    kept = [(name, value) for name, value in scope["headers"] if name.lower().replace(b"_", b"-") not in dropped]
    if actor is not None:
        kept.append((TRUSTED, str(actor.session_id).encode()))
    scope["headers"] = kept
