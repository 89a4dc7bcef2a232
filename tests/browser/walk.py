"""A person at a browser: opens pages, presses buttons by their words, and touches no other machine."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import expect, sync_playwright

from core.language.text import Language, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Locator, Page

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BAD_REQUEST = 400
PATIENCE = 20_000
"""Milliseconds until something that should be seen must be there."""


class Person:
    """Somebody with a browser, reading one language."""

    def __init__(self, page: Page, address: str, language: Language) -> None:
        self.page = page
        self.address = address
        self.language = language

    def says(self, key: str, **values: object) -> str:
        """A text of the programme in the person's language."""
        return say(key, self.language, **values)

    def open(self, url: str, title: str) -> None:
        """Go to a page by its address and wait for its title."""
        self.page.goto(f"{self.address}/{url}")
        expect(self.page.get_by_role("heading", name=title, exact=True)).to_be_visible()

    def sees(self, text: str) -> None:
        """Wait for a text."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def press(self, name: str) -> None:
        """Press the button with this name."""
        self._click(self.page.get_by_role("button", name=name).last)

    def choose(self, name: str) -> None:
        """Choose one of the segments or chips beside each other."""
        radio = self.page.get_by_role("radio", name=name, exact=True)
        self._click(radio.or_(self.page.get_by_role("button", name=name, exact=True)).first)

    def _click(self, target: Locator) -> None:
        """Click once the page has settled, as people do: a run that a second click cuts off forgets the first one."""
        expect(target).to_be_visible()
        expect(self.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        target.click()

    def field(self, label: str) -> Locator:
        """The text field with this label."""
        return self.page.get_by_role("textbox", name=label, exact=True)

    def told(self, text: str) -> None:
        """Wait for the toast after an act."""
        expect(self.page.get_by_test_id("stToast").filter(has_text=text).first).to_be_visible()


@contextmanager
def person(
    chromium: str, address: str, language: Language, *, failed: Path, own_certificate: bool = False
) -> Iterator[Person]:
    """A browser with nobody signed in; fails when it asks another machine, and leaves a picture when a step fails.

    `own_certificate` takes a certificate that nobody has vouched for.
    """
    strangers: list[str] = []
    refused: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_context(
            viewport={"width": 1440, "height": 1000}, accept_downloads=True, ignore_https_errors=own_certificate
        ).new_page()
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        home = urlsplit(address).netloc
        page.on("request", lambda request: strangers.append(request.url) if _foreign(request.url, home) else None)
        page.on("response", lambda answer: refused.append(answer.url) if _refused(answer.status, answer.url) else None)
        try:
            yield Person(page, address, language)
        except BaseException:
            page.screenshot(path=failed, full_page=True)
            raise
        finally:
            browser.close()
    assert (strangers, refused) == ([], []), f"asked of others: {strangers}; refused: {refused}"


def _refused(status: int, url: str) -> bool:
    """Whether a page was not given what it needs; Streamlit itself first looks for its server below the page."""
    return status >= BAD_REQUEST and "/_stcore/" not in urlsplit(url).path


def _foreign(url: str, home: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in ("data", "blob") and parts.netloc != home
