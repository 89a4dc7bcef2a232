"""The gate: one ASGI middleware before everything, Streamlit's own routes and sockets included.

Streamlit serves media and sockets to anyone and trusts the id of a socket's session. So strangers reach an
allow-list only, the cookie is looked up in the store at every request, at every message of a socket and
while it is silent, and Streamlit learns who is there from a header that only the gate can set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from core.accounts.rules import Right
from core.language.text import OFFERED, say
from core.store import clock
from pages.door import identity, limits, paths, sockets, visitors
from pages.door.cookies import cookies_of, visit_name
from pages.door.headers import dressed

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from core.accounts.rules import Actor


class Gate:
    """Decides who comes in, says who is there, and dresses every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.limits = limits.Limits()

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
        scope["path"] = path = paths.within(scope["path"])
        # The programme's own parts are the same for everybody, and a page asks for dozens of them; a light page is
        # opened by its token, whoever else the browser may be.
        nobodys = path.startswith(paths.OPEN_BELOW) or paths.is_light(path)
        actor = None if nobodys else identity.actor_behind(jar)
        answer = dressed(send, path, first_visit=visit_name() not in jar, language=actor.language if actor else "it")
        refusal = self._refusal(scope, headers, actor)
        if refusal is not None:
            await refusal(scope, receive, answer)
            return
        identity.tell(scope, jar, actor, plain=path in paths.PAGE_PATHS)
        await self.app(scope, receive, answer)

    def _refusal(self, scope: Scope, headers: Headers, actor: Actor | None) -> Response | None:
        """What to answer in place of the application, if anything."""
        if not visitors.means_us(headers):
            return _told("accounts.gate.elsewhere", 421)
        ours = visitors.from_a_light_page if paths.is_light(scope["path"]) else visitors.from_our_pages
        if scope["method"] not in ("GET", "HEAD") and not ours(headers):
            return Response(status_code=403)
        if not scope["path"]:
            return RedirectResponse(paths.outward("/"), status_code=308)
        if not paths.is_open(scope["path"], staff=actor is not None):
            return _told("accounts.gate.nowhere", 404)
        if actor and scope["method"] == "PUT" and not self._may_upload(headers, actor):
            return Response(status_code=429)
        return None

    def _may_upload(self, headers: Headers, actor: Actor) -> bool:
        """Whether these bytes may come, which must be told beforehand: chunks would come uncounted."""
        said = headers.get("content-length", "")
        counted = said.isdecimal() and "transfer-encoding" not in headers
        entitled = actor.may(Right.IMPORT) or actor.may(Right.BALLOTS)
        return counted and entitled and self.limits.may_upload(actor.account_id or 0, int(said), clock.now())

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        jar = cookies_of(headers)
        actor = identity.actor_behind(jar)
        scope["path"] = paths.within(scope["path"])
        ours = visitors.means_us(headers) and visitors.from_our_pages(headers)
        if not ours or not paths.is_open(scope["path"], staff=actor is not None):
            await sockets.refuse(receive, send, sockets.POLICY)
            return
        address = visitors.address_of(scope)
        place = self.limits.let_in(address, actor and actor.session_id, clock.now())
        if place is None:
            await sockets.refuse(receive, send, sockets.TRY_LATER)
            return
        identity.tell(scope, jar, actor)
        try:
            visitor = sockets.Visitor(jar, actor, address, self.limits)
            await self.app(scope, sockets.watched(visitor, receive, send), send)
        finally:
            self.limits.let_out(place)


def _told(key: str, status: int) -> Response:
    """A sentence in both languages: whose they are is not known yet."""
    return PlainTextResponse("\n".join(say(key, language) for language in OFFERED), status_code=status)
