"""The door as people use it: deep links, reloads, two tabs, an ended session, a forgotten password, a link."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from core.accounts.models import SignIn
from core.accounts.rules import IDLE, Role
from core.language.text import Language
from pages.shared.registry import ROOT
from tests.attacks.house import House, furnish
from tests.bench.served import served
from tests.bench.staff import environment
from tests.browser.walk import Person, person
from tests.make import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NEW = "tre mele rosse sul tavolo"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    place = tmp_path_factory.mktemp("door")
    furnish(place / "data")
    with served(ROOT / "app.py", place / "log", environment(place / "data")) as server:
        yield House(server, place / "data")


@pytest.fixture
def anna(house: House, chromium: str, tmp_path: Path) -> Iterator[Person]:
    with person(chromium, f"http://{house.host}", Language.ITALIAN, failed=tmp_path / "failed.png") as somebody:
        yield somebody


def sign_in(anna: Person, mail: str, password: str = PASSWORD) -> None:
    anna.sees(anna.says("accounts.sign_in.title"))
    anna.field(anna.says("accounts.mail")).fill(mail)
    anna.field(anna.says("accounts.password")).fill(password)
    anna.press(anna.says("accounts.sign_in.enter"))


def heading(anna: Person, key: str, **values: str) -> None:
    expect(anna.page.get_by_role("heading", name=anna.says(key, **values), exact=True)).to_be_visible()


def another_tab(anna: Person, url: str) -> Person:
    tab = anna.page.context.new_page()
    tab.goto(f"{anna.address}/{url}")
    return Person(tab, anna.address, anna.language)


def test_a_deep_link_is_kept_through_the_door_and_a_reload(house: House, anna: Person) -> None:
    _, mail = house.account(Role.ADMIN, Role.COORDINATOR)
    anna.page.goto(f"{anna.address}/applicants")
    sign_in(anna, mail)
    heading(anna, "intake.applicants.title")
    anna.page.reload()
    heading(anna, "intake.applicants.title")
    assert anna.page.url == f"{anna.address}/applicants"
    assert anna.page.evaluate("document.cookie").count("mentoring") == 0
    for kept in ("first-run?token=used", "sign-in"):
        anna.page.goto(f"{anna.address}/{kept}")
        anna.sees(anna.says("office.today.ahead"))
        expect(anna.page.get_by_role("dialog")).to_have_count(0)


def test_signed_out_in_one_tab_the_other_is_told_and_comes_back_to_its_page(house: House, anna: Person) -> None:
    _, mail = house.account(Role.ADMIN, Role.COORDINATOR, name="Anna Bianchi")
    anna.page.goto(anna.address)
    sign_in(anna, mail)
    anna.sees(anna.says("office.today.ahead"))
    other = another_tab(anna, "applicants")
    heading(other, "intake.applicants.title")

    anna.press("Anna Bianchi")
    anna.press(anna.says("accounts.sign_out"))
    anna.sees(anna.says("accounts.sign_in.title"))

    other.choose("EN")
    sign_in(other, mail)
    heading(other, "intake.applicants.title")
    assert other.page.url == f"{anna.address}/applicants"


def test_an_expired_session_is_told_calmly_and_leads_back_to_the_same_page(house: House, anna: Person) -> None:
    number, mail = house.account(Role.ADMIN, Role.COORDINATOR)
    anna.page.goto(f"{anna.address}/year")
    sign_in(anna, mail)
    heading(anna, "edition.year.heading", name="2026/27")
    with house.inside() as session:
        for one in session.exec(select(SignIn).where(SignIn.account_id == number)):
            one.seen_at -= IDLE + timedelta(minutes=1)

    anna.choose("EN")

    anna.sees(anna.says("accounts.gate.signed_out"))
    sign_in(anna, mail)
    heading(anna, "edition.year.heading", name="2026/27")
    assert anna.page.url == f"{anna.address}/year"


def test_after_too_many_tries_the_door_says_when_it_opens_again(house: House, anna: Person) -> None:
    anna.page.goto(anna.address)
    for number in range(6):
        sign_in(anna, "nobody@unimi.example", f"wrong {number}")
        anna.sees(anna.says("accounts.sign_in.wrong" if number < 5 else "accounts.sign_in.closed", n=1))
    sign_in(anna, house.account(Role.VIEWER)[1])
    anna.sees(anna.says("office.today.ahead"))


def test_an_invited_colleague_sets_a_password_and_later_changes_it(house: House, anna: Person) -> None:
    _, mail = house.account(Role.ADMIN, Role.COORDINATOR)
    anna.page.goto(f"{anna.address}/staff")
    sign_in(anna, mail)
    heading(anna, "accounts.staff.title")
    anna.page.get_by_text(anna.says("accounts.staff.new")).click()
    anna.field(anna.says("accounts.name")).fill("Aaron Primo")
    anna.field(anna.says("accounts.mail")).fill("aaron@unimi.example")
    anna.choose(anna.says("accounts.role.viewer"))
    anna.press(anna.says("accounts.staff.add"))
    anna.told(anna.says("accounts.staff.added", name="Aaron Primo"))
    table = anna.page.get_by_test_id("stDataFrame").bounding_box()
    assert table is not None
    anna.page.mouse.click(table["x"] + 16, table["y"] + 52)  # the first row's box: the list is by name
    code = anna.page.get_by_test_id("stCode")
    first = code.inner_text().strip()
    assert first.startswith(f"{anna.address}/set-password?token=")
    anna.press(anna.says("accounts.staff.link_again"))
    anna.told(anna.says("accounts.staff.done.link_made", name="Aaron Primo"))
    expect(code).not_to_contain_text(first)
    link = code.inner_text().strip()
    anna.page.goto(first)
    anna.sees(anna.says("accounts.link.dead"))

    anna.page.context.clear_cookies()
    anna.page.goto(link)
    anna.field(anna.says("accounts.password")).fill(NEW)
    anna.field(anna.says("accounts.password_again")).fill(NEW)
    anna.press(anna.says("accounts.link.keep"))
    anna.sees(anna.says("office.today.ahead"))

    anna.open("me", anna.says("accounts.me.title"))
    anna.field(anna.says("accounts.me.old")).fill(NEW)
    anna.field(anna.says("accounts.me.new")).fill(f"{NEW} lungo")
    anna.field(anna.says("accounts.password_again")).fill(f"{NEW} lungo")
    anna.press(anna.says("accounts.me.change"))
    anna.sees(anna.says("accounts.me.changed"))
    anna.page.context.clear_cookies()
    anna.page.goto(f"{anna.address}/me")
    sign_in(anna, "aaron@unimi.example", f"{NEW} lungo")
    heading(anna, "accounts.me.title")
