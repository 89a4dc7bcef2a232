"""The light pages on a phone without scripts: every answer a person can give; and what axe says of each page."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from core import schema
from core.language.text import Language, say
from core.people.rules import Purpose, Side
from core.selection.rules import Settings as SelectionRules
from core.speeddate.rules import Settings as EventRules
from core.store import clock, database
from core.store.config import Config
from core.training.rules import Session as TrainingSession
from core.training.rules import Settings as TrainingRules
from pages.shared.registry import ROOT
from tests.bench.served import served
from tests.bench.staff import environment
from tests.browser.walk import FLAGS
from tests.make import a_participant, an_edition
from tests.participants.visits import a_link, replaced, set_rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE = {"width": 390, "height": 844}
PATIENCE = 10_000
THUMB = 44
IT, EN = Language.ITALIAN, Language.ENGLISH
TARGETS = """
() => [...document.querySelectorAll("a, button, input:not([type=hidden])")]
    .filter(one => one.getBoundingClientRect().height < %d).map(one => one.outerHTML)
"""
SERIOUS = {"serious", "critical"}
WHOLE = {"resultTypes": ["violations"]}
CONTRAST = {**WHOLE, "runOnly": ["color-contrast"]}
"""In the dark only the colours are others."""


@dataclass(frozen=True, slots=True)
class Hall:
    """A running server, a browser, and the links of the people in it."""

    address: str
    browser: Browser
    links: dict[str, str]
    folder: Path

    @contextmanager
    def phone(self, who: str, below: str = "", *, language: Language = IT, **options: object) -> Iterator[Page]:
        """The phone of somebody who has opened the link; it runs no script and asks no other machine."""
        options = {"java_script_enabled": False, **options}
        context = self.browser.new_context(viewport=PHONE, locale=f"{language}-{language.upper()}", **options)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
        page.goto(f"{self.address}{self.links.get(who, who)}{below}")
        yield page
        assert set(asked) == {urlsplit(self.address).netloc}
        assert context.cookies() == []
        context.close()


def furnish(folder: Path) -> dict[str, str]:
    """An edition in which everything can be answered now; the path of each person's link."""
    now = clock.now()
    day = now.date()
    database.use(schema.open_store(Config(data=folder)))
    edition = an_edition(now.year, "2026/27")
    dates = tuple(TrainingSession(now + timedelta(days=days), places=1) for days in (5, 9))
    event = EventRules(day, day + timedelta(days=30), day=day + timedelta(days=14))
    set_rules(edition, replaced(SelectionRules.defaults(now.year), answer_by=day + timedelta(days=3)))
    set_rules(edition, replaced(TrainingRules.defaults(now.year), mentee_sessions=dates))
    set_rules(edition, event)
    people = {"zoe": Side.MENTEE, "ugo": Side.MENTEE, "eva": Side.MENTEE, "ivo": Side.MENTOR, "lia": Side.MENTOR}
    made = {name: a_participant(edition, side, name=f"{name.title()} Ferri") for name, side in people.items()}
    links = {name: a_link(number) for name, number in made.items()}
    links["consent"] = a_link(made["ivo"], Purpose.CONSENT)
    database.use(None)
    return links


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Hall]:
    place = tmp_path_factory.mktemp("hall")
    links = furnish(place / "data")
    with served(ROOT / "app.py", place / "log", environment(place / "data")) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        expect.set_options(timeout=PATIENCE)
        yield Hall(f"http://{server.host}:{server.port}", browser, links, place)
        browser.close()


def press(page: Page, name: str) -> None:
    """Press the button, or follow the link, with this name."""
    page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first.click()


def told(page: Page, text: str) -> None:
    """Wait for the receipt."""
    expect(page.get_by_role("status")).to_contain_text(text)


def test_a_place_is_accepted(hall: Hall) -> None:
    with hall.phone("ivo") as page:
        press(page, "Rispondere: Posto come mentor")
        press(page, "Accettare il posto")
        told(page, "Hai accettato il posto")
        expect(page).to_have_url(f"{hall.address}{hall.links['ivo']}?done=place")
        page.reload()
        told(page, "Hai accettato il posto")


def test_a_place_is_given_up_after_a_second_thought(hall: Hall) -> None:
    with hall.phone("lia") as page:
        press(page, "Rispondere: Posto come mentor")
        press(page, "Rinunciare al posto")
        expect(page.get_by_role("heading", level=1)).to_have_text("Rinunciare al posto?")
        press(page, "No, tenere il posto")
        press(page, "Rinunciare al posto")
        press(page, "Sì, rinunciare al posto")
        told(page, "Hai rinunciato al posto")
        page.go_back()
        expect(page.get_by_role("button", name="Sì, rinunciare al posto")).to_have_count(0)
        expect(page.get_by_text("Hai rinunciato al posto")).to_be_visible()


