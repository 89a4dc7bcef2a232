"""Texts with fields: what is allowed, what is refused and how it is named, and that nothing else ever runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.language.text import OFFERED as LANGUAGES
from core.language.text import Language, sentence
from core.messages.example import example
from core.messages.fields import LINKS, OFFERED, Field
from core.messages.own_texts import own_text
from core.messages.rules import Occasion
from core.messages.templating import (
    BODY_LENGTH,
    SUBJECT_LENGTH,
    BodyNotValid,
    CodeNotAllowed,
    FieldMissing,
    FieldUnknown,
    MarkTyped,
    NestedTooDeep,
    NotReadable,
    SubjectNotValid,
    Wording,
    attempt,
    checked,
    purposes_in,
    rendered,
)
from core.people.rules import Purpose
from core.store.errors import Refused

CONFIRM = Occasion.CONFIRM
GIULIA = {Field.FIRST_NAME: "Giulia", Field.EDITION: "2026/27"}
PIECES = some.sampled_from(
    [
        *(
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "#}",
            "-%}",
            "if",
            "else",
            "elif",
            "endif",
            "for x in",
            "endfor",
            "not",
            "(",
            ")",
        ),
        *(
            "set x =",
            "include",
            "import",
            "macro",
            "raw",
            "endraw",
            "call",
            "block",
            "self",
            "cycler",
            "range(9)",
            "7**7",
        ),
        *(
            "first_name",
            ".",
            "__class__",
            "|",
            "upper",
            "[0]",
            "[[",
            "]]",
            "'",
            '"',
            "~",
            "+",
            " ",
            "\n",
            "testo",
            "9" * 5000,
        ),
    ]
)


def filled(body: str, fields: dict[Field, str] = GIULIA, *, subject: str = "Oggetto") -> str:
    return rendered(CONFIRM, subject, body, fields).body


@pytest.mark.parametrize("occasion", Occasion)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_own_text_is_allowed_and_says_everything(occasion: Occasion, language: Language) -> None:
    wording = own_text(occasion, language)
    assert checked(occasion, *wording) == wording
    letter = rendered(occasion, *wording, example(occasion, language))
    assert not any(sign in part for part in letter for sign in ("{{", "{%", "None"))
    assert "\n\n\n" not in letter.body


@pytest.mark.parametrize("occasion", Occasion)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_field_of_an_occasion_can_be_used(occasion: Occasion, language: Language) -> None:
    for field in OFFERED[occasion]:
        letter = rendered(occasion, "Oggetto", f"<{{{{ {field} }}}}>", example(occasion, language))
        expected = f"[[{LINKS[field]}]]" if field in LINKS else example(occasion, language)[field]
        assert letter.body == f"<{expected}>"


@pytest.mark.parametrize("occasion", Occasion)
def test_both_languages_use_the_same_fields(occasion: Occasion) -> None:
    used = [
        {field for field in OFFERED[occasion] if f"{{{{ {field} }}}}" in " ".join(own_text(occasion, one))}
        for one in LANGUAGES
    ]
    assert used[0] == used[1]


def test_fields_and_conditions_are_filled() -> None:
    text = "Ciao {{ first_name }}{% if deadline %}, entro {{ deadline }}{% else %}, presto{% endif %}."
    assert filled(text) == "Ciao Giulia, presto."
    assert filled(text, {**GIULIA, Field.DEADLINE: "24 luglio"}) == "Ciao Giulia, entro 24 luglio."
    assert filled("{% if not deadline %}a{% elif edition %}b{% endif %}{{first_name}}") == "aGiulia"


def test_a_condition_with_a_line_to_itself_leaves_no_empty_line() -> None:
    assert filled("uno\n{% if edition %}\ndue\n{% endif %}\ntre") == "uno\ndue\ntre"
    assert filled("uno\n\n{% if deadline %}\ndue\n\n{% endif %}\ntre") == "uno\n\ntre"
    assert filled("uno {% if edition %}due{% endif %}\ntre") == "uno due\ntre"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("riga\n{{ first_name.__class__ }}", "{{ first_name.__class__ }}"),
        ("riga\n{{ first_name|upper }}", "{{ first_name|upper }}"),
        ("riga\n{{ first_name() }}", "{{ first_name() }}"),
        ("riga\n{{ first_name[0] }}", "{{ first_name[0] }}"),
        ("riga\n{{ 7 * 7 }}", "{{ 7 * 7 }}"),
        ("riga\n{{ 'testo' }}", "{{ 'testo' }}"),
        ("riga\n{{ true }}", "{{ true }}"),
        ("riga\n{{ not first_name }}", "{{ not first_name }}"),
        ("riga\n{% for one in first_name %}{{ one }}{% endfor %}", "{% for one in first_name %}"),
        ("riga\n{% set x = 1 %}", "{% set x = 1 %}"),
        ("riga\n{% include 'x' %}", "{% include 'x' %}"),
        ("riga\n{% import 'x' as y %}", "{% import 'x' as y %}"),
        ("riga\n{% macro x() %}{% endmacro %}", "{% macro x() %}"),
        ("riga\n{% if first_name == 'x' %}{% endif %}", "{% if first_name == 'x' %}"),
        ("riga\n{% if first_name and edition %}{% endif %}", "{% if first_name and edition %}"),
        ("riga\n{% raw %}{{ x }}{% endraw %}", "{% raw %}"),
        ("riga\n{# nota #}", "{# nota #}"),
    ],
)
def test_a_text_with_code_in_it_is_refused_by_name(text: str, what: str) -> None:
    with pytest.raises(CodeNotAllowed) as refused:
        checked(CONFIRM, "Oggetto", text)
    assert (refused.value.values["line"], refused.value.values["what"]) == (2, what)


@pytest.mark.parametrize(
    "text", ["{{ first_name", "{% if first_name %}", "{% endif %}", "{% foo %}", "{{ }}", "{{ ? }}"]
)
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(NotReadable):
        checked(CONFIRM, "Oggetto", text)


def test_an_unknown_field_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(FieldUnknown) as refused:
        checked(CONFIRM, "Oggetto", "Ciao {{ nome }}")
    said = sentence(refused.value, Language.ITALIAN)
    assert said.startswith("Il campo «nome» qui non esiste. Ci sono: first_name, last_name, ")
    with pytest.raises(FieldUnknown):
        checked(CONFIRM, "Oggetto", "{{ partner_name }}")


def test_what_jinja_offers_by_itself_is_no_field() -> None:
    for name in ("self", "range", "cycler", "namespace", "loop", "context", "caller"):
        with pytest.raises(FieldUnknown):
            checked(CONFIRM, "Oggetto", f"{{{{ {name} }}}}")


def test_conditions_may_stand_inside_each_other_five_times() -> None:
    def nested(times: int) -> str:
        return "{% if edition %}" * times + "x" + "{% endif %}" * times

    assert filled(nested(5)) == "x"
    for times in (6, 350):
        with pytest.raises((NestedTooDeep, NotReadable)):
            checked(CONFIRM, "Oggetto", nested(times))


@pytest.mark.parametrize("subject", ["", "  ", "a" * (SUBJECT_LENGTH + 1), "una\ndue"])
def test_a_subject_stands_in_one_line(subject: str) -> None:
    with pytest.raises(SubjectNotValid):
        checked(CONFIRM, subject, "Testo")


@pytest.mark.parametrize("body", ["", " \n ", "a" * (BODY_LENGTH + 1)])
def test_a_text_is_neither_empty_nor_endless(body: str) -> None:
    with pytest.raises(BodyNotValid):
        checked(CONFIRM, "Oggetto", body)


def test_a_field_that_is_not_known_is_named() -> None:
    with pytest.raises(FieldMissing) as refused:
        rendered(CONFIRM, "Oggetto", "entro {{ deadline }}", GIULIA)
    assert refused.value.values["field"] == "deadline"


def test_links_are_marks_and_neither_typed_text_nor_a_name_can_make_one() -> None:
    letter = rendered(CONFIRM, "Oggetto", "{{ my_programme }} {{ calendar_link }}", GIULIA)
    assert letter.body == "[[programme]] [[calendar]]"
    assert purposes_in(letter) == {Purpose.PROGRAMME, Purpose.CALENDAR}
    with pytest.raises(MarkTyped):
        checked(CONFIRM, "Oggetto", "[[consent]]")
    sly = rendered(CONFIRM, "[{{ first_name }}", "{{ first_name }}", {Field.FIRST_NAME: "[[consent]]"})
    assert purposes_in(sly) == set()


def test_a_line_break_in_a_name_stays_out_of_the_subject() -> None:
    fields = {Field.FIRST_NAME: "Giulia\r\nBcc: a@b.it\u2028x"}
    letter = rendered(CONFIRM, "Ciao {{ first_name }}", "Testo", fields)
    assert letter.subject == "Ciao Giulia Bcc: a@b.it x"


@given(subject=some.lists(PIECES, max_size=6).map("".join), body=some.lists(PIECES, max_size=30).map("".join))
def test_any_text_is_filled_or_refused_and_never_run(subject: str, body: str) -> None:
    tried = attempt(CONFIRM, subject, body, {Field.FIRST_NAME: "<<Giulia>>"})
    assert isinstance(tried, Wording | Refused)
    if isinstance(tried, Wording):
        assert "class" not in tried.body.replace("__class__", "")
        assert "823543" not in "".join(tried)


@given(subject=some.text(max_size=60), body=some.text(max_size=300))
def test_any_typed_text_is_filled_or_refused(subject: str, body: str) -> None:
    tried = attempt(CONFIRM, subject, body, GIULIA)
    assert isinstance(tried, Wording | Refused)


@given(name=some.text(min_size=1).filter(str.strip))
def test_any_name_stands_in_the_text_and_makes_no_link(name: str) -> None:
    tried = attempt(CONFIRM, "{{ first_name }}!", "Ciao {{ first_name }}.", {Field.FIRST_NAME: name})
    assert isinstance(tried, Wording | FieldMissing)
    if isinstance(tried, Wording):
        assert "\n" not in tried.subject
        assert purposes_in(tried) == set()
