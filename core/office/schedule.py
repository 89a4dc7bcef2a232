"""What the programme does by itself while it runs: each minute it looks whether something is due.

The work runs in a thread, so that nobody waits for it; what fails is logged and tried again an hour later. Mail has a
pace of its own.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from core.accounts.door import is_empty
from core.accounts.ending import clear_out, is_anything_worn_out
from core.messages.sender import Sender
from core.office import copies
from core.store import clock, database, log
from core.store.backup.copies import Kind

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Sequence
    from datetime import datetime

MINUTE, TEN_SECONDS = 60.0, 10.0
PAUSE, SHORT_PAUSE = timedelta(hours=1), timedelta(minutes=1)
"""How long a job that has failed is left alone."""


def _nothing() -> None:
    """What most jobs have to do at the end."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do when it is due; both are told the moment."""

    name: str
    due: Callable[[datetime], bool]
    do: Callable[[datetime], object]
    pause: timedelta = PAUSE
    end: Callable[[], object] = _nothing
    """Told, from another thread, that the server ends: what is under way is to be finished, nothing more begun."""


def _copy_due(at: datetime) -> bool:
    with database.reading() as session:
        empty = is_empty(session)
    return not empty and copies.daily_due(database.current().config.backups, at=at)


def _copy(at: datetime) -> None:
    settings = database.current().config
    copies.add(settings.store, settings.backups, kind=Kind.DAILY, at=at)


def _worn_out(at: datetime) -> bool:
    with database.reading() as session:
        return is_anything_worn_out(session, at=at)


def _clear_out(at: datetime) -> None:
    with database.writing() as session:
        clear_out(session, at=at)


JOBS = (
    Job("the day's copy", _copy_due, _copy),
    Job("clearing out what is long past", _worn_out, _clear_out),
)


class Schedule:
    """The jobs, and which of them have failed when."""

    def __init__(self, jobs: Sequence[Job] = JOBS) -> None:
        self._jobs = jobs
        self._failed: dict[str, datetime] = {}

    def turn(self, at: datetime) -> None:
        """Do what is due at this moment, one after another."""
        for job in self._jobs:
            if at - self._failed.get(job.name, at - job.pause) >= job.pause:
                self._try(job, at)

    def _try(self, job: Job, at: datetime) -> None:
        try:
            if job.due(at):
                job.do(at)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other jobs go on
            self._failed[job.name] = at
            again = "in an hour" if job.pause == PAUSE else "soon"
            log.note(f"failed, to be tried again {again}: {job.name} ({log.report(error)})")

    def end(self) -> None:
        """Tell the jobs that the server ends."""
        for job in self._jobs:
            job.end()


def mailing() -> Schedule:
    """The schedule of the one who sends."""
    sender = Sender()
    return Schedule([Job("sending mail", lambda _: True, sender.turn, SHORT_PAUSE, sender.end)])


@asynccontextmanager
async def running(schedule: Schedule, *, every: float = MINUTE) -> AsyncGenerator[None]:
    """Take a turn every so many seconds; at the end, what is under way is finished."""
    ended = asyncio.Event()
    task = asyncio.create_task(_turns(schedule, ended, every))
    try:
        yield
    finally:
        ended.set()
        schedule.end()
        await task


async def _turns(schedule: Schedule, ended: asyncio.Event, every: float) -> None:
    while not ended.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), every)
            return
        await asyncio.to_thread(schedule.turn, clock.now())
