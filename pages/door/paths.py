"""Which addresses there are behind the gate, for strangers and for staff; everything else does not exist."""

from __future__ import annotations

from core.people.links import PLACES
from core.store import database
from pages.shared.registry import PAGES

UPLOAD = "/_stcore/upload_file/"
STAFF_PATHS = frozenset(f"/{page.url}" for page in PAGES)
SET_PASSWORD = "/set-password"  # noqa: S105 - an address
PAGE_PATHS = STAFF_PATHS | {"/sign-in", "/first-run", SET_PASSWORD}
OPEN_EXACTLY = PAGE_PATHS | {
    "/auth/enter",
    "/auth/leave",
    "/favicon.png",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/stream",
}
OPEN_BELOW = ("/static/",)
STYLE, PHONE = "/light.css", "/phone"
LIGHT_BELOW = tuple(PLACES.values())
LIGHT_EXACTLY = frozenset({STYLE, PHONE})
"""The light pages, for people without an account: what opens one is the token in its address, and no cookie."""
STAFF_BELOW = (*OPEN_BELOW, "/media/", "/component/", UPLOAD)


def within(path: str) -> str:
    """The path below the installation's base; a proxy may have taken the base away already."""
    base = database.current().config.base
    if base and (path == base or path.startswith(f"{base}/")):
        return path.removeprefix(base)
    return path


def outward(path: str) -> str:
    """The path as the browser must ask for it."""
    return database.current().config.base + path


def is_open(path: str, *, staff: bool) -> bool:
    """Whether this path may be fetched: by strangers the door, the empty frame of a page, and its scripts."""
    return is_light(path) or path in OPEN_EXACTLY or path.startswith(STAFF_BELOW if staff else OPEN_BELOW)


def is_light(path: str) -> bool:
    """Whether this is one of the light pages."""
    return path in LIGHT_EXACTLY or path.startswith(LIGHT_BELOW)
