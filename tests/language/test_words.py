"""Both languages say everything, and nothing that nobody says."""

from __future__ import annotations

import ast
import re
import string
from typing import TYPE_CHECKING

import pytest

from core.accounts.passwords import PasswordTooShort
from core.language.text import Language, catalogue, say, sentence
from core.store.errors import Refused
from pages.shared.registry import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXTS = catalogue()
SPEAKS = ("t", "plain", "say", "_end")
SOURCES = [*sorted((ROOT / "core").rglob("*.py")), *sorted((ROOT / "pages").rglob("*.py"))]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def refusals(kind: type[Refused] = Refused) -> Iterator[type[Refused]]:
    for one in kind.__subclasses__():
        yield one
        yield from refusals(one)


def strings(source: Path) -> Iterator[str]:
    """All string literals of a file; the changing parts of an f-string as *."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(part.value if isinstance(part, ast.Constant) else "*" for part in node.values)


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_both_languages_fill_the_same_placeholders(key: str) -> None:
    used = {
        tongue: {name for form in forms.values() for name in placeholders(form)} for tongue, forms in TEXTS[key].items()
    }
    assert used["it"] == used["en"]
    for forms in TEXTS[key].values():
        assert set(forms) in ({"other"}, {"one", "other"})
        assert all(form.strip() for form in forms.values())


def called(node: ast.Call) -> str:
    """The function's name; `asked.t` is the `t` of whoever asks."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) and node.func.attr == "t" else node.func
    return name.id if isinstance(name, ast.Name) else str(name)


def asked_by_templates() -> set[str]:
    """The keys that the light pages' templates name as they stand, or begin (`"people.mine.state." ~ state`: *)."""
    texts = [file.read_text(encoding="utf-8") for file in (ROOT / "pages/participants/templates").glob("*.html")]
    found = re.findall(r'"((?:people|language)\.[\w.]+)"', " ".join(texts))
    return {f"{key}*" if key.endswith(".") else key for key in found}


def test_every_text_that_a_template_asks_for_exists() -> None:
    assert [key for key in asked_by_templates() if not key.endswith("*") and key not in TEXTS] == []


def asked_for(source: Path) -> Iterator[str]:
    """The keys that a file hands to the language function as they stand."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and called(node) in SPEAKS and node.args:
            yield from (
                one.value for one in ast.walk(node.args[0]) if isinstance(one, ast.Constant) and "." in str(one.value)
            )


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.relative_to(ROOT)))
def test_every_text_that_is_asked_for_exists(source: Path) -> None:
    whole = [key for key in asked_for(source) if not key.endswith((".", "_"))]
    assert [key for key in whole if key not in TEXTS] == []


def test_no_text_is_left_that_nobody_asks_for() -> None:
    patterns = [
        re.compile(".+".join(re.escape(part) for part in text.split("*")))
        for source in SOURCES
        for text in strings(source)
        if "." in text and " " not in text
    ] + [re.compile(re.escape(key).replace(r"\*", ".+")) for key in asked_by_templates()]
    said = {one.__new__(one).key for one in refusals()}
    dead = [key for key in TEXTS if key not in said and not any(pattern.fullmatch(key) for pattern in patterns)]
    assert dead == []


@pytest.mark.parametrize("kind", list(refusals()), ids=lambda kind: kind.__name__)
def test_every_refusal_has_its_sentence(kind: type[Refused]) -> None:
    assert kind.__new__(kind).key in TEXTS
    assert kind.__doc__


def test_one_and_many_are_told_apart() -> None:
    assert say("intake.upload.take", Language.ITALIAN, n=1) == "Importare una candidatura"
    assert say("intake.upload.take", Language.ENGLISH, n=1234) == "Import 1,234 applications"
    assert say("intake.upload.take", Language.ITALIAN, n=1234) == "Importare 1.234 candidature"


def test_the_pseudo_language_marks_what_went_through_the_function() -> None:
    assert say("accounts.sign_out", Language.PSEUDO) == "⟦Sign out⟧"


def test_a_refusal_speaks_the_persons_language() -> None:
    refusal = PasswordTooShort(least=12)
    assert sentence(refusal, Language.ITALIAN).startswith("La password ha meno di 12 caratteri")
    assert sentence(refusal, Language.ENGLISH).startswith("The password has fewer than 12 characters")
