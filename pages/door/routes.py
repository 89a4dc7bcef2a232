"""What the browser posts to the door: a ticket to come in, a sign-out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from core.accounts import door
from core.store import clock, database
from pages.door import visitors
from pages.door.cookies import baked, cookies_of, session_name, visit_name
from pages.door.forms import form_of
from pages.door.paths import STAFF_PATHS, outward, within
from pages.shared.registry import ICON

if TYPE_CHECKING:
    from starlette.requests import Request

SEE_OTHER = 303
PASSWORD = "password"  # noqa: S105 - what the page that follows says was changed


async def enter(request: Request) -> Response:
    """Turn a ticket into a session's cookie and go to the page that was asked for."""
    form = await form_of(request)
    cookie = await run_in_threadpool(_enter, request, form.get("ticket", ""))
    if cookie is None:
        return RedirectResponse(outward("/"), status_code=SEE_OTHER)
    told = f"?told={PASSWORD}" if form.get("told") == PASSWORD else ""
    answer = RedirectResponse(_own_page(form.get("next", "/")) + told, status_code=SEE_OTHER)
    answer.headers.append("set-cookie", baked(session_name(), cookie))
    return answer


async def leave(request: Request) -> Response:
    """End the session and go back to the sign-in page."""
    await run_in_threadpool(_leave, cookies_of(request.headers).get(session_name(), ""))
    answer = RedirectResponse(outward("/"), status_code=SEE_OTHER)
    answer.headers.append("set-cookie", baked(session_name(), "", gone=True))
    return answer


def icon(_request: Request) -> Response:
    """The page's icon, from this machine."""
    return FileResponse(ICON)


def _enter(request: Request, ticket: str) -> str | None:
    """A new session for this browser; the one that it had is ended."""
    jar = cookies_of(request.headers)
    with database.writing() as session:
        cookie = door.enter(
            session,
            ticket=ticket,
            browser=jar.get(visit_name(), ""),
            agent=request.headers.get("user-agent", ""),
            address=visitors.address_of(request.scope),
            at=clock.now(),
        )
        if cookie is not None:
            door.leave(session, cookie=jar.get(session_name(), ""), at=clock.now())
        return cookie


def _leave(cookie: str) -> None:
    with database.writing() as session:
        door.leave(session, cookie=cookie, at=clock.now())


def _own_page(path: str) -> str:
    """The path when it is one of the staff's pages, else the start: nobody is sent elsewhere."""
    return outward(within(path) if within(path) in STAFF_PATHS else "/")


ROUTES = [
    Route("/auth/enter", enter, methods=["POST"]),
    Route("/auth/leave", leave, methods=["POST"]),
    Route("/favicon.png", icon),
]
