"""The one who sends: takes waiting messages up, one after another, and writes down what the mail server answered.

1. What is found half-way was left so by somebody who is no more: it is left open for a person, and never sent again
   by itself.
2. A message is taken up in a transaction of its own before the mail server hears of it.
3. The answer is written down. Without one (the connection broke, the programme ended) nobody knows, and see 1.
"""

from __future__ import annotations

import threading
from collections import deque
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from core.accounts.rules import SYSTEM
from core.messages import actions, queries
from core.messages.mail import NotAnAddress
from core.messages.moving import StateMovedOn
from core.messages.outgoing import is_whole
from core.messages.rules import PAUSES
from core.messages.smtp import Delivered, Later, Outcome, Post, Rejected, Unknown
from core.store import clock, database

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlmodel import Session

    from core.messages.outgoing import Letter
    from core.store.config import Config

A_MINUTE = timedelta(minutes=1)
BROKEN_OFF = "messages.trouble.broken_off"
NO_LINK, NO_ADDRESS = "people.refused.NotReachable", "messages.refused.NotAnAddress"
"""Keys of what the programme itself finds in the way."""


class Way(Protocol):
    """What letters are handed over to."""

    def hand_over(self, letter: Letter, *, at: datetime) -> Outcome:
        """Give one letter; what became of it."""
        ...

    def close(self) -> None:
        """End the connection."""
        ...


class Sender:
    """Sends what waits, no more in a minute than the settings allow; there is one of it for a store."""

    def __init__(self, way: Callable[[Config], Way] = Post) -> None:
        self._way = way
        self._ending = threading.Event()
        self._handed: deque[datetime] = deque()
        self._resume: datetime | None = None

    def end(self) -> None:
        """Finish the message under way and take up no other."""
        self._ending.set()

    def turn(self, at: datetime) -> None:
        """Send what may go at this moment."""
        self._leave_open_what_is_adrift(at)
        settings = database.current().config
        if not settings.mails or (self._resume is not None and at < self._resume):
            return
        with database.reading() as session:
            most = self._free(queries.sent_since(session, since=at - A_MINUTE, by=SYSTEM), settings, at)
            waiting = queries.due(session, at=at, most=most, by=SYSTEM)
        if not waiting:
            return
        way = self._way(settings)
        try:
            for message in waiting:
                if self._ending.is_set() or not self._send(message, way, settings, max(at, clock.now())):
                    break
        finally:
            way.close()

    def _leave_open_what_is_adrift(self, at: datetime) -> None:
        with database.reading() as session:
            adrift = queries.adrift(session, by=SYSTEM)
        if adrift:
            with database.writing() as session:
                actions.leave_open(session, messages=adrift, said=BROKEN_OFF, by=SYSTEM, at=at)

    def _free(self, sent: int, settings: Config, at: datetime) -> int:
        """How many may still be handed over in the minute that ends now, whatever the server answers."""
        while self._handed and self._handed[0] <= at - A_MINUTE:
            self._handed.popleft()
        return max(0, settings.mails_per_minute - max(sent, len(self._handed)))

    def _send(self, message: int, way: Way, settings: Config, at: datetime) -> bool:
        """One message from its taking up to the record of the answer; whether to go on with the next."""
        try:
            with database.writing() as session:
                letter = actions.take_up(session, message=message, settings=settings, by=SYSTEM, at=at)
        except StateMovedOn:  # stopped in between
            return True
        self._handed.append(at)
        outcome = self._handed_over(letter, way, at)
        with database.writing() as session:
            again = _write_down(session, message, outcome, at)
        if isinstance(outcome, Later) and outcome.whole:
            self._resume = again or at + PAUSES[0]
            return False
        self._resume = None
        return True

    def _handed_over(self, letter: Letter, way: Way, at: datetime) -> Outcome:
        if not is_whole(letter):
            return Rejected(0, NO_LINK)
        try:
            return way.hand_over(letter, at=at)
        except NotAnAddress:
            return Rejected(0, NO_ADDRESS)


def _write_down(session: Session, message: int, outcome: Outcome, at: datetime) -> datetime | None:
    """The answer, by the act that it means; the moment of the next try where there is one."""
    match outcome:
        case Delivered():
            actions.delivered(session, message=message, by=SYSTEM, at=at)
        case Rejected(text=text):
            actions.refused(session, message=message, said=text, by=SYSTEM, at=at)
        case Unknown(text=text):
            actions.leave_open(session, messages=[message], said=text, by=SYSTEM, at=at)
        case Later(text=text):
            return actions.postponed(session, message=message, said=text, by=SYSTEM, at=at)
    return None
