"""Every page, for everybody: from the registry, so that a new page cannot be forgotten."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from core.accounts import actions as accounts
from core.accounts.rules import RIGHTS, Role
from core.language.text import Language, say
from core.people.rules import Side
from core.store import database
from pages.shared.registry import PAGES, ROOT, Page
from tests.make import AT, a_participant, an_applicant, an_edition, open_page, open_script, staff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamlit.testing.v1 import AppTest

pytestmark = pytest.mark.usefixtures("store")
by_url = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file)


@by_url
@pytest.mark.parametrize("who", ["stranger", "signed out"])
def test_whoever_is_outside_sees_a_sentence_and_nothing_else(page: Page, who: str) -> None:
    an_edition()
    me = staff(*Role) if who == "signed out" else None
    if me is not None:
        with database.writing() as session:
            accounts.end_own_sign_ins(session, by=me, at=AT)
    test = open_script(page.url, me)
    assert not test.exception
    assert [one.value for one in test.info] == [say("accounts.gate.signed_out", Language.ITALIAN)]
    assert len(test.main.children) == 1


@by_url
@pytest.mark.parametrize("role", Role)
def test_a_role_opens_its_pages_and_no_other(page: Page, role: Role) -> None:
    an_edition()
    test = open_script(page.url, staff(role))
    assert not test.exception
    refused = say("accounts.gate.not_yours", Language.ITALIAN) in [one.value for one in test.info]
    assert refused == (role not in RIGHTS[page.right])
    if refused:
        assert len(test.main.children) == 1


def test_a_page_beyond_ones_roles_says_so_at_its_address() -> None:
    an_edition()
    test = open_page("ranking", staff(Role.REVIEWER))
    assert [one.value for one in test.info] == [say("accounts.gate.not_yours", Language.ITALIAN)]


@by_url
def test_a_page_asks_for_the_right_that_the_registry_names(page: Page) -> None:
    tree = ast.parse(page.path.read_text(encoding="utf-8"))
    asked = [
        ast.unparse(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "require_staff"
    ]
    assert asked == [f"Right.{page.right.name}"]


def test_every_script_is_in_the_registry() -> None:
    scripts = {
        str(file.relative_to(ROOT / "pages"))
        for file in (ROOT / "pages").glob("*/*.py")
        if file.parent.name not in ("door", "shared", "participants") and not file.name.startswith(("parts_", "__"))
    }
    assert scripts == {page.file for page in PAGES}


@by_url
@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
def test_every_text_goes_through_the_language_function(page: Page, *, filled: bool) -> None:
    edition = an_edition(name="2026/27")
    if filled:
        for side in Side:
            an_applicant(edition, side, name="Zeta Zeta", motivation="Zeta")
            a_participant(edition, side, name="Zeta Zeta")
    me = staff(*Role, name="Zeta Zeta", language=Language.PSEUDO)
    test = open_page(page.url, me, language=Language.PSEUDO)
    assert not test.exception
    assert [text for text in shown(test) if untranslated(text)] == []


def shown(test: AppTest) -> Iterator[str]:
    """All labels and texts of a page, without the cells of tables and the options of widgets."""
    for element in test:
        proto = getattr(element, "proto", None)
        for name in ("label", "body", "help", "placeholder", "caption"):
            text = getattr(proto, name, "")
            if isinstance(text, str):
                yield text


def untranslated(text: str) -> bool:
    """Whether letters are left when what is marked, icons and invented data are taken away."""
    rest = text
    while "⟦" in rest and (shorter := re.sub(r"⟦[^⟦⟧]*⟧", "", rest)) != rest:
        rest = shorter
    rest = re.sub(r"<style>.*?</style>", "", rest, flags=re.DOTALL)
    rest = re.sub(r":material/\w+:|Zeta|person\d+@\S+|2026\\?/27|<[^>]*>", "", rest)
    return re.search(r"[A-Za-zÀ-ÿ]", rest) is not None


def test_the_search_for_untranslated_text_finds_it() -> None:
    assert untranslated("Save")
    assert untranslated("⟦Save⟧ now")
    assert not untranslated("⟦Save ⟦n⟧⟧ 12 :material/check:")
