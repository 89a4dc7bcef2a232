"""What the programme does by itself: when it is due, in a thread, and again later when it has failed."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlmodel import select

from core.accounts import door
from core.accounts.models import SignIn, Ticket
from core.office.schedule import JOBS, PAUSE, Job, Schedule, running
from core.store import database, log
from core.store.backup.copies import Kind, listing
from tests.make import AT, an_edition, staff

if TYPE_CHECKING:
    from pathlib import Path

MINUTE = timedelta(minutes=1)


def copies(store: database.Store) -> list[tuple[Kind, datetime]]:
    return [(copy.kind, copy.at) for copy in listing(store.config.backups)]


# ---- the day's copy


def test_each_day_in_rome_gets_one_copy(store: database.Store) -> None:
    an_edition()
    staff()
    schedule = Schedule()
    late = datetime(2026, 10, 24, 21, 58, tzinfo=UTC)  # 23:58 in Rome
    for minute in range(5):
        schedule.turn(late + minute * MINUTE)
    assert copies(store) == [(Kind.DAILY, late + 2 * MINUTE), (Kind.DAILY, late)]

    after_the_clock_went_back = datetime(2026, 10, 25, 22, 59, tzinfo=UTC)  # 23:59 of a day of 25 hours
    schedule.turn(after_the_clock_went_back)
    assert len(copies(store)) == 2
    schedule.turn(after_the_clock_went_back + MINUTE)
    assert len(copies(store)) == 3


def test_another_process_started_on_the_same_day_makes_no_second_copy(store: database.Store) -> None:
    staff()
    Schedule().turn(AT)
    Schedule().turn(AT + MINUTE)
    assert len(copies(store)) == 1


def test_an_empty_store_is_not_copied(store: database.Store) -> None:
    Schedule().turn(AT)
    assert copies(store) == []


def test_a_year_of_days_leaves_what_the_plan_keeps(store: database.Store) -> None:
    staff()
    schedule = Schedule(JOBS[:1])
    for day in range(20):
        schedule.turn(AT + timedelta(days=day))
    assert 8 <= len(copies(store)) <= 10


# ---- what is long past


def test_tickets_go_after_a_day_and_sessions_after_ninety(store: database.Store) -> None:
    staff(name="Anna Bianchi")
    with database.reading() as session:
        (mail,) = door.credentials(session)
    with database.writing() as session:
        door.mint_ticket(session, mail=mail, browser="b", at=AT)
    schedule = Schedule(JOBS[1:])

    def left() -> tuple[int, int]:
        with database.reading() as session:
            return len(session.exec(select(Ticket)).all()), len(session.exec(select(SignIn)).all())

    schedule.turn(AT + timedelta(days=1))
    assert left() == (1, 1)
    schedule.turn(AT + timedelta(days=1, minutes=1))
    assert left() == (0, 1)
    schedule.turn(AT + timedelta(days=90, hours=12))
    assert left() == (0, 1)
    schedule.turn(AT + timedelta(days=90, hours=12, minutes=1))
    assert left() == (0, 0)


# ---- failing


def test_a_job_that_fails_is_logged_and_left_alone_for_an_hour_while_others_go_on(tmp_path: Path) -> None:
    tried: list[datetime] = []
    done: list[datetime] = []

    def fail(at: datetime) -> None:
        tried.append(at)
        raise RuntimeError("of Anna Bianchi")

    schedule = Schedule([Job("failing", lambda _: True, fail), Job("other", lambda _: True, done.append)])
    log.start(tmp_path)
    for minute in range(62):
        schedule.turn(AT + minute * MINUTE)
    log.stop()

    assert tried == [AT, AT + PAUSE]
    assert len(done) == 62
    written = (tmp_path / "mentoring.log").read_text()
    assert written.count("RuntimeError") == 2
    assert "to be tried again in an hour: failing" in written
    assert "Anna" not in written


def test_a_copy_that_fails_is_tried_again_an_hour_later(store: database.Store) -> None:
    staff()
    store.config.backups.touch()  # a file where the folder should be
    schedule = Schedule()
    schedule.turn(AT)
    store.config.backups.unlink()
    schedule.turn(AT + timedelta(minutes=59))
    assert copies(store) == []
    schedule.turn(AT + timedelta(minutes=60))
    assert copies(store) == [(Kind.DAILY, AT + timedelta(minutes=60))]


# ---- in the server


@pytest.mark.usefixtures("store")
def test_the_work_runs_beside_the_server_and_what_is_under_way_is_finished() -> None:
    begun, may_end = threading.Event(), threading.Event()
    threads: list[threading.Thread] = []

    def work(_: datetime) -> None:
        begun.set()
        assert may_end.wait(10)
        threads.append(threading.current_thread())

    async def serve() -> set[asyncio.Task[object]]:
        async with running(Schedule([Job("work", lambda _: not threads, work)]), every=0):
            assert await asyncio.to_thread(begun.wait, 10)  # the loop is free meanwhile
            asyncio.get_running_loop().call_later(0.05, may_end.set)
        return asyncio.all_tasks() - {asyncio.current_task()}

    left = asyncio.run(serve())
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()
    assert left == set()


@pytest.mark.usefixtures("store")
def test_a_server_that_ends_at_once_has_begun_nothing() -> None:
    begun: list[datetime] = []

    async def serve() -> None:
        async with running(Schedule([Job("work", lambda _: True, begun.append)])):
            pass

    asyncio.run(serve())
    assert begun == []
