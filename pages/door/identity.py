"""Who is there: asked from the store by the cookies, told to Streamlit in a header that nobody else can set."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from core.accounts import door
from core.store import clock, database
from pages.door.cookies import session_name, visit_name

if TYPE_CHECKING:
    from starlette.types import Scope

    from core.accounts.rules import Actor

TRUSTED = b"x-mentoring-session"


def actor_behind(jar: dict[str, str]) -> Actor | None:
    """Who is signed in by these cookies at this moment."""
    cookie = jar.get(session_name())
    if not cookie:
        return None
    with database.reading() as session:
        return door.actor_behind(session, cookie=cookie, at=clock.now())


def tell(scope: Scope, jar: dict[str, str], actor: Actor | None, *, plain: bool = False) -> None:
    """Put our own word on who is there in place of anybody's; a `plain` answer is asked for uncompressed.

    A stranger is known by his visit, so that another stranger cannot take his socket's session over.
    """
    dropped = {TRUSTED, b"accept-encoding"} if plain else {TRUSTED}
    kept = [(name, value) for name, value in scope["headers"] if name.lower().replace(b"_", b"-") not in dropped]
    visit = hashlib.sha256(jar.get(visit_name(), "").encode()).hexdigest()
    scope["headers"] = [*kept, (TRUSTED, str(actor.session_id).encode() if actor else f"visit {visit}".encode())]
