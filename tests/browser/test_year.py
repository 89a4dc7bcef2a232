"""A whole year in Italian, each phase on the demo's store of that phase: its work, by the words on the screen."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from core.accounts.rules import RIGHTS, Role
from core.certificates import queries as certificates
from core.demo.dates import Until
from core.intake.queries import applicants
from core.language.text import Language
from core.learning.queries import resources
from core.matching import queries as matching
from core.matching.proposal import proposed, results
from core.mentoring.queries import followed
from core.people.rules import Side
from core.selection import queries as selection
from core.selection.scoring import Place
from core.speeddate import queries as speeddate
from core.training import queries as training
from pages.shared.registry import PAGES, ROOT, Page
from tests.browser.walk import person
from tests.browser.year import Year, a_year
from tests.demo.phases import demo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, WebSocket

    from core.certificates.queries import Thanked
    from core.certificates.standing import Standing
    from tests.browser.walk import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FILE = ROOT / "tests" / "intake" / "files" / "f01_msforms_mentee_it.xlsx"
TRAINED, ENDED = "2026/27", "2025/26"
"""The editions of two of the stores."""
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def year(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Year:
    """The phase that the test is told."""
    return a_year(demo(tmp_path_factory, request.param))


@pytest.fixture
def failed(tmp_path: Path) -> Path:
    """Where the picture of a step that fails is kept."""
    return tmp_path / "failed.png"


def at(until: Until) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("year", [until], indirect=True, ids=str)


def opens(anna: Person, url: str, key: str) -> None:
    anna.open(url, anna.says(key))


def cell(anna: Person, column: int) -> Locator:
    """A cell in the first row of the first table, as it is read out; where rows can be chosen column 0 is their box."""
    return anna.page.get_by_test_id("stDataFrame").first.get_by_test_id(f"glide-cell-{column}-0")


def press_in_first_row(anna: Person) -> None:
    """Click where the first row begins."""
    stands_still(anna)
    anna.page.get_by_test_id("stDataFrame").first.click(position={"x": 16, "y": 52})


def downloaded(anna: Person, label: str) -> tuple[str, bytes]:
    """The name and the content of the file behind this button."""
    with anna.page.expect_download() as download:
        anna.press(label)
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


@at(Until.INTAKE)
def test_applications_come_in_by_a_file(year: Year, chromium: str, failed: Path) -> None:
    me = year.store.access("coordinator")
    with year.served() as address, person(chromium, address, Language.ITALIAN, failed=failed) as anna:
        anna.page.goto(f"{anna.address}/upload")
        anna.field(anna.says("accounts.mail")).fill(me.mail)
        anna.field(anna.says("accounts.password")).fill(me.password)
        anna.press(anna.says("accounts.sign_in.enter"))
        anna.sees(anna.says("intake.upload.empty"))
        anna.page.locator("input[type=file]").set_input_files(FILE)
        anna.press(anna.says("intake.upload.take", n=3))
        anna.told(anna.says("intake.upload.taken", n=3))
        anna.sees(anna.says("intake.upload.nothing"))


@at(Until.SELECTION)
def test_a_reviewer_scores_and_the_coordinator_decides(year: Year, chromium: str, failed: Path) -> None:
    ranked = year.ask(selection.ranking, side=Side.MENTEE)
    within = sum(one.outcome is None and one.placing.place is Place.WITHIN for one in ranked)
    with year.served() as address, person(chromium, address, Language.ITALIAN, failed=failed) as anna:
        year.let_in(anna, "reviewer1")
        opens(anna, "scoring", "selection.scoring.title")
        anna.sees(anna.says("selection.scoring.motivation"))
        points = anna.page.get_by_role("spinbutton", name=anna.says("selection.scoring.points"))
        points.press_sequentially("4")
        points.press("Control+Enter")
        anna.told(anna.says("selection.scoring.saved"))
        expect(points).to_have_value("")

        year.let_in(anna, "coordinator")
        opens(anna, "ranking", "selection.ranking.title")
        anna.press(anna.says("selection.ranking.tick_within", n=within))
        anna.choose(anna.says("selection.ranking.suggestion.selected_1"))
        anna.press(anna.says("selection.ranking.record.selected", n=within))
        anna.told(anna.says("selection.ranking.recorded.selected", n=within))


@at(Until.TRAINING)
def test_a_presence_is_ticked_and_a_resource_is_added(year: Year, chromium: str, failed: Path) -> None:
    roll = year.ask(training.attendance, side=Side.MENTEE)
    missed = next(one for one in roll.people if not one.completed)
    offered = year.ask(resources)
    shown = sum(one.shown for one in offered)
    with year.served() as address, person(chromium, address, Language.ITALIAN, failed=failed) as anna:
        year.let_in(anna, "coordinator")
        opens(anna, f"attendance?search={missed.listed}", "training.attendance.title")
        anna.sees(anna.says("training.attendance.found", n=1))
        expect(cell(anna, 0)).to_have_text(missed.listed)
        press_in_first_row(anna)
        anna.page.keyboard.press("ArrowRight")
        expect(cell(anna, 1)).to_have_attribute("aria-selected", "true")
        anna.page.keyboard.press("Space")
        anna.press(anna.says("training.attendance.save", n=1))
        anna.told(anna.says("training.attendance.saved", n=1))
        expect(cell(anna, 3)).to_have_text(anna.says("training.attendance.done"))

        opens(anna, "materials", "learning.materials.title")
        anna.sees(anna.says("learning.materials.lead", edition=TRAINED, n=len(offered), shown=shown))
        anna.field(anna.says("store.field.title_it")).fill("Prepararsi al primo incontro")
        anna.field(anna.says("learning.materials.link")).fill("https://www.unimi.example/guida")
        anna.press(anna.says("learning.materials.add"))
        anna.told(anna.says("learning.materials.added", title="Prepararsi al primo incontro"))
        anna.sees(anna.says("learning.materials.lead", edition=TRAINED, n=len(offered) + 1, shown=shown))


@at(Until.SPEEDDATE)
def test_somebody_arrives_and_a_ballot_is_typed(year: Year, chromium: str, failed: Path) -> None:
    missing = next(one for one in year.ask(speeddate.arrivals) if one.at is None)
    numbers = [one.number for one in year.ask(speeddate.mentors) if one.takes_part][:2]
    with year.served() as address, person(chromium, address, Language.ITALIAN, failed=failed) as anna:
        anna.page.set_viewport_size(PHONE)
        year.let_in(anna, "helper")
        opens(anna, "arrivals", "speeddate.arrivals.title")
        anna.field(anna.says("speeddate.arrivals.search")).press_sequentially(missing.listed)
        anna.press(anna.says("speeddate.arrivals.check_in"))
        anna.told(anna.says("speeddate.arrivals.checked_in", name=missing.spoken))
        assert anna.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]

        anna.page.set_viewport_size({"width": 1440, "height": 1000})
        year.let_in(anna, "coordinator")
        opens(anna, "ballots", "speeddate.ballots.title")
        whose = anna.page.get_by_role("combobox", name=anna.says("speeddate.ballots.mentee"))
        name = whose.input_value()
        field = anna.field(anna.says("speeddate.ballots.entry"))
        field.press_sequentially(", ".join(map(str, numbers)))
        field.press("Control+Enter")
        anna.told(anna.says("speeddate.ballots.saved", name=name))
        expect(field).to_have_value("")
        expect(whose).not_to_have_value(name)


@at(Until.MATCHING)
def test_the_proposed_pairs_are_published(year: Year, chromium: str, failed: Path) -> None:
    inputs = year.ask(matching.inputs)
    policy = inputs.settings.policy
    n = len(proposed(inputs, policy, results(inputs)[policy]).pairs)
    with year.served() as address, person(chromium, address, Language.ITALIAN, failed=failed) as anna:
        year.let_in(anna, "coordinator")
        opens(anna, "proposal", "matching.proposal.title")
        anna.page.get_by_text(anna.says("matching.publish.checked")).click()
        anna.press(anna.says("matching.publish.act", n=n))
        anna.told(anna.says("matching.publish.done", n=n))

        opens(anna, "pairs", "matching.pairs.title")
        sheet = openpyxl.load_workbook(io.BytesIO(downloaded(anna, anna.says("matching.pairs.sheet"))[1])).active
        assert sheet.max_row == 1 + n


def type_day(anna: Person, day: date) -> None:
    """Write a day into the field of three parts, as people do."""
    parts = anna.page.get_by_test_id("stDateInput").get_by_role("spinbutton")
    expect(parts).to_have_count(3)
    for part, typed in zip(parts.all(), f"{day:%d %m} {day.year:04d}".split(), strict=True):
        part.click()
        part.press_sequentially(typed)
    parts.last.press("Tab")


@at(Until.MENTORING)
def test_a_meeting_is_logged_and_followed_up(year: Year, chromium: str, failed: Path) -> None:
    today = year.store.now.date()
    pair = next(one for one in year.ask(followed, today=today) if one.meetings and not one.pair.ended)
    name = pair.pair.mentee
    with year.served() as address, person(chromium, address, Language.ITALIAN, failed=failed) as anna:
        year.let_in(anna, "coordinator")
        opens(anna, f"follow-up?search={name}", "mentoring.follow_up.title")
        expect(cell(anna, 4)).to_have_text(str(len(pair.meetings)))

        opens(anna, f"meetings?pair={pair.pair.id}", "mentoring.meetings.title")
        type_day(anna, date(1, 1, 26))  # the browser takes it for no date: no other day may be kept in its place
        anna.press(anna.says("mentoring.meetings.log"))
        anna.sees(anna.says("mentoring.refused.DayMissing")[:40])
        type_day(anna, today)
        anna.press(anna.says("mentoring.meetings.log"))
        anna.told(
            anna.says(
                "mentoring.meetings.logged", pair=anna.says("mentoring.pair", mentee=name, mentor=pair.pair.mentor)
            )
        )

        opens(anna, f"follow-up?search={name}", "mentoring.follow_up.title")
        expect(cell(anna, 4)).to_have_text(str(len(pair.meetings) + 1))
        for url in ("pace", "trained"):
            opens(anna, url, f"reporting.{url}.title")
            expect(anna.page.locator(".js-plotly-plot").first).to_be_visible()


@dataclass(frozen=True, slots=True)
class End:
    """The year is over and its pages are only read: its server, and what its store tells."""

    year: Year
    address: str
    earned: list[Standing]
    thanked: list[Thanked]
    names: set[str]


@pytest.fixture(scope="module")
def end(tmp_path_factory: pytest.TempPathFactory) -> Iterator[End]:
    year = a_year(demo(tmp_path_factory, Until.END))
    everybody = [one for side in Side for one in year.ask(applicants, side=side)]
    names = {name for one in everybody for name in (one.listed, one.spoken, one.mail)}
    earned = [one for one in year.ask(certificates.standings) if one.earned]
    thanked = [one for one in year.ask(certificates.thanks) if one.consents]
    with year.served() as address:
        yield End(year, address, earned, thanked, names)


def test_certificates_are_downloaded_and_mentors_thanked(end: End, chromium: str, failed: Path) -> None:
    one = end.earned[0]
    with person(chromium, end.address, Language.ITALIAN, failed=failed) as anna:
        end.year.let_in(anna, "coordinator")
        opens(anna, "certificates", "certificates.earned.title")
        _, bundle = downloaded(anna, anna.says("certificates.earned.all", n=len(end.earned)))
        anna.field(anna.says("certificates.earned.search")).fill(one.listed)
        anna.page.keyboard.press("Enter")
        anna.sees(anna.says("certificates.earned.found", n=1))
        expect(cell(anna, 1)).to_have_text(one.listed)
        press_in_first_row(anna)
        anna.sees(anna.says("certificates.earned.has_earned"))
        name, paper = downloaded(anna, anna.says("certificates.earned.one"))

        opens(anna, "thanks", "certificates.thanks.title")
        code = anna.page.get_by_test_id("stCode")
        expect(code).to_contain_text("<ul>")
        assert [one.spoken in code.inner_text() for one in end.thanked] == [True] * len(end.thanked)
        assert code.inner_text().count("<li>") == len(end.thanked)
    assert (paper[:4], one.spoken in text_of(paper)) == (b"%PDF", True)
    assert bundle[:2] == b"PK"
    with zipfile.ZipFile(io.BytesIO(bundle)) as files:
        assert len(files.namelist()) == len(end.earned)
        assert one.spoken in text_of(files.read(name))


def text_of(paper: bytes) -> str:
    """What a PDF says, in one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages).split())


