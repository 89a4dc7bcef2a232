"""One's own account and the page behind a link, as pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from core.accounts import actions, door, links
from core.accounts.models import Account, SignIn
from core.accounts.rules import SYSTEM, Role
from core.accounts.throttle import TRIES
from core.language.text import Language
from core.store import database
from pages.shared.registry import ROOT
from tests.make import AT, PASSWORD, an_edition, open_page, staff

if TYPE_CHECKING:
    from core.accounts.rules import Actor

pytestmark = pytest.mark.usefixtures("store")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def calm() -> None:
    """Nobody has tried a password yet."""
    TRIES._counts.clear()  # noqa: SLF001 - as after a start


def press(test: AppTest, label: str) -> AppTest:
    return next(one for one in test.button if one.label == label).click().run()


def another_browser(me: Actor) -> int:
    with database.writing() as session:
        one = SignIn(
            account_id=me.account_id,
            cookie_hash="another",
            begun_at=AT,
            seen_at=AT,
            browser=FIREFOX,
            address="192.0.2.7",
        )
        session.add(one)
        session.flush()
        return one.id or 0


def test_all_browsers_are_listed_and_another_one_can_be_signed_out() -> None:
    an_edition()
    me = staff(Role.VIEWER)
    other = another_browser(me)
    test = open_page("me", me)
    shown = " ".join(one.value for one in [*test.markdown, *test.caption])
    assert "Firefox su Linux" in shown
    assert "192\\.0\\.2\\.7" in shown

    press(test, "Terminare")

    assert not test.exception
    with database.reading() as session:
        assert door.actor_of(session, session_id=other, at=AT) is None
        assert door.actor_of(session, session_id=me.session_id or 0, at=AT) is not None


def test_signed_out_everywhere_one_meets_the_door() -> None:
    an_edition()
    me = staff(Role.VIEWER)
    another_browser(me)
    test = press(open_page("me", me), "Uscire ovunque, anche qui")
    assert not test.exception
    assert [one.label for one in test.text_input] == ["Indirizzo e-mail", "Password"]
    with database.reading() as session:
        assert session.exec(door.select(SignIn).where(door.col(SignIn.ended_at).is_(None))).all() == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            ("sbagliata", "tre mele rosse sul tavolo", "tre mele rosse sul tavolo"),
            "La password attuale indicata non è corretta",
        ),
        ((PASSWORD, "tre mele rosse sul tavolo", "quattro mele rosse"), "Le due password non sono uguali"),
        ((PASSWORD, "corta", "corta"), "La password ha meno di 12 caratteri"),
        ((PASSWORD, "passwordpassword", "passwordpassword"), "Questa password è tra quelle che si provano"),
    ],
)
def test_a_password_that_cannot_be_kept_changes_nothing(typed: tuple[str, ...], told: str) -> None:
    an_edition()
    me = staff(Role.VIEWER)
    test = open_page("me", me)
    for field, text in zip(test.text_input, typed, strict=True):
        field.set_value(text)
    press(test, "Cambiare la password")
    assert test.error[0].value.startswith(told)
    with database.reading() as session:
        assert door.actor_of(session, session_id=me.session_id or 0, at=AT) is not None


def test_a_new_password_ends_every_session() -> None:
    an_edition()
    me = staff(Role.VIEWER)
    other = another_browser(me)
    test = open_page("me", me)
    for field, text in zip(test.text_input, (PASSWORD, *["tre mele rosse sul tavolo"] * 2), strict=True):
        field.set_value(text)
    press(test, "Cambiare la password")
    assert not test.exception
    with database.reading() as session:
        assert door.actor_of(session, session_id=me.session_id or 0, at=AT) is None
        assert door.actor_of(session, session_id=other, at=AT) is None


def test_the_language_chosen_here_is_kept_with_the_account() -> None:
    an_edition()
    me = staff(Role.VIEWER)
    test = open_page("me", me)
    test.segmented_control(key="language me it").set_value(Language.ENGLISH).run()
    assert not test.exception
    assert test.title[0].value == "My account"
    with database.reading() as session:
        assert session.get_one(Account, me.account_id).language is Language.ENGLISH


def invited() -> str:
    """The token of a link that serves."""
    with database.writing() as session:
        number = actions.add_account(
            session,
            name="Carla ![x](http://tracker/y.png)",
            mail="carla@unimi.example",
            password=None,
            roles=frozenset({Role.REVIEWER}),
            rounds=4,
            by=SYSTEM,
            at=AT,
        )
    with database.reading() as session:
        return links.link_token(session.get_one(Account, number), database.current().config.secret())


def behind_link(token: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages" / "door" / "set_password.py"), default_timeout=20)
    test.query_params["token"] = token
    return test.run()


def test_a_link_that_serves_no_longer_says_so_and_names_nobody() -> None:
    invited()
    test = behind_link("1-" + "0" * 32)
    assert not test.text_input
    assert "non è più valido" in test.info[0].value
    assert "Carla" not in str([one.value for one in [*test.markdown, *test.caption]])


def test_the_person_behind_a_link_sets_a_password() -> None:
    test = behind_link(invited())
    assert "![x](" not in test.caption[0].value
    for field in test.text_input:
        field.set_value("carla carla 12")
    press(test, "Salvare la password e accedere")
    assert test.error[0].value.startswith("Questa password è tra quelle")

    test.text_input[0].set_value("tre mele rosse sul tavolo")
    press(test, "Salvare la password e accedere")
    assert test.error[0].value.startswith("Le due password non sono uguali")

    test.text_input[1].set_value("tre mele rosse sul tavolo")
    press(test, "Salvare la password e accedere")
    assert not test.exception
    with database.reading() as session:
        (account,) = session.exec(door.select(Account)).all()
    assert account.password_hash is not None
    assert account.link_until is None
