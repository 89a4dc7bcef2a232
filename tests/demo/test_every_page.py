"""Every page at every phase of the demo, to somebody of all roles: it stands, bears its title, and nothing is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.accounts.rules import Role
from core.demo.dates import Until
from core.edition.queries import editions
from core.language.text import Language, say
from core.store import database
from pages.shared.registry import HOME, PAGES, Page
from pages.shared.words import escape
from tests.demo.phases import LAST_YEAR, THIS_YEAR, Demo, demo
from tests.make import open_page, staff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamlit.testing.v1 import AppTest

    from core.accounts.rules import Actor


@pytest.fixture
def store_of(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A copy of the store of the phase that the test is told, in use."""
    mine = demo(tmp_path_factory, request.param)
    with mine.in_use():
        yield mine


every_phase = pytest.mark.parametrize("store_of", Until, indirect=True)
mentoring = pytest.mark.parametrize("store_of", [Until.MENTORING], indirect=True)
end = pytest.mark.parametrize("store_of", [Until.END], indirect=True)


def walk(me: Actor, language: Language, edition: int) -> Iterator[tuple[Page, AppTest]]:
    """All pages: in Italian one after another in one tab, as they are chosen in the navigation."""
    test = open_page(HOME.url, me, language=language, edition=edition)
    yield HOME, test
    for page in PAGES[1:]:
        if language is Language.ITALIAN:
            yield page, test.switch_page(str(page.path)).run()
        else:  # AppTest asks for the options of the page before outside the page, where Italian is spoken
            yield page, open_page(page.url, me, language=language, edition=edition)


def wrong(me: Actor, language: Language = Language.ITALIAN, edition: int = THIS_YEAR) -> dict[str, list[str]]:
    """What should not be on a page, by the page's file."""
    name = named(me, edition)
    found = {page.file: list(troubles(page, test, language, name)) for page, test in walk(me, language, edition)}
    return {file: told for file, told in found.items() if told}


def troubles(page: Page, test: AppTest, language: Language, edition: str) -> Iterator[str]:
    yield from (one.message for one in test.exception)
    yield from (one.value for one in test.error)
    titles = [one.value for one in test.title]
    if titles != [say(page.title, language)] and not (len(titles) == 1 and titles[0].endswith(f" {edition}")):
        yield f"its titles are {titles}"


def named(me: Actor, edition: int) -> str:
    with database.reading() as session:
        return next(escape(one.name) for one in editions(session, by=me) if one.id == edition)


@every_phase
@pytest.mark.slow
def test_every_page_stands_at_every_phase(store_of: Demo) -> None:
    assert wrong(staff(*Role)) == {}


@pytest.mark.slow
@end
@pytest.mark.slow
def test_every_page_stands_in_english(store_of: Demo) -> None:
    assert wrong(staff(*Role, language=Language.ENGLISH), language=Language.ENGLISH) == {}


@mentoring
@pytest.mark.slow
def test_every_page_stands_in_last_year_s_edition_and_says_that_it_is_closed(store_of: Demo) -> None:
    me = staff(*Role)
    closed, _, _ = say("edition.is_closed", Language.ITALIAN, day="|").partition("|")
    told = {page.file: [closed] for page in PAGES}
    name = named(me, LAST_YEAR)
    found = {
        page.file: [one.value[: len(closed)] for one in test.info if one.value.startswith(closed)]
        + list(troubles(page, test, Language.ITALIAN, name))
        for page, test in walk(me, Language.ITALIAN, LAST_YEAR)
    }
    assert found == told