def test_two_choose_their_dates_and_swap_them(hall: Hall) -> None:
    with hall.phone("zoe") as zoe, hall.phone("ugo", language=EN) as ugo:
        press(zoe, "Scegliere la data")
        zoe.get_by_role("button", name="un posto libero").first.click()
        told(zoe, "Scelta registrata")
        press(ugo, "Choose the date")
        expect(ugo.get_by_text("full", exact=True)).to_be_visible()
        ugo.get_by_role("button", name="one place left").click()
        told(ugo, "Choice kept")
        press(zoe, "Cambiare data")
        zoe.get_by_role("button", name="chiedere uno scambio").click()
        told(zoe, "Hai chiesto di passare a")
        press(ugo, "Change the date")
        ugo.get_by_role("button", name="ask for a swap").click()
        expect(ugo.get_by_role("status")).not_to_contain_text("You asked to change")
        zoe.reload()
        expect(zoe.get_by_role("status")).not_to_contain_text("Hai chiesto")


def test_whether_one_comes_is_said_and_changed(hall: Hall) -> None:
    with hall.phone("zoe", "/event") as page:
        press(page, "Sì, a distanza")
        told(page, "Hai risposto che parteciperai a distanza")
        press(page, "Cambiare risposta")
        page.get_by_role("button", name="No", exact=True).click()
        told(page, "Hai risposto che non parteciperai")


def test_contact_data_are_corrected_and_what_was_typed_wrongly_stays(hall: Hall) -> None:
    with hall.phone("ugo", "/contact") as page:
        page.get_by_label("Telefono").fill("+39 02 5031")
        page.get_by_label("Cognome").fill("")
        press(page, "Inviare la correzione")
        expect(page.get_by_role("alert")).to_contain_text("Il cognome è necessario")
        expect(page.get_by_label("Telefono")).to_have_value("+39 02 5031")
        page.get_by_label("Cognome").fill("Ferri Bianchi")
        press(page, "Inviare la correzione")
        told(page, "Hai chiesto una correzione")


def test_a_consent_is_given_and_withdrawn_by_its_own_link(hall: Hall) -> None:
    with hall.phone("consent") as page:
        expect(page.get_by_text(say("people.mine.consent.wording", IT))).to_be_visible()
        press(page, "Dare il consenso")
        told(page, "Hai dato il consenso")
        press(page, "Ritirare il consenso")
        told(page, "Hai ritirato il consenso")
    with hall.phone("ivo", "/consent") as page:
        expect(page.get_by_text("Hai ritirato il consenso")).to_be_visible()


def test_the_language_is_changed_where_one_is_and_is_kept(hall: Hall) -> None:
    with hall.phone("eva", "/event") as page:
        press(page, "English")
        expect(page.get_by_role("heading", level=1)).to_have_text("Speed date")
        expect(page.get_by_role("heading", level=2)).to_have_text("Will you take part?")
        expect(page.locator("html")).to_have_attribute("lang", "en")
    with hall.phone("eva") as page:
        expect(page.get_by_role("heading", level=1)).to_have_text("My programme")
        press(page, "Italiano")
        expect(page.get_by_role("heading", level=1)).to_have_text("Il mio programma")


PAGES = [
    *(("eva", below) for below in ("", "/place", "/training", "/event", "/calendar", "/contact", "/consent")),
    ("ivo", ""),
    ("lia", ""),
    ("lia", "/place"),
    ("zoe", "?done=training"),
    ("zoe", "/training"),
    ("zoe", "/event"),
    ("consent", ""),
    ("/mine/1-x", ""),
    ("/phone", ""),
]


@pytest.mark.parametrize(("scheme", "rules"), [("light", WHOLE), ("dark", CONTRAST)], ids=["light", "dark"])
def test_axe_finds_nothing_serious_and_thumbs_find_everything(hall: Hall, scheme: str, rules: object) -> None:
    found: list[object] = []
    with hall.phone("eva", "/place", java_script_enabled=True, bypass_csp=True, color_scheme=scheme) as page:
        press(page, "Rinunciare al posto")
        found += judged(page, "decline", rules)
        page.goto(f"{hall.address}{hall.links['eva']}/contact")
        page.get_by_label("Cognome").fill("")
        press(page, "Inviare la correzione")
        expect(page.get_by_role("alert")).to_be_visible()
        found += judged(page, "refused", rules)
        for who, below in PAGES:
            page.goto(f"{hall.address}{hall.links.get(who, who)}{below}")
            found += judged(page, f"{who}{below}", rules)
    assert found == []


def judged(page: Page, name: str, rules: object) -> list[object]:
    """What keeps people out of this page: serious findings, small targets, text beyond the screen's edge."""
    wrong = [one for one in Axe().run(page, options=rules).response["violations"] if one["impact"] in SERIOUS]
    found: list[object] = [(name, one["id"], [node["html"] for node in one["nodes"]]) for one in wrong]
    found += [(name, "small", one) for one in page.evaluate(TARGETS % THUMB)]
    if page.evaluate("document.scrollingElement.scrollWidth") > PHONE["width"]:
        found.append((name, "wide"))
    return found


def test_no_log_holds_a_link(hall: Hall) -> None:
    with hall.phone("eva"), hall.phone("/mine/1-x"):
        said = [
            file.read_text(encoding="utf-8") for file in (hall.folder / "log", *hall.folder.glob("data/logs/*.log"))
        ]
    assert len(said) == 2
    assert [path for path in hall.links.values() if path.split("/")[2] in "".join(said)] == []
