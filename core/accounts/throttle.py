"""How often somebody may try a password: less and less often, never not at all.

1. Each try counts before it is looked at, so that tries at the same moment count too.
2. It counts for the account from this address, for the account from anywhere, and for the address; an address
   that no account has counts like any other, so that nothing tells which accounts there are.
3. Beyond the free tries of a count each further one closes it: half a minute, then twice as long, at most a
   quarter of an hour. A try while it is closed is not looked at and does not make it longer.
4. Where the account was signed in from before, only its own count there matters: strangers elsewhere, or others at
   the same address, cannot keep its owner out.
5. A right password forgets the counts of the account from this address.
6. A count that has rested for an hour is forgotten; there are never more than `MOST` of them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

FREE_HERE, FREE_FROM_ADDRESS, FREE_FOR_ACCOUNT = 5, 30, 50
FIRST, LONGEST, REST = timedelta(seconds=30), timedelta(minutes=15), timedelta(hours=1)
MOST = 20_000


@dataclass(slots=True)
class _Count:
    tries: int
    last: datetime

    def closed_until(self, free: int) -> datetime:
        """When the next try is looked at; already past while there are free ones."""
        if self.tries < free:
            return self.last
        return self.last + min(FIRST * 2 ** min(self.tries - free, 10), LONGEST)


class Throttle:
    """The tries of the last hour; shared by all visitors of a server, gone when it starts anew."""

    def __init__(self) -> None:
        self._counts: OrderedDict[tuple[str, ...], _Count] = OrderedDict()
        self._turn = threading.Lock()

    def closed_until(self, mail: str, address: str, at: datetime, *, known: bool = False) -> datetime | None:
        """Until when no password is looked at; None when this try may go on, which counts it.

        `known`: the account was signed in from this address before.
        """
        with self._turn:
            limits = _limits(mail, address, known=known)
            closed = [self._counts[key].closed_until(free) for key, free in limits.items() if key in self._counts]
            if (latest := max(closed, default=at)) > at:
                return latest
            for key in limits:
                self._count(key, at)
            return None

    def forgive(self, mail: str, address: str, *, known: bool = False) -> None:
        """The password was right: whoever mistyped it before begins anew."""
        with self._turn:
            self._counts.pop(("here", mail, address), None)
            for key in _limits(mail, address, known=known):
                if key in self._counts:
                    self._counts[key].tries -= 1

    def _count(self, key: tuple[str, ...], at: datetime) -> None:
        before = self._counts.pop(key, None)
        tries = before.tries if before and at - before.last <= REST else 0
        self._counts[key] = _Count(tries + 1, at)
        while len(self._counts) > MOST:
            self._counts.popitem(last=False)


def _limits(mail: str, address: str, *, known: bool) -> dict[tuple[str, ...], int]:
    here = {("here", mail, address): FREE_HERE}
    anywhere = {("address", address): FREE_FROM_ADDRESS, ("account", mail): FREE_FOR_ACCOUNT}
    return here if known else here | anywhere


TRIES = Throttle()
"""The throttle of this server."""
