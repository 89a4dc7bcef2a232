"""Whose request it is: which address it comes from, and whether it is meant for us and sent by our own pages."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from core.store import database
from core.store.config import is_own

if TYPE_CHECKING:
    from starlette.datastructures import Headers
    from starlette.types import Scope

IPV6_NETWORK = 64
"""Bits of an IPv6 address that one visitor does not choose; the rest he can change at will."""
OWN_SITE = frozenset({"same-origin", "none"})
"""What a browser says of a form that our own page sends, or that is sent once more by its reload."""


def address_of(scope: Scope) -> str:
    """The network address of the visitor; what a named proxy says of it the server (uvicorn) has put here already."""
    return network_of((scope.get("client") or ("", 0))[0])


def network_of(said: str) -> str:
    """The address, but of IPv6 the network, since one visitor has all of its addresses."""
    try:
        address = ipaddress.ip_address(said)
    except ValueError:
        return said
    if isinstance(address, ipaddress.IPv4Address):
        return said
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, IPV6_NETWORK), strict=False))


def means_us(headers: Headers) -> bool:
    """Whether the request names this installation: another name would be another site's, pointed at our machine."""
    hosts = headers.getlist("host")
    return len(hosts) == 1 and (_host(hosts[0]) == database.current().config.public_host or _is_own_host(hosts[0]))


def from_our_pages(headers: Headers) -> bool:
    """Whether a page of ours sent this: the one Origin is the address that people type, else the Host.

    Where that address is this machine's own, any of its own names will do (`means_us` wants one of them as the Host).
    """
    origins = headers.getlist("origin")
    origin = _parts(origins[0]) if len(origins) == 1 else None
    if origin is None:
        return False
    public = urlsplit(database.current().config.public_url)
    if public.netloc and not is_own(public.hostname or ""):
        return (origin.scheme, _host(origin.netloc)) == (public.scheme, _host(public.netloc))
    return bool(origin.netloc) and _host(origin.netloc) == _host(headers.get("host", ""))


def from_a_light_page(headers: Headers) -> bool:
    """Whether a form of a light page may come in.

    These pages say no-referrer, and a browser then names their forms' Origin "null". Nor is more needed: the token in
    the address is all the authority there is, no cookie adds any, and another site does not know it.
    """
    origins = headers.getlist("origin")
    unnamed = not origins or origins == ["null"]
    return (unnamed or from_our_pages(headers)) and OWN_SITE.issuperset(headers.getlist("sec-fetch-site"))


def _host(netloc: str) -> str:
    """Name and port in small letters, without the port that the scheme implies."""
    return netloc.lower().removesuffix(":443").removesuffix(":80")


def _is_own_host(netloc: str) -> bool:
    named = _parts(f"//{netloc}")
    return named is not None and is_own(named.hostname or "")


def _parts(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None
