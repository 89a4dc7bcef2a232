"""`python -m tests.screens`: draws the pictures of README.md anew, from the demo, into docs/screens."""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from core import schema
from core.accounts.rules import Role
from core.demo.building import build
from core.demo.dates import Until
from core.store import clock, database
from core.store.config import Config
from pages.shared.registry import ROOT
from tests.bench.served import served
from tests.bench.staff import come_in, environment
from tests.browser.walk import FLAGS
from tests.chromium import find_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.bench.served import Served

FOLDER = ROOT / "docs" / "screens"
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 780}
SCREENS = {
    Until.SELECTION: {"ranking": WIDE},
    Until.SPEEDDATE: {"arrivals": PHONE},
    Until.MATCHING: {"proposal": WIDE},
    Until.MENTORING: {"": WIDE, "follow-up": WIDE, "pace": WIDE},
    Until.END: {"certificates": WIDE},
}
"""Which pages are drawn in which phase, and how large."""


def main() -> int:
    """Draw all; returns 2 where there is no Chromium."""
    chromium = find_chromium()
    if chromium is None:
        print("No Chromium on this machine: `python3 start.py test` installs one.", file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright, ExitStack() as stack:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for until, pages in SCREENS.items():
            folder = Path(name) / until
            cookie = _built(until, folder)
            server = stack.enter_context(served(ROOT / "app.py", folder / "log", environment(folder)))
            for url, size in pages.items():
                page = browser.new_context(viewport=size, locale="it-IT").new_page()
                _sign_in(page, server, cookie)
                _draw(page, f"http://{server.host}:{server.port}/{url}", FOLDER / f"{url or 'today'}.png")
        browser.close()
    return 0


def _built(until: Until, folder: Path) -> str:
    """A demo in this folder; returns the cookie of a member of staff."""
    database.use(schema.open_store(Config(data=folder, bcrypt_rounds=4)))
    now = datetime.now(UTC)
    build(until, seed=1, now=now, rounds=4)
    with database.writing() as session:
        cookie = come_in(session, "Anna Bianchi", "anna@career.example", roles=frozenset(Role) - {Role.ADMIN})
    database.use(None)
    clock.use(None)
    return cookie


def _sign_in(page: Page, server: Served, cookie: str) -> None:
    name, _, value = cookie.partition("=")
    page.context.add_cookies([{"name": name, "value": value, "domain": server.host, "path": "/"}])


def _draw(page: Page, address: str, file: Path) -> None:
    page.goto(address)
    page.get_by_role("heading", level=1).wait_for()
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.wait_for_timeout(1500)  # figures draw themselves a moment after the page has come
    page.screenshot(path=file)
    print(file)


if __name__ == "__main__":
    sys.exit(main())
