"""What the door costs: the gate at each message, a page by a link, coming in, and many people inside at once.

Each figure is told as the share of what it may be: at 1.0 it is at its limit.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright
from sqlmodel import select
from starlette.applications import Starlette

from core import schema
from core.accounts import door
from core.accounts.rules import SYSTEM
from core.edition.queries import editions
from core.intake.models import Application
from core.people.links import PLACES, link_of, token_of
from core.people.rules import Purpose
from core.store import audit, clock, database
from core.store.config import Config
from pages.door.gate import Gate
from pages.participants.routes import ROUTES
from tests.bench.cost import Cost
from tests.bench.staff import MAIL, PASSWORD
from tests.bench.tab import Address, opened
from tests.chromium import find_chromium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tests.bench.served import Served

GATE_MS, SIGN_IN_MS, CROWD_MS, LIGHT_MS = 1.0, 2000.0, 100.0, 5.0
VISITS = 300
MESSAGES, SIGN_INS, PEOPLE, ARRIVING, RERUNS, THINK = 2000, 5, 50, 2, 8, 6.0
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def costs(server: Served, folder: Path, cookies: Sequence[str]) -> Iterator[Cost]:
    """The gate, the way in, and a crowd on the first page; what cannot be measured here is left out."""
    copied = folder.with_name("copied")
    shutil.copytree(folder, copied)
    yield _cost("(gate and session look-up)", gate(copied, cookies[0]), p95, GATE_MS, cpu=True)
    yield _cost("(my programme, by its link)", programme(copied), p95, LIGHT_MS, cpu=True)
    chromium = find_chromium()
    if chromium is None:
        print("No Chromium on this machine: the way in is not measured.")
    else:
        yield _cost("(sign-in to first page)", coming_in(server, chromium), statistics.median, SIGN_IN_MS)
    yield _cost(f"({PEOPLE} people at once)", crowd(server, "", cookies), p95, CROWD_MS)


def p95(values: Sequence[float]) -> float:
    """What 95 of 100 values do not exceed."""
    return sorted(values)[int(0.95 * len(values))]


def _cost(
    name: str, values: Sequence[float], figure: Callable[[Sequence[float]], float], limit: float, *, cpu: bool = False
) -> Cost:
    return Cost(
        page=name,
        phase="",
        units=round(figure(values) / limit, 2),
        limit=1.0,
        cpu_ms=round(statistics.mean(values), 2) if cpu else 0.0,
        p50_ms=round(statistics.median(values), 2),
        p95_ms=round(p95(values), 2),
        kilobytes=0.0,
    )


def gate(folder: Path, cookie: str) -> list[float]:
    """Processor ms that the gate and the look-up of the session cost a rerun, each of `MESSAGES` times."""
    database.use(schema.open_store(Config(data=folder)))
    spent: list[float] = []
    number = 0

    async def behind(_scope: object, receive, _send: object) -> None:
        for _ in range(MESSAGES):
            before = time.thread_time()
            await receive()
            with database.reading() as session:
                door.actor_of(session, session_id=number, at=clock.now())
            spent.append(1000 * (time.thread_time() - before))

    async def receive() -> dict[str, object]:
        return {"type": "websocket.receive", "bytes": b""}

    async def send(_message: object) -> None:
        pass

    with database.reading() as session:
        me = door.actor_behind(session, cookie=cookie.partition("=")[2], at=clock.now())
        number = (me.session_id if me else 0) or 0
    headers = [(b"host", b"127.0.0.1"), (b"origin", b"http://127.0.0.1"), (b"cookie", cookie.encode())]
    scope = {"type": "websocket", "path": "/_stcore/stream", "client": ("127.0.0.1", 1), "headers": headers}
    asyncio.run(Gate(behind)(scope, receive, send))
    database.use(None)
    return spent


def programme(folder: Path) -> list[float]:
    """Processor ms that somebody's own first page costs, gate and all, each of `VISITS` times by different links."""
    database.use(schema.open_store(Config(data=folder)))
    with database.writing() as session:
        audit.name_act(session, "bench.arrange", actor="bench", account_id=None, at=clock.now(), edition_id=None)
        newest = editions(session, by=SYSTEM)[0].id
        everybody = session.exec(select(Application).where(Application.edition_id == newest).limit(VISITS))
        links = [link_of(session, one.person_id, one.edition_id, Purpose.PROGRAMME) for one in everybody.all()]
        paths = [PLACES[Purpose.PROGRAMME] + token_of(link, Config(data=folder).secret()) for link in links]
    app = Gate(Starlette(routes=ROUTES))

    async def visits() -> list[float]:
        return [await _visit(app, path) for _ in range(2) for path in paths]

    spent = asyncio.run(visits())
    database.use(None)
    return spent[len(paths) :]


async def _visit(app: Gate, path: str) -> float:
    """Processor ms of all threads for one page; raises ValueError when it was not shown."""
    headers = [(b"host", b"127.0.0.1")]
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": headers,
        "client": ("::1", 1),
    }
    statuses: list[int] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b""}

    async def send(message: dict[str, int]) -> None:
        statuses.extend([message["status"]] if "status" in message else [])

    before = time.process_time()
    await app(scope, receive, send)
    spent = 1000 * (time.process_time() - before)
    if statuses != [200]:
        raise ValueError(f"the page answered {statuses}")
    return spent


def crowd(server: Served, page: str, cookies: Sequence[str]) -> list[float]:
    """Milliseconds of each rerun of `page`, `RERUNS` by each of the people, who think for about `THINK` seconds.

    The first `ARRIVING` of each do not count: nobody arrives together with 49 others all day.
    """

    def work(number: int) -> list[float]:
        thinks = random.Random(number)  # noqa: S311 - a pause, not a secret
        with opened(Address(server.host, server.port, page), cookies[number]) as tab:
            took = []
            for _ in range(ARRIVING + RERUNS):
                time.sleep(thinks.uniform(0.5, 1.5) * THINK)
                took.append(1000 * tab.run().seconds)
            return took[ARRIVING:]

    with ThreadPoolExecutor(len(cookies)) as people:
        return [ms for one in people.map(work, range(len(cookies))) for ms in one]


def coming_in(server: Served, chromium: str) -> list[float]:
    """Milliseconds from the press of the button in a Chromium until the first page shows its title."""
    took = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for _ in range(SIGN_INS):
            page = browser.new_context().new_page()
            page.goto(f"http://{server.host}:{server.port}/?lang=en")
            page.get_by_role("textbox", name="E-mail address").fill(MAIL)
            page.get_by_role("textbox", name="Password").fill(PASSWORD)
            page.get_by_role("textbox", name="Password").press("Tab")
            before = time.perf_counter()
            page.get_by_role("button", name="Sign in").click()
            page.get_by_role("heading", level=1).filter(has_not_text="Sign in").wait_for()
            took.append(1000 * (time.perf_counter() - before))
        browser.close()
    return took
