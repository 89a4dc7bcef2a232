"""What every answer carries: the safety headers, and a page's frame in the reader's language."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

from pages.door.cookies import baked, visit_name

if TYPE_CHECKING:
    from starlette.types import Message, Send

CSP = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "frame-ancestors 'self'; object-src 'none'; base-uri 'self'; form-action 'self'"
)
# Not no-referrer: with it a browser says "Origin: null" when our own forms are posted, and the gate refuses them.
SAFETY = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}
SPOKEN = b'<html lang="en">'


def dressed(send: Send, *, first_visit: bool, language: str) -> Send:
    """Send with these headers; a frame gets the reader's language, and on the first visit the visit's cookie.

    Streamlit's frame says that everything is English, which makes a screen reader mispronounce Italian.
    """
    frame = False

    async def send_dressed(message: Message) -> None:
        nonlocal frame
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(SAFETY)
            headers.setdefault("cache-control", "no-store")
            frame = headers.get("content-type", "").startswith("text/html")
            if frame and first_visit:
                headers.append("set-cookie", baked(visit_name(), secrets.token_urlsafe(24)))
        elif message["type"] == "http.response.body" and frame:
            message["body"] = message.get("body", b"").replace(SPOKEN, SPOKEN.replace(b"en", language.encode()))
        await send(message)

    return send_dressed
