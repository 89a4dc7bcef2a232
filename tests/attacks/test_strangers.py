"""Whoever has no session: the first request of all, other people's sockets, and what lies behind the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.util import calc_hash
from websockets.exceptions import ConnectionClosed

from core.accounts.rules import RIGHTS, Role
from pages.shared.registry import PAGES, ROOT, Page
from tests.attacks.house import (
    SECONDS,
    SECRET_NAME,
    House,
    asking,
    bytes_of,
    file_of,
    furnish,
    is_the_door,
    run,
    session_of,
)
from tests.bench.served import served
from tests.bench.staff import environment

if TYPE_CHECKING:
    from pathlib import Path

by_url = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.url or "home")


@pytest.mark.parametrize("by", ["name", "hash"])
def test_the_very_first_request_after_a_start_meets_the_door(tmp_path: Path, by: str) -> None:
    folder = tmp_path / "data"
    furnish(folder)
    with served(ROOT / "app.py", tmp_path / "log", environment(folder)) as server:
        house = House(server, folder)
        with house.inside() as session:
            assert session is not None
        house.account(Role.COORDINATOR)
        with house.socket() as first:
            asked = {"page": "applicants"} if by == "name" else {"page_hash": calc_hash("applicants")}
            assert is_the_door(run(first, **asked))


@pytest.fixture(scope="module")
def ended(house: House) -> str:
    """The cookie of an administrator and coordinator who has signed out."""
    cookie = house.cookie(house.account(*Role)[1])
    house.post("/auth/leave", cookie)
    return cookie


@by_url
@pytest.mark.parametrize("who", ["stranger", "signed out"])
def test_at_every_address_whoever_is_outside_gets_the_door_and_no_name(
    house: House, ended: str, page: Page, who: str
) -> None:
    with house.socket(ended if who == "signed out" else "", seat=PAGES.index(page)) as tab:
        assert is_the_door(run(tab, page.url))
        if who == "stranger":
            tab.send(asking(page.url, fragment="any"))
            assert is_the_door(run(tab, page_hash=calc_hash(page.url)))


@pytest.fixture(scope="module")
def cookies(house: House) -> dict[Role, str]:
    return {role: house.cookie(house.account(role)[1]) for role in Role}


@by_url
@pytest.mark.parametrize("role", Role)
def test_a_page_beyond_ones_roles_sends_no_name(house: House, cookies: dict[Role, str], page: Page, role: Role) -> None:
    with house.socket(cookies[role]) as tab:
        came = bytes_of(run(tab, page.url))
    if role not in RIGHTS[page.right]:
        assert SECRET_NAME.encode() not in came
        assert b"Questa pagina non fa parte dei ruoli assegnati" in came


def test_the_name_is_there_for_those_who_may_see_it(house: House, cookies: dict[Role, str]) -> None:
    with house.socket(cookies[Role.COORDINATOR]) as tab:
        assert SECRET_NAME.encode() in bytes_of(run(tab, "applicants"))


def test_nobody_takes_a_session_over_by_its_id(house: House) -> None:
    _, mail = house.account(Role.COORDINATOR)
    mine, same_person, other = house.cookie(mail), house.cookie(mail), house.cookie(house.account(Role.VIEWER)[1])
    with house.socket(mine) as tab:
        taken = session_of(run(tab, "applicants"))
        for thief in ("", other, same_person):
            with house.socket(thief, take_over=taken) as attack:
                assert session_of(run(attack, "me")) != taken
        assert session_of(run(tab, "applicants")) == taken


def test_ones_own_browser_finds_its_session_again(house: House) -> None:
    cookie = house.cookie(house.account(Role.COORDINATOR)[1])
    with house.socket(cookie) as tab:
        left = session_of(run(tab, "applicants"))
    with house.socket(cookie, take_over=left) as again:
        assert session_of(run(again, "applicants")) == left


def test_a_stranger_does_not_take_over_another_strangers_session(house: House) -> None:
    with house.socket("mentoring_visit=one") as typing:
        taken = session_of(run(typing))
        with house.socket("mentoring_visit=two", take_over=taken) as attack:
            assert session_of(run(attack)) != taken


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/mcp",
        "/_stcore/agent/interact",
        "/_stcore/script-health-check",
        "/_stcore/bidi-components/x",
        "/app/static/x",
        "/data/mentoring.db",
        "/mentoring/_stcore/metrics",
        "//_stcore/metrics",
        "/_stcore//metrics",
        "/%5fstcore/metrics",
        "/static/../_stcore/metrics",
        "/static/%2e%2e/_stcore/metrics",
        "/_STCORE/metrics",
        "/no-such-page",
    ],
)
def test_what_nobody_needs_does_not_exist_for_anybody(house: House, cookies: dict[Role, str], path: str) -> None:
    for cookie in ("", cookies[Role.ADMIN]):
        answer = house.ask("GET", path, {"Cookie": cookie})
        assert answer.status in (400, 404)
        assert b"python" not in answer.text


def test_a_file_that_a_page_makes_is_for_staff_only_and_kept_by_no_browser(
    house: House, cookies: dict[Role, str]
) -> None:
    with house.socket(cookies[Role.ADMIN]) as tab:
        file = file_of(tab, "acts")
        answer = house.ask("GET", file, {"Cookie": cookies[Role.ADMIN]})
        assert (answer.status, answer.text[:2]) == (200, b"PK")
        assert answer.headers["cache-control"] == "no-store"
        assert house.ask("GET", file).status == 404


@pytest.mark.parametrize("kind", ["clear_cache", "file_urls_request", "backend_operation_request", "set_run_on_save"])
def test_a_strangers_socket_asks_for_pages_and_nothing_else(house: House, kind: str) -> None:
    ask = BackMsg()
    if kind in ("clear_cache", "set_run_on_save"):
        setattr(ask, kind, True)
    else:
        getattr(ask, kind).request_id = "1"
    with house.socket() as tab, pytest.raises(ConnectionClosed, match="1008"):
        run(tab)
        tab.send(ask.SerializeToString())
        while True:
            tab.recv(timeout=SECONDS)


def test_an_address_at_which_there_is_nothing_says_so_to_everybody(house: House, cookies: dict[Role, str]) -> None:
    for cookie in ("", cookies[Role.ADMIN]):
        answer = house.ask("GET", "/no-such-page", {"Cookie": cookie})
        assert answer.status == 404
        assert "non c'è nulla" in answer.text.decode()
        assert "There is nothing" in answer.text.decode()


def test_health_is_told_to_everybody_and_nothing_more(house: House) -> None:
    assert (house.ask("GET", "/_stcore/health").status, house.ask("GET", "/_stcore/health").text) == (200, b"ok")


def test_a_stranger_uploads_nothing(house: House) -> None:
    own = {"Origin": f"http://{house.host}"}
    with house.socket() as tab:
        session = session_of(run(tab))
        answer = house.ask("PUT", f"/_stcore/upload_file/{session}/file", own, b"x" * 1000)
    assert answer.status == 404