def test_a_viewer_sees_the_figures_and_no_name(end: End, chromium: str, failed: Path) -> None:
    sent: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: sent.append(frame if isinstance(frame, bytes) else frame.encode()))

    def told() -> set[str]:
        everything = b"\n".join(sent)
        return {name for name in end.names if name.encode() in everything}

    with person(chromium, end.address, Language.ITALIAN, failed=failed) as anna:
        anna.page.on("websocket", listen)
        end.year.let_in(anna, "viewer")
        for url in ("cohort", "trained", "pace"):
            opens(anna, url, f"reporting.{url}.title")
            expect(anna.page.locator(".js-plotly-plot").first).to_be_visible()
            stands_still(anna)
        assert told() == set()
        end.year.let_in(anna, "coordinator")
        opens(anna, "pace", "reporting.pace.title")
        anna.sees(anna.says("reporting.pace.lanes"))
        assert told()


def test_every_page_opens_by_its_address_in_english(end: End, chromium: str, failed: Path) -> None:
    with person(chromium, end.address, Language.ENGLISH, failed=failed) as anna:
        for who in ("admin", "reviewer1"):
            end.year.let_in(anna, who)
            anna.page.goto(anna.address)
            anna.choose("EN")
            anna.sees(anna.says("accounts.me.title"))
            for page in PAGES:
                if (Role.COORDINATOR in RIGHTS[page.right] or Role.ADMIN in RIGHTS[page.right]) == (who == "admin"):
                    look_at(anna, page)


def look_at(anna: Person, page: Page) -> None:
    """Its title is there, and nothing says that something went wrong."""
    anna.page.goto(f"{anna.address}/{page.url}")
    titled = anna.page.get_by_role("heading", name=anna.says(page.title), exact=True)
    of_the_edition = anna.page.get_by_role("heading", level=1).filter(has_text=ENDED)
    expect(titled.or_(of_the_edition).first).to_be_visible()
    stands_still(anna)
    for wrong in ("stException", "stAlertContentError"):
        expect(anna.page.get_by_test_id(wrong)).to_have_count(0)


def stands_still(anna: Person) -> None:
    """Wait until the page's script has run to its end."""
    expect(anna.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
