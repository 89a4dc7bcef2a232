"""One writer at a time, in the order in which they came; nobody begins once the store is being closed."""

from __future__ import annotations

import threading
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING

from core.store.errors import StoreClosing

if TYPE_CHECKING:
    from collections.abc import Generator


class Turns:
    """The queue of writers; the first one is at work."""

    def __init__(self) -> None:
        self._queue: deque[object] = deque()
        self._moved = threading.Condition()
        self._closed = False

    def __len__(self) -> int:
        """How many are at work or wait."""
        return len(self._queue)

    @contextmanager
    def taken(self) -> Generator[None]:
        """Wait for one's turn and have it; raises `StoreClosing` when there will be none."""
        me = object()
        with self._moved:
            self._queue.append(me)
            self._moved.wait_for(lambda: self._closed or self._queue[0] is me)
            if self._closed:
                self._leave(me)
                raise StoreClosing
        try:
            yield
        finally:
            with self._moved:
                self._leave(me)

    def close(self, seconds: float) -> bool:
        """Let nobody begin any more and wait for who is at work; whether that one has finished in time."""
        with self._moved:
            self._closed = True
            self._moved.notify_all()
            return self._moved.wait_for(lambda: len(self) == 0, seconds)

    def _leave(self, me: object) -> None:
        self._queue.remove(me)
        self._moved.notify_all()
