"""Whoever has no session: the first request of all, other people's sockets, and what lies behind the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.util import calc_hash

from core.accounts.rules import RIGHTS, Role
from pages.shared.registry import PAGES, ROOT, Page
from tests.attacks.house import SECRET_NAME, House, asking, bytes_of, furnish, is_the_door, run, session_of
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


@by_url
def test_at_every_address_a_stranger_gets_the_door_and_no_name(house: House, page: Page) -> None:
    house.account(Role.COORDINATOR)
    with house.socket() as tab:
        assert is_the_door(run(tab, page.url))
        assert is_the_door(run(tab, page_hash=calc_hash(page.url)))
        tab.send(asking(page.url, fragment="any"))
        assert is_the_door(run(tab, page.url))


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


@pytest.mark.parametrize("path", ["/media/0123456789abcdef.png", "/component/any.thing/index.html"])
def test_what_staff_need_does_not_exist_for_strangers(house: House, path: str) -> None:
    answer = house.ask("GET", path)
    assert (answer.status, answer.text) == (404, b"")


def test_health_is_told_to_everybody_and_nothing_more(house: House) -> None:
    assert (house.ask("GET", "/_stcore/health").status, house.ask("GET", "/_stcore/health").text) == (200, b"ok")


def test_a_stranger_uploads_nothing(house: House) -> None:
    own = {"Origin": f"http://{house.host}"}
    with house.socket() as tab:
        session = session_of(run(tab))
        answer = house.ask("PUT", f"/_stcore/upload_file/{session}/file", own, b"x" * 1000)
    assert answer.status == 404


def test_media_of_the_house_are_kept_by_no_browser(house: House, cookies: dict[Role, str]) -> None:
    answer = house.ask("GET", "/media/0123.png", {"Cookie": cookies[Role.ADMIN]})
    assert answer.headers["cache-control"] == "no-store"
