"""A session that has ended has ended: in every tab, for every request, within one interaction."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlmodel import select
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed

from core.accounts import actions, door, queries
from core.accounts.models import Account, SignIn
from core.accounts.rules import ABSOLUTE, IDLE, SYSTEM, Role
from core.store import clock
from tests.attacks.house import SECONDS, House, asking, file_of, is_the_door, run
from tests.make import PASSWORD

if TYPE_CHECKING:
    from sqlmodel import Session
    from websockets.sync.client import ClientConnection


def seen(session: Session, account: int) -> int:
    return session.get_one(Account, account).version


def older(session: Session, account: int, **by: timedelta) -> None:
    for one in session.exec(select(SignIn).where(SignIn.account_id == account)):
        for name, age in by.items():
            setattr(one, name, getattr(one, name) - age)


SIGN_OUT = "signed out"
ENDINGS = {
    "signed out everywhere": lambda s, n, me: actions.end_own_sign_ins(s, by=me, at=clock.now()),
    "this one ended from another browser": lambda s, n, me: actions.end_own_sign_in(
        s, me.session_id, by=me, at=clock.now()
    ),
    "password changed": lambda s, n, me: actions.change_password(
        s, old=PASSWORD, new="un'altra frase lunga", rounds=4, by=me, at=clock.now()
    ),
    "password replaced by a link": lambda s, n, me: actions.make_link(s, n, seen=seen(s, n), by=SYSTEM, at=clock.now()),
    "roles changed": lambda s, n, me: actions.change_account(
        s,
        n,
        name="Bruno Verdi",
        mail=s.get_one(Account, n).mail,
        roles=frozenset({Role.VIEWER}),
        seen=seen(s, n),
        by=SYSTEM,
        at=clock.now(),
    ),
    "account closed": lambda s, n, me: actions.close_account(s, n, seen=seen(s, n), by=SYSTEM, at=clock.now()),
    "three idle hours": lambda s, n, me: older(s, n, seen_at=IDLE + timedelta(minutes=1)),
    "twelve hours": lambda s, n, me: older(s, n, begun_at=ABSOLUTE + timedelta(minutes=1)),
}


def after(tab: ClientConnection, said: bytes) -> tuple[list[str | None], int]:
    """What still comes when this is said, and the code that the socket is closed with."""
    tab.send(said)
    came: list[str | None] = []
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            came.append(ForwardMsg.FromString(tab.recv(timeout=SECONDS, decode=False)).WhichOneof("type"))
    assert closed.value.rcvd is not None
    return [one for one in came if one != "session_status_changed"], closed.value.rcvd.code


def end(house: House, ending: str, number: int, cookie: str) -> None:
    """Let the session end in this way."""
    if ending == SIGN_OUT:
        house.post("/auth/leave", cookie)
        return
    with house.inside() as session:
        me = door.actor_behind(session, cookie=cookie.partition("=")[2], at=clock.now())
        assert me is not None
        ENDINGS[ending](session, number, me)


@pytest.mark.parametrize("ending", [SIGN_OUT, *ENDINGS])
def test_when_a_session_ends_no_tab_and_no_request_goes_on(house: House, ending: str) -> None:
    colleague = house.cookie(house.account(Role.ADMIN)[1])
    number, mail = house.account(Role.ADMIN, Role.COORDINATOR)
    cookie = house.cookie(mail)
    with house.socket(cookie) as tab, house.socket(cookie) as other, house.socket(cookie) as third:
        for one in (tab, other):
            assert not is_the_door(run(one, "applicants"))
        file = file_of(third, "acts")
        assert house.ask("GET", file, {"Cookie": cookie}).status == 200

        end(house, ending, number, cookie)

        assert house.ask("GET", file, {"Cookie": colleague}).status == 200
        assert [house.ask("GET", file, {"Cookie": gone}).status for gone in (cookie, "")] == [404, 404]
        assert after(tab, asking("applicants")) == (["auth_redirect"], 4401)
        assert after(other, asking("applicants", fragment="any")) == (["auth_redirect"], 4401)
        assert after(third, b"anything") == (["auth_redirect"], 4401)
    with house.socket(cookie) as again:
        assert is_the_door(run(again, "applicants"))


def test_after_sign_out_the_cookie_opens_nothing(house: House) -> None:
    _, mail = house.account(Role.COORDINATOR)
    cookie = house.cookie(mail)
    with house.socket(cookie) as tab:
        run(tab, "applicants")
        answer = house.post("/auth/leave", cookie)
        assert (answer.status, answer.headers["location"]) == (303, "/")
        assert "Max-Age=0" in answer.headers["set-cookie"]
        with pytest.raises(ConnectionClosed, match="4401"):
            run(tab, "applicants")
    with house.socket(cookie) as again:
        assert is_the_door(run(again, "applicants"))


def test_one_browser_signed_out_leaves_the_other_in(house: House) -> None:
    _, mail = house.account(Role.COORDINATOR)
    here, there = house.cookie(mail), house.cookie(mail)
    with house.socket(here) as tab:
        run(tab, "applicants")
        house.post("/auth/leave", there)
        assert not is_the_door(run(tab, "applicants"))


def test_signing_in_anew_ends_the_session_that_the_browser_had(house: House) -> None:
    _, mail = house.account(Role.COORDINATOR)
    before = house.cookie(mail)
    with house.inside() as session:
        ticket = door.mint_ticket(session, mail=mail, browser="same", at=clock.now())
    answer = house.post("/auth/enter", f"{before}; mentoring_visit=same", f"ticket={ticket}&next=/me")
    assert answer.headers["location"] == "/me"
    with house.socket(before) as old, house.socket(answer.headers["set-cookie"].split(";")[0]) as new:
        assert is_the_door(run(old, "applicants"))
        assert not is_the_door(run(new, "applicants"))


def test_the_browser_and_the_address_of_a_session_are_known(house: House) -> None:
    _, mail = house.account(Role.COORDINATOR)
    with house.inside() as session:
        ticket = door.mint_ticket(session, mail=mail, browser="b", at=clock.now())
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    answer = house.post("/auth/enter", "mentoring_visit=b", f"ticket={ticket}", **{"User-Agent": agent})
    cookie = answer.headers["set-cookie"].split(";")[0].partition("=")[2]
    with house.inside() as session:
        me = door.actor_behind(session, cookie=cookie, at=clock.now())
        assert me is not None
        (one,) = queries.own_devices(session, now=clock.now(), by=me)
    assert (one.browser, one.system, one.address, one.here) == ("Firefox", "Windows", "127.0.0.1", True)
