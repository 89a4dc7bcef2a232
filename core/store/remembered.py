"""What was worked out of the store, kept until something is written.

    @remembered
    def _standing(session: Session, edition_id: int, rules: Settings) -> tuple[Standing, ...]: ...

A page asks everything anew at each rerun, and some of it is worked out of every session and every meeting of the
year. Such a function is called once for each question in each state of the store; then its result is handed out again.

- The state is the digest of the audit's last entry, read in the transaction that asks. No row changes without an
  entry, and no two entries have one digest: what a colleague wrote is seen at the next rerun, with nothing to clear,
  and no store answers for another. `Passing` rows (sign-ins) have no entry: what is remembered may not read them.
- The question is all that the function is given beside the session, so that must be hashable and complete: whoever
  depends on today is given the day. It is never a person. The right is asked above, at each call, by the guarded
  function that calls this one, which also takes away what the person may not see.
- The result belongs to everybody: tuples and frozen dataclasses, or a `MappingProxyType`.
- Within an act nothing is remembered: it sees what it has changed, of which there is no entry yet.
- Only results of one state are kept, at most `MOST` of them; who was asked last stays longest.
"""

from __future__ import annotations

import functools
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

import sqlalchemy as sa
from sqlmodel import Session, col

from core.store.audit import AuditEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

P = ParamSpec("P")
R = TypeVar("R")
MOST = 64
LAST = sa.select(col(AuditEntry.digest)).order_by(col(AuditEntry.id).desc()).limit(1)
"""Put together once: it is asked in each transaction that remembers something."""
STATE = "state"
NOTHING = object()


class Memory:
    """The results of one state of the store."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._state = ""
        self._results: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    def kept(self) -> dict[Hashable, object]:
        """What is kept: question -> result, who was asked last at the end."""
        with self._lock:
            return dict(self._results)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._state = ""
            self._results.clear()

    def recall(self, state: str, question: Hashable) -> object:
        """The result in this state; NOTHING where it is not kept."""
        with self._lock:
            if state != self._state or question not in self._results:
                return NOTHING
            self._results.move_to_end(question)
            return self._results[question]

    def keep(self, state: str, question: Hashable, result: object) -> None:
        """Keep a result, and forget those of any other state."""
        with self._lock:
            if state != self._state:
                self._results.clear()
                self._state = state
            self._results[question] = result
            if len(self._results) > self._most:
                self._results.popitem(last=False)


memory = Memory(MOST)
"""Of the store in use."""


def remembered(function: Callable[Concatenate[Session, P], R]) -> Callable[Concatenate[Session, P], R]:
    """The function, worked out once for the same question until something is written."""

    @functools.wraps(function)
    def asked(session: Session, *about: P.args, **named: P.kwargs) -> R:
        state = _state(session)
        if not state:
            return function(session, *about, **named)
        question = (function, about, *sorted(named.items()))
        result = memory.recall(state, question)
        if result is NOTHING:
            result = function(session, *about, **named)
            memory.keep(state, question, result)
        return cast("R", result)

    return asked


def _state(session: Session) -> str:
    """The state that this transaction sees, asked once; empty within an act and in an empty store."""
    if "changes" in session.info:
        return ""
    if STATE not in session.info:
        session.info[STATE] = session.connection().scalar(LAST) or ""
    return cast("str", session.info[STATE])
