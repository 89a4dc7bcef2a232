"""The navigation: made once for a tab, and anew when it must say something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.accounts.rules import Role
from core.language.text import Language
from pages.shared.navigation import KEPT
from tests.make import an_edition, open_page, staff

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

pytestmark = pytest.mark.usefixtures("store")


def titles(test: AppTest) -> list[str]:
    """What stands in the navigation of the open tab."""
    _, sections = test.session_state[KEPT]
    return [page.title for pages in sections.values() for page in pages if page.visibility == "visible"]


def test_it_is_made_once_for_a_tab() -> None:
    an_edition()
    test = open_page("me", staff())
    before = test.session_state[KEPT]
    assert test.run().session_state[KEPT] is before


def test_it_speaks_the_language_that_is_chosen() -> None:
    an_edition()
    test = open_page("me", staff(Role.REVIEWER))
    assert "Valutazione" in titles(test)
    test.segmented_control(key="language header it").set_value(Language.ENGLISH).run()
    assert test.title[0].value == "My account"
    assert "Scoring" in titles(test)


def test_it_shows_the_pages_of_the_roles_alone() -> None:
    an_edition()
    assert "Accessi" in titles(open_page("me", staff(Role.ADMIN)))
    assert "Accessi" not in titles(open_page("me", staff(Role.REVIEWER)))
