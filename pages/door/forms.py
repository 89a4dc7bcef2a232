"""What a form brought, read no further than it may be long."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from starlette.requests import Request

LONGEST_FORM = 4096


async def form_of(request: Request, *, longest: int = LONGEST_FORM) -> dict[str, str]:
    """The fields of the form, each with its first value; none when it has more than `longest` bytes."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > longest:
            return {}
    return {name: values[0] for name, values in parse_qs(body.decode("latin-1")).items()}
