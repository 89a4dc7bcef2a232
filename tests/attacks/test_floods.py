"""Floods of strangers and of uploads: some are refused, staff still come in, memory stays bounded."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from core.accounts.rules import Role
from pages.door.limits import GUEST_MESSAGE, GUESTS_OF_ONE, MESSAGES_OF_ONE, UPLOADED
from tests.attacks.house import House, asking, is_the_door, run, session_of

MEGABYTE = 1024 * 1024


def memory(house: House) -> int:
    """Bytes that the server holds (Linux: proc(5))."""
    return int(Path(f"/proc/{house.server.pid}/statm").read_text(encoding="ascii").split()[1]) * 4096


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads /proc: Linux only")
def test_a_flood_of_strangers_leaves_staff_their_place_and_memory_bounded(house: House) -> None:
    cookie = house.cookie(house.account(Role.COORDINATOR)[1])
    with house.socket() as first:
        run(first)
    before = memory(house)
    with ExitStack() as crowd:
        for _ in range(GUESTS_OF_ONE):
            run(crowd.enter_context(house.socket()))
        for _ in range(300):
            with pytest.raises(InvalidStatus), house.socket():
                pass
        with house.socket(cookie) as tab:
            assert not is_the_door(run(tab, "applicants"))
        assert memory(house) - before < 200 * MEGABYTE


def test_a_strangers_long_message_ends_the_socket(house: House) -> None:
    with house.socket() as tab, pytest.raises(ConnectionClosed, match="1009"):
        tab.send(b"x" * (GUEST_MESSAGE + 1))
        tab.recv()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads /proc: Linux only")
def test_a_strangers_huge_messages_do_not_even_come_in(house: House) -> None:
    before = memory(house)
    for _ in range(5):
        with house.socket() as tab, pytest.raises((ConnectionClosed, OSError)):
            tab.send(b"x" * 100 * MEGABYTE)
            tab.recv(timeout=20)
    assert memory(house) - before < 60 * MEGABYTE


def test_nonsense_from_a_stranger_ends_only_his_own_socket(house: House) -> None:
    for nonsense in (b"\xff" * 100, "text"):
        with house.socket() as tab, pytest.raises(ConnectionClosed):
            tab.send(nonsense)
            while True:
                tab.recv(timeout=20)
    with house.socket() as again:
        assert is_the_door(run(again))


def put(house: House, cookie: str, session: str, size: int, **more: str) -> int:
    """Upload a file of so many bytes as a browser does; the answer's status."""
    given = house.ask("GET", "/_stcore/health").headers.get_all("set-cookie")
    token = next(one.split(";")[0] for one in given if one.startswith("_streamlit_xsrf="))
    headers = {
        "Origin": f"http://{house.host}",
        "Cookie": f"{cookie}; {token}",
        "X-Xsrftoken": token.partition("=")[2],
        "Content-Type": "multipart/form-data; boundary=x",
        **more,
    }
    begin, end = b"--x\r\nContent-Disposition: form-data; name=f; filename=f.csv\r\n\r\n", b"\r\n--x--\r\n"
    body = begin + b"a" * size + end
    return house.ask("PUT", f"/_stcore/upload_file/{session}/f", headers, body).status


def test_a_file_within_the_limit_is_taken_and_a_larger_one_is_not(house: House) -> None:
    cookie = house.cookie(house.account(Role.COORDINATOR)[1])
    with house.socket(cookie) as tab:
        session = session_of(run(tab, "upload"))
        assert put(house, cookie, session, 1000) == 204
        assert put(house, cookie, session, 12 * MEGABYTE) == 413


def test_a_file_whose_size_is_not_told_is_not_taken(house: House) -> None:
    cookie = house.cookie(house.account(Role.COORDINATOR)[1])
    with house.socket(cookie) as tab:
        session = session_of(run(tab, "upload"))
        assert put(house, cookie, session, 1000, **{"Transfer-Encoding": "chunked"}) in (400, 429)


def test_whoever_imports_nothing_uploads_nothing(house: House) -> None:
    cookie = house.cookie(house.account(Role.VIEWER, Role.REVIEWER, Role.ADMIN)[1])
    with house.socket(cookie) as tab:
        assert put(house, cookie, session_of(run(tab)), 1000) == 429


def test_nobody_uploads_without_end(house: House) -> None:
    cookie = house.cookie(house.account(Role.COORDINATOR)[1])
    with house.socket(cookie) as tab:
        session = session_of(run(tab, "upload"))
        answers = [put(house, cookie, session, 9 * MEGABYTE) for _ in range(UPLOADED // (9 * MEGABYTE) + 1)]
    assert answers == [204] * (len(answers) - 1) + [429]


# The last test of this file: for ten seconds no stranger at this address may speak any more.


def test_a_stranger_who_talks_without_end_is_interrupted_and_staff_are_not(house: House) -> None:
    cookie = house.cookie(house.account(Role.COORDINATOR)[1])
    with house.socket() as tab, pytest.raises(ConnectionClosed, match="1013"):
        for _ in range(MESSAGES_OF_ONE + 1):
            tab.send(asking(fragment="none"))
        while True:
            tab.recv(timeout=20)
    with house.socket(cookie) as tab:
        assert not is_the_door(run(tab, "applicants"))
