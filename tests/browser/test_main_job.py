"""The main job through the real door, from the first start to the pairs, in both languages."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from playwright.sync_api import expect

from core.accounts.first_link import link
from core.language.text import Language
from core.people.rules import Side
from core.store.config import Config
from pages.shared.registry import ROOT
from tests.bench.served import served
from tests.bench.staff import environment
from tests.browser.walk import Person, person

if TYPE_CHECKING:
    from tests.bench.served import Served

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FILES = Path(__file__).parents[1] / "intake" / "files"
NAME, MAIL, PASSWORD = "Anna Bianchi", "anna@unimi.example", "una frase lunga davvero"
EXPORTS = [
    ("f01_msforms_mentee_it.xlsx", Side.MENTEE, 3),
    ("f03_google_mentee_it.csv", Side.MENTEE, 3),
    ("f02_msforms_mentor_en.xlsx", Side.MENTOR, 2),
    ("f05_excel_mentor_it.csv", Side.MENTOR, 2),
]
# Mentors are numbered by surname: 1 Brambilla, 2 Colombo, 3 Ghezzi, 4 Weiß.
BALLOTS = ["2, 4", "3 ; -1", "2=4, 3", "4", "1, 3", "3, 1"]


@pytest.mark.parametrize("language", [Language.ITALIAN, Language.ENGLISH], ids=str)
def test_from_exported_forms_to_published_pairs(language: Language, chromium: str, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with (
        served(ROOT / "app.py", tmp_path / "log", environment(folder)) as server,
        person(chromium, f"http://127.0.0.1:{server.port}", language, failed=tmp_path / "failed.png") as anna,
    ):
        begin(anna, server, folder)
        come_in_through_the_door(anna)
        import_the_forms(anna)
        select_everybody(anna)
        enter_the_ballots(anna)
        publish(anna)
        look_at_the_pairs(anna)
        look_at_the_funnel(anna)


def begin(anna: Person, server: Served, folder: Path) -> None:
    anna.page.goto(link(Config(data=folder), f"http://127.0.0.1:{server.port}"))
    anna.choose(anna.language.upper())
    anna.sees(anna.says("accounts.first_run.title"))
    anna.field(anna.says("accounts.name")).fill(NAME)
    anna.field(anna.says("accounts.mail")).fill(MAIL)
    anna.field(anna.says("accounts.password")).fill(PASSWORD)
    anna.press(anna.says("accounts.first_run.begin"))
    anna.sees(anna.says("office.today.ahead"))


def come_in_through_the_door(anna: Person) -> None:
    anna.press(NAME)
    anna.press(anna.says("accounts.sign_out"))
    anna.choose(anna.language.upper())
    anna.sees(anna.says("accounts.sign_in.title"))
    anna.page.goto(f"{anna.address}/applicants")
    anna.choose(anna.language.upper())
    anna.sees(anna.says("accounts.sign_in.title"))
    anna.field(anna.says("accounts.mail")).fill(MAIL)
    anna.field(anna.says("accounts.password")).fill("a wrong password")
    anna.press(anna.says("accounts.sign_in.enter"))
    anna.sees(anna.says("accounts.sign_in.wrong"))
    anna.field(anna.says("accounts.password")).fill(PASSWORD)
    anna.press(anna.says("accounts.sign_in.enter"))
    anna.sees(anna.says("intake.applicants.empty"))


def import_the_forms(anna: Person) -> None:
    for name, side, taken in EXPORTS:
        anna.open("upload", anna.says("intake.upload.title"))
        anna.choose(anna.says(f"intake.side.{side}"))
        anna.page.locator("input[type=file]").set_input_files(FILES / name)
        anna.press(anna.says("intake.upload.take", n=taken))
        anna.told(anna.says("intake.upload.taken", n=taken))
        anna.sees(anna.says("intake.upload.nothing"))


def select_everybody(anna: Person) -> None:
    for side, people in ((Side.MENTEE, 6), (Side.MENTOR, 4)):
        anna.open("ranking", anna.says("selection.ranking.title"))
        anna.choose(anna.says(f"intake.side.{side}"))
        anna.press(anna.says("selection.ranking.tick_undecided", n=people))
        anna.choose(anna.says("selection.ranking.suggestion.selected_1"))
        anna.press(anna.says("selection.ranking.record.selected", n=people))
        anna.told(anna.says("selection.ranking.recorded.selected", n=people))


def enter_the_ballots(anna: Person) -> None:
    anna.open("ballots", anna.says("speeddate.ballots.title"))
    anna.press(anna.says("speeddate.ballots.number"))
    for number, typed in enumerate(BALLOTS, start=1):
        field = anna.field(anna.says("speeddate.ballots.entry"))
        expect(field).to_have_value("")
        field.press_sequentially(typed)
        field.press("Control+Enter")
        anna.sees(anna.says("speeddate.ballots.state.unknown", done=number, all=6))


def publish(anna: Person) -> None:
    anna.open("proposal", anna.says("matching.proposal.title"))
    anna.page.get_by_text(anna.says("matching.publish.checked")).click()
    anna.press(anna.says("matching.publish.act", n=4))
    anna.told(anna.says("matching.publish.done", n=4))


def look_at_the_pairs(anna: Person) -> None:
    anna.open("pairs", anna.says("matching.pairs.title"))
    with anna.page.expect_download() as download:
        anna.press(anna.says("matching.pairs.sheet"))
    sheet = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 1 + 4
    assert {row[3] for row in rows[1:]} == {
        "ester.brambilla@delta.example",
        "roberta.colombo@alfa.example",
        "oscar.ghezzi@epsilon.example",
        "j.weiss@beta.example",
    }
    assert all(row[1].endswith("@studenti.unimi.example") for row in rows[1:])


def look_at_the_funnel(anna: Person) -> None:
    anna.open("cohort", anna.says("reporting.cohort.title"))
    expect(anna.page.locator(".js-plotly-plot").first).to_be_visible()
