"""What every answer carries: the safety headers, and a page's frame in the reader's language."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

from core.store import database
from pages.door.cookies import baked, visit_name
from pages.door.paths import STYLE, is_light

if TYPE_CHECKING:
    from starlette.types import Message, Send

CSP = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'"
)
# Not no-referrer: with it a browser says "Origin: null" when our own forms are posted, and the gate refuses them.
SAFETY = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
LIGHT_CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
LIGHT = {**SAFETY, "content-security-policy": LIGHT_CSP, "referrer-policy": "no-referrer"}
"""Of the light pages: no script at all, and their addresses, which open them, are told to nobody."""
HTTPS_FROM_NOW_ON = "max-age=31536000"
KEPT = ("/static/", "/component/", STYLE)
"""What a browser may keep: parts of the programme, which hold nobody's data."""
SPOKEN = b'<html lang="en">'


def dressed(send: Send, path: str, *, first_visit: bool, language: str) -> Send:
    """Send the answer for `path` with these headers.

    A frame gets the visit's cookie on the first visit, and the reader's language: Streamlit's says that everything
    is English, which makes a screen reader mispronounce Italian. A light page is no frame: it speaks its reader's
    language by itself, and sets no cookie.
    """
    frame, light = False, is_light(path)

    async def send_dressed(message: Message) -> None:
        nonlocal frame
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(_headers_for(path))
            frame = not light and headers.get("content-type", "").startswith("text/html")
            if frame and first_visit:
                headers.append("set-cookie", baked(visit_name(), secrets.token_urlsafe(24)))
        elif message["type"] == "http.response.body" and frame:
            message["body"] = message.get("body", b"").replace(SPOKEN, SPOKEN.replace(b"en", language.encode()))
        await send(message)

    return send_dressed


def _headers_for(path: str) -> dict[str, str]:
    chosen = dict(LIGHT if is_light(path) else SAFETY)
    if not path.startswith(KEPT):
        chosen["cache-control"] = "no-store"
    if database.current().config.secure:
        chosen["strict-transport-security"] = HTTPS_FROM_NOW_ON
    return chosen
