"""The real server: what a stranger reaches, from the first request on, and what nobody can forge."""

from __future__ import annotations

import asyncio
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

from core.accounts import door
from core.accounts.models import Account
from core.store import database
from pages.door.gate import Gate
from pages.shared.registry import HOME, PAGES, ROOT
from tests.bench.served import Served, served
from tests.bench.staff import environment, sign_in
from tests.bench.tab import Address, PageFailed, opened
from tests.make import AT, staff

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.client import HTTPResponse
    from pathlib import Path

STAFF_PAGE = PAGES[3]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gate") / "data"


@pytest.fixture(scope="module")
def cookie(folder: Path) -> str:
    return sign_in(folder)


@pytest.fixture(scope="module")
def server(folder: Path, cookie: str) -> Iterator[Served]:
    with served(ROOT / "app.py", folder.parent / "log", environment(folder)) as running:
        yield running


def ask(server: Served, method: str, path: str, **headers: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def test_the_first_request_for_a_page_shows_a_stranger_the_door(server: Served) -> None:
    with pytest.raises(PageFailed), opened(Address("127.0.0.1", server.port, STAFF_PAGE.url)):
        pass


@pytest.mark.parametrize("page", [page for page in PAGES if page is not HOME], ids=lambda page: page.url)
def test_a_strangers_frame_of_a_page_is_empty_and_guarded(server: Served, page) -> None:
    answer = ask(server, "GET", f"/{page.url}")
    assert answer.status == 200
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "HttpOnly; SameSite=Lax" in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/script-health-check",
        "/media/0123456789abcdef.png",
        "/_stcore/upload_file/session/file",
        "/data/mentoring.db",
        "/no-such-page",
        "/mentoring/_stcore/metrics",
    ],
)
@pytest.mark.parametrize("forged", ["", "X-Mentoring-Session", "x_mentoring_session"])
def test_a_stranger_gets_nothing_beyond_the_door(server: Served, path: str, forged: str) -> None:
    headers = {forged: "1"} if forged else {}
    assert ask(server, "GET", path, **headers).status == 404


@pytest.mark.parametrize("origin", [None, "http://elsewhere.example", "null", "http://localhost:9999"])
@pytest.mark.parametrize("path", ["/auth/leave", "/auth/enter", "/_stcore/upload_file/session/file"])
def test_another_sites_form_is_refused(server: Served, cookie: str, path: str, origin: str | None) -> None:
    headers = {"Cookie": cookie} | ({"Origin": origin} if origin else {})
    assert ask(server, "POST", path, **headers).status == 403


def test_a_screen_reader_is_told_the_readers_language(server: Served) -> None:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", "/", headers={"Accept-Encoding": "gzip, br"})
    assert b'<html lang="it">' in connection.getresponse().read()
    connection.close()


def test_a_wrong_ticket_opens_nothing(server: Served) -> None:
    origin = f"http://127.0.0.1:{server.port}"
    answer = ask(server, "POST", "/auth/enter", Origin=origin)
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert answer.headers["set-cookie"] is None


def test_a_signed_in_person_opens_the_page_until_sign_out(server: Served, cookie: str) -> None:
    page = Address("127.0.0.1", server.port, STAFF_PAGE.url)
    with opened(page, cookie) as tab:
        tab.run()
        answer = ask(server, "POST", "/auth/leave", Cookie=cookie, Origin=f"http://127.0.0.1:{server.port}")
        assert (answer.status, answer.headers["location"]) == (303, "/")
        with pytest.raises(Exception, match="4401"):
            tab.run()
    with pytest.raises(PageFailed), opened(page, cookie):
        pass


FORGED = [b"x-mentoring-session", b"X-Mentoring-Session", b"x_mentoring_session", b"X-MENTORING_SESSION"]


def a_cookie() -> str:
    """The cookie of somebody who has just come in."""
    me = staff()
    with database.writing() as session:
        mail = session.get_one(Account, me.account_id).mail
        ticket = door.mint_ticket(session, mail=mail, browser="mine", at=AT)
        session.flush()
        cookie = door.enter(session, ticket=ticket, browser="mine", at=AT)
    assert cookie is not None
    return cookie


def passed_on(kind: str, *headers: tuple[bytes, bytes]) -> list[bytes]:
    """What an application behind the gate is told about who is there; the gate stands before our own here."""
    told: list[bytes] = []

    async def behind(scope, _receive, _send) -> None:
        told.extend(value for name, value in scope["headers"] if name.lower().replace(b"_", b"-") == FORGED[0])

    async def receive() -> dict[str, object]:
        return {"type": f"{kind}.disconnect"}

    async def send(_message: object) -> None:
        pass

    own = [(b"host", b"127.0.0.1"), (b"origin", b"http://127.0.0.1")]
    asyncio.run(Gate(behind)({"type": kind, "method": "GET", "path": "/", "headers": [*own, *headers]}, receive, send))
    return told


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("forged", FORGED)
def test_only_the_gate_says_who_is_there(kind: str, forged: bytes) -> None:
    (stranger,) = passed_on(kind, (forged, b"1"))
    assert stranger.startswith(b"visit ")

    cookie = a_cookie()
    (own,) = passed_on(kind, (forged, b"999"), (b"cookie", f"mentoring={cookie}".encode()))
    assert own.isdigit()
    assert own != b"999"


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("other", ['prefs={"a":1}', "consent=a b", "naïve=è", "=", ";;"])
def test_the_odd_cookies_of_other_programmes_do_not_sign_anybody_out(other: str) -> None:
    cookie = a_cookie()
    (told,) = passed_on("http", (b"cookie", f"{other}; mentoring={cookie}".encode("latin-1")))
    assert told.isdigit()
