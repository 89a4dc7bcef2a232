"""Done, and taken back by the line above the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from core.language.text import Language
from pages.shared.registry import ROOT
from tests.bench.served import served
from tests.bench.staff import environment, sign_in
from tests.browser.walk import person

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_an_edition_is_renamed_and_has_its_name_back_by_the_line(chromium: str, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    name, _, cookie = sign_in(folder).partition("=")
    with (
        served(ROOT / "app.py", tmp_path / "log", environment(folder)) as server,
        person(chromium, f"http://127.0.0.1:{server.port}", Language.ITALIAN, failed=tmp_path / "failed.png") as anna,
    ):
        anna.page.context.add_cookies([{"name": name, "value": cookie, "url": anna.address}])
        undo = anna.page.get_by_role("button", name=anna.says("office.undo.act"), exact=True)
        anna.open("year", anna.says("edition.year.heading", name="2026/27"))
        expect(undo).to_have_count(0)
        anna.field(anna.says("edition.year.name")).fill("Sbagliata")
        anna.press(anna.says("edition.year.rename"))
        anna.told(anna.says("edition.year.renamed", name="Sbagliata"))
        anna.sees(anna.says("edition.year.heading", name="Sbagliata"))

        undo.click()

        anna.told(anna.says("office.undo.done", what=anna.says("edition.year.renamed", name="Sbagliata")))
        anna.sees(anna.says("edition.year.heading", name="2026/27"))
        expect(undo).to_have_count(0)
        expect(anna.field(anna.says("edition.year.name"))).to_have_value("2026/27")
        anna.field(anna.says("edition.year.name")).fill("Giusta")
        anna.press(anna.says("edition.year.rename"))
        anna.told(anna.says("edition.year.renamed", name="Giusta"))
        anna.page.get_by_role("link", name=anna.says("office.lately.title")).click()
        anna.sees(anna.says("office.record.choose"))
        expect(undo).to_have_count(0)
