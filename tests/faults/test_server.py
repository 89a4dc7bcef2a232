"""The real server, told to end, killed, or on a full disk while people work: what they were shown as kept is kept."""

from __future__ import annotations

import itertools
import signal
import sqlite3
import threading
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from subprocess import TimeoutExpired
from typing import TYPE_CHECKING

import pytest
from sqlmodel import select
from websockets.exceptions import ConnectionClosed

import start
from core import schema
from core.accounts.models import Account
from core.language.text import Language, say
from core.store import database
from core.store.config import Config
from pages.shared.registry import ROOT
from tests.bench.served import served
from tests.bench.staff import come_in, environment, sign_in
from tests.bench.tab import Address, PageFailed, Tab, opened
from tests.faults.whole import require_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from tests.bench.served import Served

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="signals and limits as Linux has them"),
]

PEOPLE, ACTS = 4, 24
HOME = ""
FULL, FREE = (0, -1), (-1, -1)


class Person:
    """Somebody who changes the language of the page again and again, each time an act of its own."""

    def __init__(self, name: str, cookie: str) -> None:
        self.name, self.cookie = name, cookie
        self.kept = 0
        self._languages = itertools.cycle([Language.ITALIAN, Language.ENGLISH])
        self._now = next(self._languages)

    def opened(self, server: Served) -> AbstractContextManager[Tab]:
        """A tab of this person's."""
        return opened(Address(server.host, server.port, HOME), self.cookie)

    def act(self, tab: Tab) -> None:
        """One act, counted once the page has been drawn again."""
        tab.choose(*self._next())
        self.kept += 1

    def begin(self, tab: Tab) -> None:
        """An act whose end is not waited for."""
        tab.begin_to_choose(*self._next())

    def _next(self) -> tuple[str, str]:
        before, self._now = self._now, next(self._languages)
        return say("language.choose", before), self._now.upper()

    def work(self, server: Served, done: threading.Semaphore) -> None:
        """Act until the server is gone."""
        with suppress(PageFailed, ConnectionClosed, OSError), self.opened(server) as tab:
            while True:
                self.act(tab)
                done.release()


@pytest.fixture
def people(tmp_path: Path) -> list[Person]:
    """Several people with an account, signed in; their store is in tmp_path / "data"."""
    sign_in(tmp_path / "data")
    database.use(schema.open_store(Config(data=tmp_path / "data")))
    with database.writing() as session:
        found = [
            Person(name, come_in(session, name, f"{name}@unimi.example"))
            for name in (f"persona{number}" for number in range(PEOPLE))
        ]
    database.use(None)
    return found


@pytest.fixture
def server(people: list[Person], tmp_path: Path) -> Iterator[Served]:
    with served(ROOT / "app.py", tmp_path / "log", environment(tmp_path / "data")) as running:
        yield running


@contextmanager
def at_work(people: list[Person], server: Served) -> Iterator[None]:
    """All of them work; at the end of the block everything that they did is waited for."""
    done = threading.Semaphore(0)
    threads = [threading.Thread(target=person.work, args=(server, done)) for person in people]
    for thread in threads:
        thread.start()
    for _ in range(ACTS):
        assert done.acquire(timeout=30)
    yield
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)


def stopped(folder: Path) -> bool:
    """Whether the server has said goodbye; closing the store is what it does next."""
    return "stopped" in (folder / "data" / "logs" / "mentoring.log").read_text(encoding="utf-8")


def versions(folder: Path) -> dict[str, int]:
    """How often each account was changed, counted by its version, in a store that is whole."""
    database.use(schema.open_store(Config(data=folder)))
    try:
        done, _ = require_whole()
        with database.reading() as session:
            found = {one.name: one.version - 1 for one in session.exec(select(Account))}
    finally:
        database.use(None)
    assert done.count("accounts.choose_language") == sum(found.values())
    return found


def test_told_to_end_under_load_it_ends_by_itself_and_every_finished_act_is_kept(people, server, tmp_path) -> None:
    with at_work(people, server):
        server.tell(signal.SIGTERM)
    assert server.outcome(start.SECONDS_TO_STOP) != -signal.SIGKILL
    assert stopped(tmp_path)
    found = versions(tmp_path / "data")
    for person in people:
        assert found[person.name] - person.kept in (0, 1), person.name


def test_killed_under_load_every_finished_act_is_kept(people, server, tmp_path) -> None:
    with at_work(people, server):
        server.tell(signal.SIGKILL)
    assert server.outcome(start.SECONDS_TO_STOP) == -signal.SIGKILL
    found = versions(tmp_path / "data")
    for person in people:
        assert found[person.name] - person.kept in (0, 1), person.name


def test_told_to_end_in_the_middle_of_an_act_it_finishes_the_act(people, server, tmp_path) -> None:
    person = people[0]
    other = sqlite3.connect(tmp_path / "data" / "mentoring.db", isolation_level=None)
    with closing(other), person.opened(server) as tab:
        other.execute("BEGIN IMMEDIATE")  # the act has to wait for as long as this one lasts
        person.begin(tab)
        server.tell(signal.SIGTERM)
        with pytest.raises(ConnectionClosed):
            tab.finish()
        while not stopped(tmp_path):
            with suppress(TimeoutExpired):
                server.outcome(0.05)
        other.execute("ROLLBACK")
    assert server.outcome(start.SECONDS_TO_STOP) != -signal.SIGKILL
    assert versions(tmp_path / "data")[person.name] == 1


def test_on_a_full_disk_people_read_on_and_acts_are_refused_until_there_is_space(people, server, tmp_path) -> None:
    import resource  # noqa: PLC0415 - not on Windows, where this module is skipped

    person = people[0]
    with person.opened(server) as tab:
        person.act(tab)
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, FULL)
        with pytest.raises(PageFailed) as told:
            person.act(tab)
        assert say("store.refused.NoSpace", Language.ITALIAN) in str(told.value)
        tab.finish()
        tab.run()
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, FREE)
        person.act(tab)  # back to what is kept, so that nothing changes
        person.act(tab)
    server.tell(signal.SIGKILL)
    server.outcome(start.SECONDS_TO_STOP)
    assert versions(tmp_path / "data")[person.name] == 2


def test_on_a_full_disk_people_come_in_to_read_and_are_told_that_they_cannot_leave(people, server) -> None:
    import resource  # noqa: PLC0415 - not on Windows, where this module is skipped

    person = people[0]
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, FULL)
    with person.opened(server) as tab:
        tab.run()
        status, told = leave(server, person)
        assert (status, say("store.refused.NoSpace", Language.ENGLISH) in told) == (503, True)
        tab.run()
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, FREE)
        assert leave(server, person)[0] == 303
        with pytest.raises(ConnectionClosed):
            tab.run()


def leave(server: Served, person: Person) -> tuple[int, str]:
    """Press the button that signs out."""
    with closing(HTTPConnection(server.host, server.port, timeout=20)) as connection:
        origin = f"http://{server.host}:{server.port}"
        connection.request("POST", "/auth/leave", headers={"Cookie": person.cookie, "Origin": origin})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
