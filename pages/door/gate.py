"""The gate: one ASGI middleware before everything, Streamlit's own routes and sockets included.

Streamlit serves media and sockets to anyone and trusts the id of a socket's session. So strangers reach an
allow-list only, the cookie is looked up in the store at every request and at every message of a socket,
and Streamlit learns who is there from a header that only the gate can set.
"""

from __future__ import annotations

import secrets
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

from core.accounts import door
from core.store import clock, database
from pages.shared.registry import PAGES

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

TRUSTED = b"x-mentoring-session"
SESSION_ENDED = 4401
POLICY = 1008
CSP = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "frame-ancestors 'self'; object-src 'none'; base-uri 'self'; form-action 'self'"
)
OPEN_EXACTLY = frozenset(
    [
        "/",
        "/sign-in",
        "/first-run",
        "/favicon.png",
        "/icon.svg",
        "/_stcore/health",
        "/_stcore/host-config",
        "/_stcore/stream",
    ]
)
OPEN_BELOW = ("/static/", "/auth/", "/component/extra_streamlit_components.")
PAGE_PATHS = frozenset(f"/{page.url}" for page in PAGES)


def cookie_names() -> tuple[str, str]:
    """The names of the session's and of the visit's cookie; https adds the prefix that binds them to the host."""
    prefix = "__Host-" if database.current().config.secure else ""
    return f"{prefix}mentoring", f"{prefix}mentoring_visit"


def cookies_of(headers: Headers) -> dict[str, str]:
    """The request's cookies; unreadable ones are none."""
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load("; ".join(headers.getlist("cookie")))
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}


class Gate:
    """Decides who comes in, says who is there, and puts the safety headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

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
        session_id = _session(jar)
        answer = _dressed(send, visit=None if _visited(jar) else secrets.token_urlsafe(24))
        if scope["method"] not in ("GET", "HEAD") and not _same_origin(headers):
            await PlainTextResponse("", status_code=403)(scope, receive, answer)
        elif session_id is None and not open_to_strangers(scope["path"]):
            await PlainTextResponse("", status_code=404)(scope, receive, answer)
        else:
            _trust(scope, session_id)
            await self.app(scope, receive, answer)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        session_id = _session(cookies_of(headers))
        if not _same_origin(headers):
            await receive()
            await send({"type": "websocket.close", "code": POLICY})
            return
        _trust(scope, session_id)

        async def watched() -> Message:
            message = await receive()
            if session_id is None or message["type"] != "websocket.receive":
                return message
            if not _alive(session_id):
                await send({"type": "websocket.close", "code": SESSION_ENDED})
                return {"type": "websocket.disconnect", "code": SESSION_ENDED}
            await run_in_threadpool(_touch, session_id)
            return message

        await self.app(scope, watched, send)


def open_to_strangers(path: str) -> bool:
    """Whether somebody without a session may fetch this path: the door, the empty frame of a page, its scripts."""
    return path in OPEN_EXACTLY or path in PAGE_PATHS or path.startswith(OPEN_BELOW)


def _session(jar: dict[str, str]) -> int | None:
    cookie = jar.get(cookie_names()[0])
    if not cookie:
        return None
    with database.reading() as session:
        return door.session_of(session, cookie=cookie, at=clock.now())


def _visited(jar: dict[str, str]) -> bool:
    return bool(jar.get(cookie_names()[1]))


def _alive(session_id: int) -> bool:
    with database.reading() as session:
        return door.actor_of(session, session_id=session_id, at=clock.now()) is not None


def _touch(session_id: int) -> None:
    at = clock.now()
    with database.reading() as session:
        old = door.needs_touch(session, session_id=session_id, at=at)
    if old:
        with database.writing() as session:
            door.touch(session, session_id=session_id, at=at)


def _same_origin(headers: Headers) -> bool:
    origin = urlsplit(headers.get("origin", ""))
    public = urlsplit(database.current().config.public_url).netloc
    return bool(origin.netloc) and origin.netloc == (public or headers.get("host", ""))


def _trust(scope: Scope, session_id: int | None) -> None:
    kept = [(name, value) for name, value in scope["headers"] if name.lower().replace(b"_", b"-") != TRUSTED]
    if session_id is not None:
        kept.append((TRUSTED, str(session_id).encode()))
    scope["headers"] = kept


def _dressed(send: Send, *, visit: str | None) -> Send:
    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["content-security-policy"] = CSP
            headers["x-content-type-options"] = "nosniff"
            # Not no-referrer: with it the browser would say Origin: null when our own forms are posted.
            headers["referrer-policy"] = "same-origin"
            if not headers.get("cache-control"):
                headers["cache-control"] = "no-store"
            if visit is not None and headers.get("content-type", "").startswith("text/html"):
                headers.append("set-cookie", baked(cookie_names()[1], visit))
        await send(message)

    return dressed


def baked(name: str, value: str, *, gone: bool = False) -> str:
    """A Set-Cookie line that scripts cannot read and other sites cannot send."""
    secure = "; Secure" if database.current().config.secure else ""
    ends = "; Max-Age=0" if gone else ""
    return f"{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{ends}"
