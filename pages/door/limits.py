"""How much one visitor may take, so that no flood fills the memory.

Strangers need a socket for the sign-in form, and each socket costs a session of Streamlit, each message a run of
its script: so many from one address, so many in all, no long message, no silent socket. Whoever is signed in may
open many tabs, not any number, and upload many files, not any amount.
"""

from __future__ import annotations

from collections import Counter, deque
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

GUESTS, GUESTS_OF_ONE, OPENED_BY_ONE = 300, 60, 240
"""Sockets of strangers: at once in all, at once from one address, opened from one address within `WHILE`."""
TABS = 100
"""Sockets of one signed-in browser at once."""
WHILE = timedelta(minutes=1)
GUEST_MESSAGE, GUEST_SILENCE = 64 * 1024, timedelta(minutes=5)
"""Bytes of a stranger's message, and how long a stranger may say nothing."""
MESSAGES_OF_ONE, MESSAGES_OF_ALL, PACE = 120, 240, timedelta(seconds=10)
"""Messages of strangers from one address, and of all together, within `PACE`."""
UPLOADED, UPLOADED_WITHIN = 200 * 1024 * 1024, timedelta(minutes=10)
"""Bytes that one member of staff may upload, and within which time."""


class Limits:
    """What the visitors of this moment hold; asked on the event loop only."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()
        self._guests = 0
        self._opened: dict[str, deque[datetime]] = {}
        self._said: deque[tuple[datetime, str]] = deque()
        self._uploads: dict[int, deque[tuple[datetime, int]]] = {}

    def let_in(self, address: str, session_id: int | None, at: datetime) -> str | None:
        """Count one more socket and return what to give back to `let_out`; None when it would be too many."""
        if session_id is not None:
            return self._count(f"tab {session_id}", TABS)
        recent = self._recent(address, at)
        if self._guests >= GUESTS or len(recent) >= OPENED_BY_ONE:
            return None
        key = self._count(f"guest {address}", GUESTS_OF_ONE)
        if key is not None:
            self._guests += 1
            recent.append(at)
        return key

    def let_out(self, key: str) -> None:
        """A socket has closed."""
        self._open[key] -= 1
        if not self._open[key]:
            del self._open[key]
        self._guests -= key.startswith("guest ")

    def may_speak(self, address: str, at: datetime) -> bool:
        """Whether a stranger at this address may say one thing more, which counts from now on."""
        while self._said and at - self._said[0][0] > PACE:
            self._said.popleft()
        own = sum(one == address for _, one in self._said)
        if own >= MESSAGES_OF_ONE or len(self._said) >= MESSAGES_OF_ALL:
            return False
        self._said.append((at, address))
        return True

    def may_upload(self, account_id: int, size: int, at: datetime) -> bool:
        """Whether this person may upload so many bytes more; they count from now on when it may."""
        done = self._uploads.setdefault(account_id, deque())
        while done and at - done[0][0] > UPLOADED_WITHIN:
            done.popleft()
        allowed = sum(past for _, past in done) + size <= UPLOADED
        if allowed:
            done.append((at, size))
        return allowed

    def _count(self, key: str, most: int) -> str | None:
        if self._open[key] >= most:
            return None
        self._open[key] += 1
        return key

    def _recent(self, address: str, at: datetime) -> deque[datetime]:
        """When this address opened sockets lately; addresses that have gone quiet are forgotten."""
        for known in [one for one, times in self._opened.items() if not times or at - times[-1] > WHILE]:
            del self._opened[known]
        recent = self._opened.setdefault(address, deque())
        while recent and at - recent[0] > WHILE:
            recent.popleft()
        return recent
