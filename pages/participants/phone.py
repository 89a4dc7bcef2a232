"""Does this phone reach the programme? Opened by anybody, in the hall, before the link is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.language.text import OFFERED, say
from core.store import clock, database
from pages.door.paths import PHONE, outward
from pages.participants import showing

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


def show(request: Request) -> Response:
    """That it does, at which address, and what time it is here."""
    reached = database.current().config.public_url.rstrip("/")
    here = reached + PHONE if reached else f"http://{request.headers.get('host', '')}{outward(PHONE)}"
    values = {"address": here, "when": clock.now()}
    texts = {
        one.tongue: [say("people.phone.reached", one), say("people.phone.address", one, **values)] for one in OFFERED
    }
    return showing.page("anybody.html", OFFERED[0], texts=texts)
