"""How often light pages are asked for: many wrong links from one address, and one link over and over, are told to wait.

A right link opens even where others guess: at the speed date a hall of phones shares one address, and what cannot be
guessed (128 bits) need not be kept from those who were given it. Only who floods is no longer looked at.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

WRONG, FLOOD, WRONG_WITHIN = 30, 1000, timedelta(minutes=10)
"""Wrong links from one address: so many are told to be wrong, then to wait; so many, and nothing more is looked at."""
OF_LINK, OF_LINK_WITHIN = 120, timedelta(minutes=1)
"""Requests by one link: no person needs more."""
MOST = 20_000
"""Addresses, or links, that are remembered at once."""


class Knocks:
    """How often each of many has come within a time; shared by all threads of a server, gone when it starts anew."""

    def __init__(self, within: timedelta) -> None:
        self.within = within
        self._counts: OrderedDict[str, tuple[int, datetime]] = OrderedDict()
        self._turn = threading.Lock()

    def count(self, who: str, at: datetime) -> int:
        """Count once more and return how often by now."""
        with self._turn:
            often, since = self._since(who, at)
            self._counts.pop(who, None)
            self._counts[who] = (often + 1, since)
            while len(self._counts) > MOST:
                self._counts.popitem(last=False)
            return often + 1

    def often(self, who: str, at: datetime) -> int:
        """How often by now, which counts for nothing."""
        with self._turn:
            return self._since(who, at)[0]

    def _since(self, who: str, at: datetime) -> tuple[int, datetime]:
        """The count and its beginning; a count that has lasted its time begins anew."""
        often, since = self._counts.get(who, (0, at))
        return (often, since) if at - since <= self.within else (0, at)


WRONG_LINKS, VISITS = Knocks(WRONG_WITHIN), Knocks(OF_LINK_WITHIN)
"""Those of this server."""
