"""Every refusal, problem, question and field has its sentence in both languages."""

from __future__ import annotations

import inspect
import re
import tomllib
from pathlib import Path

import pytest

import core.intake.reading as package
from core.intake.reading import refusals
from core.intake.reading.form import FORMS
from core.intake.reading.problems import Code
from core.intake.reading.results import NeedKind, OrderSource
from core.store.errors import Refused

WORDS = tomllib.loads((Path(package.__file__).parents[1] / "words.toml").read_text(encoding="utf-8"))
KINDS = [name for name, kind in vars(refusals).items() if inspect.isclass(kind) and issubclass(kind, Refused)]
ALWAYS = {"value", "column", "row"}
OF_A_CODE = {
    "EMAIL_SHARED": {"other"},
    "DUPLICATE_EMAIL": {"other"},
    "SUPERSEDED_BY_ROW": {"other"},
    "DUPLICATE_NAME": {"other"},
    "DUPLICATE_STUDENT_ID": {"other"},
    "MEAN_OUT_OF_RANGE": {"low", "high"},
    "FINAL_MARK_OUT_OF_RANGE": {"low", "high"},
    "NUMBER_OUT_OF_RANGE": {"low", "high"},
    "SCALE_OUT_OF_RANGE": {"low", "high"},
    "TEXT_TOO_LONG": {"limit"},
}


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("refused", [name for name in KINDS if name != "Refused"]),
        ("problem", [code.value for code in Code]),
        ("need", [kind.value for kind in NeedKind]),
        ("date_order_source", [source.value for source in OrderSource]),
        ("field", [field.name for fields in FORMS.values() for field in fields]),
    ],
)
def test_each_has_a_sentence_with_the_same_placeholders_in_both_languages(section: str, names: list[str]) -> None:
    texts = WORDS[section]

    assert set(names) <= set(texts)
    for name in names:
        assert placeholders(texts[name]["it"]) == placeholders(texts[name]["en"]), name


@pytest.mark.parametrize("code", Code)
def test_the_sentence_of_a_problem_uses_only_what_the_problem_carries(code: Code) -> None:
    used = placeholders(WORDS["problem"][code]["it"])

    assert used <= ALWAYS | OF_A_CODE.get(code, set())
