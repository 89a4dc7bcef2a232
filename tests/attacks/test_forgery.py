"""Other sites, other names for our machine, forged headers, odd cookies, stolen tickets."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from websockets.exceptions import InvalidStatus

from core.accounts import actions, door
from core.accounts.models import Account, Ticket
from core.accounts.rules import SYSTEM, TICKET, Role
from core.store import clock
from tests.attacks.house import House, is_the_door, run

FOREIGN = [
    "http://elsewhere.example",
    "null",
    "http://localhost:9999",
    "file://",
    "http://127.0.0.1",
    "http://[::1",
    "",
]


def a_ticket(house: House, mail: str, browser: str = "mine") -> str:
    with house.inside() as session:
        return door.mint_ticket(session, mail=mail, browser=browser, at=clock.now())


def enter(house: House, ticket: str, browser: str = "mine", **form: str) -> str | None:
    """The session's cookie that the ticket gives, if any."""
    body = "&".join([f"ticket={ticket}", *(f"{name}={value}" for name, value in form.items())])
    given = house.post("/auth/enter", f"mentoring_visit={browser}", body).headers["set-cookie"]
    return given.split(";")[0] if given and given.startswith("mentoring=") else None


@pytest.mark.parametrize("origin", FOREIGN)
def test_another_sites_page_opens_no_socket(house: House, origin: str) -> None:
    cookie = house.cookie(house.account(Role.COORDINATOR)[1])
    with pytest.raises(InvalidStatus), house.socket(cookie, origin=origin or "http://"):
        pass


@pytest.mark.parametrize("origin", [*FOREIGN, None])
@pytest.mark.parametrize("path", ["/auth/leave", "/auth/enter", "/_stcore/upload_file/a/b"])
def test_another_sites_form_does_nothing(house: House, path: str, origin: str | None) -> None:
    cookie = house.cookie(house.account(Role.COORDINATOR)[1])
    for method in ("POST", "PUT", "DELETE"):
        headers = {"Cookie": cookie} | ({"Origin": origin} if origin is not None else {})
        assert house.ask(method, path, headers).status == 403
    with house.socket(cookie) as tab:
        assert not is_the_door(run(tab, "applicants"))


def test_a_form_with_two_origins_does_nothing(house: House) -> None:
    own = ("Origin", f"http://{house.host}")
    assert house.ask_raw("POST", "/auth/leave", [own, ("Origin", "http://elsewhere.example")]).status == 403


@pytest.mark.parametrize("host", ["elsewhere.example", "elsewhere.example:80", "127.0.0.1.elsewhere.example", "["])
def test_a_foreign_name_for_our_machine_is_told_so(house: House, host: str) -> None:
    answer = house.ask("GET", "/", {"Host": host})
    assert answer.status == 421
    assert b"MENTORING_PUBLIC_URL" in answer.text


@pytest.mark.parametrize(
    "name", ["X-Mentoring-Session", "x-mentoring-session", "X_Mentoring_Session", "X-MENTORING_session"]
)
def test_nobody_says_himself_who_he_is(house: House, name: str) -> None:
    house.account(Role.COORDINATOR)
    for number in range(1, 6):
        with house.socket(**{name: str(number)}) as tab:
            assert is_the_door(run(tab, "applicants"))


@pytest.mark.parametrize(
    "cookie",
    [b"mentoring=\xff\xfe", b"mentoring=", b"mentoring=\xe8; \xff=\xff", b"=;;=,", b"mentoring=" + b"x" * 7000],
)
def test_odd_cookies_are_a_strangers(house: House, cookie: bytes) -> None:
    assert house.ask_raw("GET", "/applicants", [("Cookie", cookie)]).status == 200
    assert house.ask_raw("GET", "/media/x", [("Cookie", cookie)]).status == 404


@pytest.mark.parametrize("planted", ["mentoring=planted; {}", "{}; mentoring=planted"])
def test_of_two_different_cookies_neither_counts(house: House, planted: str) -> None:
    cookie = house.cookie(house.account(Role.COORDINATOR)[1])
    with house.socket(planted.format(cookie)) as tab:
        assert is_the_door(run(tab, "applicants"))


def test_a_ticket_serves_once(house: House) -> None:
    ticket = a_ticket(house, house.account(Role.COORDINATOR)[1])
    assert enter(house, ticket) is not None
    assert enter(house, ticket) is None


def test_of_many_browsers_with_one_ticket_at_once_one_comes_in(house: House) -> None:
    ticket = a_ticket(house, house.account(Role.COORDINATOR)[1])
    with ThreadPoolExecutor(8) as browsers:
        came = list(browsers.map(lambda _: enter(house, ticket), range(8)))
    assert len([cookie for cookie in came if cookie]) == 1


def test_a_stolen_ticket_serves_no_other_browser_nor_one_without_cookies(house: House) -> None:
    mail = house.account(Role.COORDINATOR)[1]
    assert enter(house, a_ticket(house, mail), "another") is None
    assert enter(house, a_ticket(house, mail, ""), "") is None


def test_a_ticket_does_not_last(house: House) -> None:
    ticket = a_ticket(house, house.account(Role.COORDINATOR)[1])
    with house.inside() as session:
        for one in session.exec(door.select(Ticket)):
            one.made_at -= TICKET + timedelta(seconds=1)
    assert enter(house, ticket) is None


def test_a_ticket_of_before_the_account_was_closed_opens_nothing(house: House) -> None:
    house.account(Role.ADMIN)
    number, mail = house.account(Role.COORDINATOR)
    ticket = a_ticket(house, mail)
    with house.inside() as session:
        seen = session.get_one(Account, number).version
        actions.close_account(session, number, seen=seen, by=SYSTEM, at=clock.now())
    assert enter(house, ticket) is None


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "/me%0d%0aSet-Cookie:a=b",
        "/no-such",
        "me",
    ],
)
def test_after_signing_in_nobody_is_sent_elsewhere(house: House, target: str) -> None:
    ticket = a_ticket(house, house.account(Role.COORDINATOR)[1])
    answer = house.post("/auth/enter", "mentoring_visit=mine", f"ticket={ticket}&next={target}")
    assert (answer.status, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize(
    "body", ["", "ticket", "ticket=%ff%fe", "ticket=" + "x" * 5000, "%00=%00", "ticket=a&ticket=b"]
)
def test_an_odd_form_opens_nothing(house: House, body: str) -> None:
    answer = house.post("/auth/enter", "mentoring_visit=mine", body)
    assert (answer.status, answer.headers["location"], answer.headers["set-cookie"]) == (303, "/", None)


@pytest.mark.parametrize("token", ["", "1-", "1-guess", "-", "x", "9" * 40 + "-x", "1-" + "0" * 32, "١-x"])
def test_a_guessed_link_opens_nothing(house: House, token: str) -> None:
    house.account(Role.ADMIN, name="Gianna Segreta")
    with house.socket() as tab:
        came = run(tab, "set-password", query=f"token={token}")
    assert b"Gianna" not in b"".join(one.SerializeToString() for one in came)
    assert any("non è più valido".encode() in one.SerializeToString() for one in came)
