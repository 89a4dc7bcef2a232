"""What the programme does by itself while it runs: each minute it looks whether something is due.

The work runs in a thread, so that nobody waits for it; what fails is logged and tried again an hour later.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from core.accounts.door import is_empty
from core.accounts.ending import clear_out, is_anything_worn_out
from core.office import copies
from core.store import clock, database, log
from core.store.backup.copies import Kind

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Sequence
    from datetime import datetime

MINUTE = 60.0
PAUSE = timedelta(hours=1)
"""How long a job that has failed is left alone."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do when it is due; both are told the moment."""

    name: str
    due: Callable[[datetime], bool]
    do: Callable[[datetime], object]


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
            if at - self._failed.get(job.name, at - PAUSE) >= PAUSE:
                self._try(job, at)

    def _try(self, job: Job, at: datetime) -> None:
        try:
            if job.due(at):
                job.do(at)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other jobs go on
            self._failed[job.name] = at
            log.note(f"failed, to be tried again in an hour: {job.name} ({log.report(error)})")


@asynccontextmanager
async def running(schedule: Schedule, *, every: float = MINUTE) -> AsyncGenerator[None]:
    """Take a turn every so many seconds; at the end, what is under way is finished."""
    ended = asyncio.Event()
    task = asyncio.create_task(_turns(schedule, ended, every))
    try:
        yield
    finally:
        ended.set()
        await task


async def _turns(schedule: Schedule, ended: asyncio.Event, every: float) -> None:
    while not ended.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), every)
            return
        await asyncio.to_thread(schedule.turn, clock.now())
