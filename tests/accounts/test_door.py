"""Who comes in: a right password gives one ticket, the ticket one session, and a session ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.accounts import door
from core.accounts.actions import MailNotValid, MailTaken, NameMissing, NoRole, add_account, add_first_account
from core.accounts.passwords import PasswordTooLong, PasswordTooShort, hashed, nobodys_hash
from core.accounts.rules import SYSTEM, Role
from core.language.text import Language
from core.store import database
from core.store.errors import NotAllowed
from tests.make import AT, PASSWORD, staff, writing

pytestmark = pytest.mark.usefixtures("store")
SECRET = b"s" * 32


def an_account(**changed: object) -> int:
    facts = {
        "name": "Anna Bianchi",
        "mail": "anna@unimi.example",
        "password": PASSWORD,
        "roles": frozenset({Role.COORDINATOR}),
        "rounds": 4,
        "by": SYSTEM,
        "at": AT,
    }
    with database.writing() as session:
        return add_account(session, **{**facts, **changed})


def a_cookie(browser: str = "browser") -> str:
    an_account()
    with database.writing() as session:
        ticket = door.mint_ticket(session, mail="anna@unimi.example", browser=browser, at=AT)
    with database.writing() as session:
        cookie = door.enter(session, ticket=ticket, browser=browser, at=AT)
    assert cookie is not None
    return cookie


def test_a_ticket_opens_a_session_once() -> None:
    an_account()
    with database.writing() as session:
        ticket = door.mint_ticket(session, mail="ANNA@unimi.example ", browser="mine", at=AT)
    with database.writing() as session:
        assert door.enter(session, ticket=ticket, browser="mine", at=AT) is not None
        assert door.enter(session, ticket=ticket, browser="mine", at=AT) is None


def test_a_ticket_serves_no_other_browser_and_not_for_long() -> None:
    an_account()
    with database.writing() as session:
        ticket = door.mint_ticket(session, mail="anna@unimi.example", browser="mine", at=AT)
    with database.writing() as session:
        assert door.enter(session, ticket=ticket, browser="stolen", at=AT) is None
        assert door.enter(session, ticket=ticket, browser="mine", at=AT + timedelta(seconds=61)) is None
        assert door.enter(session, ticket="guessed", browser="mine", at=AT) is None


def test_a_session_ends_by_sign_out_idleness_and_age() -> None:
    cookie = a_cookie()

    def inside(after: timedelta, cookie: str = cookie) -> bool:
        with database.reading() as session:
            return door.actor_behind(session, cookie=cookie, at=AT + after) is not None

    assert inside(timedelta(0))
    assert not inside(timedelta(0), "another")
    assert inside(timedelta(hours=3))
    assert not inside(timedelta(hours=3, seconds=1))

    with database.writing() as session:
        actor = door.actor_behind(session, cookie=cookie, at=AT)
        assert actor is not None
        door.touch(session, session_id=actor.session_id or 0, at=AT + timedelta(hours=11))
    assert inside(timedelta(hours=12))
    assert not inside(timedelta(hours=12, seconds=1))

    with database.writing() as session:
        door.leave(session, cookie=cookie, at=AT)
    assert not inside(timedelta(0))


def test_the_door_remembers_from_where_somebody_came() -> None:
    an_account()
    with database.writing() as session:
        ticket = door.mint_ticket(session, mail="anna@unimi.example", browser="mine", at=AT)
        session.flush()
        door.enter(session, ticket=ticket, browser="mine", address="192.0.2.7", at=AT)
    with database.reading() as session:
        assert door.was_here(session, mail="ANNA@unimi.example", address="192.0.2.7")
        assert not door.was_here(session, mail="anna@unimi.example", address="192.0.2.8")
        assert not door.was_here(session, mail="other@unimi.example", address="192.0.2.7")


def test_a_deactivated_account_is_out_at_once() -> None:
    actor = staff()
    with writing() as session:
        session.get_one(door.Account, actor.account_id).active = False
    with database.reading() as session:
        assert door.actor_of(session, session_id=actor.session_id or 0, at=AT) is None
        assert door.credentials(session) == {}


def test_the_store_keeps_neither_cookie_nor_ticket_nor_password() -> None:
    cookie = a_cookie()
    database.current().engine.dispose()
    folder = database.current().config.data
    kept = b"".join(file.read_bytes() for file in folder.glob("mentoring.db*"))
    assert cookie.encode() not in kept
    assert PASSWORD.encode() not in kept


def test_the_first_account_is_made_once_and_runs_the_programme() -> None:
    def first() -> None:
        with database.writing() as session:
            add_first_account(
                session,
                name="Anna Bianchi",
                mail="anna@unimi.example",
                password=PASSWORD,
                rounds=4,
                language=Language.ITALIAN,
                by=SYSTEM,
                at=AT,
            )

    token = door.first_run_token(SECRET)
    with database.reading() as session:
        assert door.opens_first_run(session, token, SECRET)
        assert not door.opens_first_run(session, "guessed", SECRET)
        assert not door.opens_first_run(session, "", SECRET)
    first()
    with pytest.raises(NotAllowed):
        first()
    with database.reading() as session:
        assert not door.opens_first_run(session, token, SECRET)
        assert len(door.credentials(session)) == 1


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"mail": "not an address"}, MailNotValid),
        ({"name": "  "}, NameMissing),
        ({"roles": frozenset()}, NoRole),
        ({"password": "short"}, PasswordTooShort),
        ({"password": "à" * 40}, PasswordTooLong),
    ],
)
def test_an_account_that_could_not_work_is_refused(changed: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        an_account(**changed)
    with database.reading() as session:
        assert door.is_empty(session)


def test_two_spellings_of_one_address_are_one_account() -> None:
    an_account()
    with pytest.raises(MailTaken):
        an_account(mail="ANNA@unimi.example")


def test_nobodys_hash_costs_what_a_real_one_costs_and_fits_no_password() -> None:
    assert nobodys_hash(4)[:7] == hashed(PASSWORD, rounds=4)[:7] == "$2b$04$"
