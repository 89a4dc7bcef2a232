"""The two cookies of the door: the visit's, which a ticket is bound to, and the session's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import cookie_parser

from core.store import database

if TYPE_CHECKING:
    from starlette.datastructures import Headers


def session_name() -> str:
    """The name of the session's cookie; https adds the prefix that binds it to the host."""
    return _prefix() + "mentoring"


def visit_name() -> str:
    """The name of the visit's cookie, likewise."""
    return _prefix() + "mentoring_visit"


def cookies_of(headers: Headers) -> dict[str, str]:
    """The request's cookies, read as forgivingly as the routes read them: other programmes set odd ones.

    A name that comes with two different values stands for neither: one of them was planted.
    """
    found: dict[str, set[str]] = {}
    for line in headers.getlist("cookie"):
        for part in line.split(";"):
            for name, value in cookie_parser(part).items():
                found.setdefault(name, set()).add(value)
    return {name: values.pop() for name, values in found.items() if len(values) == 1}


def baked(name: str, value: str, *, gone: bool = False) -> str:
    """A Set-Cookie line that scripts cannot read and other sites cannot send."""
    secure = "; Secure" if database.current().config.secure else ""
    ends = "; Max-Age=0" if gone else ""
    return f"{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{ends}"


def _prefix() -> str:
    return "__Host-" if database.current().config.secure else ""
