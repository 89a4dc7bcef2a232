"""The server of one phase of the demo: who can come in, and what its store holds before anybody does."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from core.accounts import door
from core.store import clock, database
from pages.shared.registry import ROOT
from tests.bench.served import served
from tests.bench.staff import environment
from tests.demo.phases import THIS_YEAR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlmodel import Session

    from tests.browser.walk import Person
    from tests.demo.phases import Demo

V = TypeVar("V")
DATED = Path(__file__).parent / "dated"
WHO = ("admin", "coordinator", "reviewer1", "helper", "viewer")


@dataclass(frozen=True, slots=True)
class Year:
    """A store of one's own, and the cookies of the members of staff who are signed in."""

    store: Demo
    cookies: dict[str, str]

    def ask(self, question: Callable[..., V], **facts: Any) -> V:
        """What a query tells the coordinator of this year's edition, as long as no server works on the store."""
        with self.store.in_use(), database.reading() as session:
            by = door.actor_behind(session, cookie=self.cookies["coordinator"], at=clock.now())
            return question(session, THIS_YEAR, by=by, **facts)

    @contextmanager
    def served(self) -> Iterator[str]:
        """The real server, at the store's moment; gives its address."""
        folder = self.store.folder
        dated = {"PYTHONPATH": f"{DATED}{os.pathsep}{ROOT}", "MOMENT": self.store.now.isoformat()}
        with served(ROOT / "app.py", folder.with_name("log"), environment(folder) | dated) as server:
            yield f"http://{server.host}:{server.port}"

    def let_in(self, person: Person, who: str) -> None:
        """From now on the person is this member of staff."""
        person.page.context.clear_cookies()
        person.page.context.add_cookies([{"name": "mentoring", "value": self.cookies[who], "url": person.address}])


def a_year(store: Demo) -> Year:
    """Sign the staff in."""
    with store.in_use(), database.writing() as session:
        return Year(store, {who: _cookie(session, store.access(who).mail) for who in WHO})


def _cookie(session: Session, mail: str) -> str:
    at = clock.now()
    ticket = door.mint_ticket(session, mail=mail, browser="year", at=at)
    session.flush()
    cookie = door.enter(session, ticket=ticket, browser="year", at=at)
    assert cookie is not None
    return cookie
