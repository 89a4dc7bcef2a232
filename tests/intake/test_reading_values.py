"""Each kind of answer is read by its own strict rule: the value, or nothing and the reason."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from core.intake.reading import choices, contacts, dates, degree_classes, numbers, texts
from core.intake.reading.fields import DateOrder, FinalMark, Level, Mode
from core.intake.reading.problems import Code
from core.intake.reading.results import OrderSource

SHARED = Path(__file__).parents[3] / "shared" / "data" / "formats" / "reference" / "normalise_cases.json"
KNOWN = json.loads(SHARED.read_text(encoding="utf-8"))["cases"] if SHARED.exists() else {}

READERS = {
    "class_code": degree_classes.class_code,
    "mean_30": numbers.mean,
    "final_mark_110": numbers.final_mark,
    "phone": contacts.phone,
    "years": lambda text: numbers.years(text, (0, 60)),
    "consent": choices.consent,
    "email": contacts.mail,
    "name_case": texts.name,
}
OWN = {
    "class_code": [
        ("L-SNT/1", "L/SNT1"),
        ("LM-4 c.u.", "LM-4cu"),
        ("LM-40 R", "LM-40"),
        ("L-99", None),
        ("33/S", None),
    ],
    "mean_30": [
        ("27,85", 27.85),
        ("30 e lode", 30),
        ("28/30", 28),
        ("110/110", None),
        ("17,9", None),
        ("28 e lode", None),
        ("2785", None),
        ("27/100", None),
    ],
    "final_mark_110": [
        ("110 e lode", FinalMark(110, honours=True)),
        ("105", FinalMark(105, honours=False)),
        ("109 e lode", None),
        ("65", None),
    ],
    "phone": [
        ("+39 340.123.4567", "+393401234567"),
        ("3401234567.0", "+393401234567"),
        ("+44 20 7946 0958", "+442079460958"),
        ("1234567", None),
        ("340 1234567 / 02 123456", None),
        ("3,9E+11", None),
    ],
    "years": [
        ("10+", 10),
        ("Da 5 a 10", 5),
        ("5-10 anni", 5),
        ("10-5", None),
        ("8,5", 8.5),
        ("dal 2012", None),
        ("61", None),
    ],
    "consent": [
        ("Sì", True),
        ("Si'", True),
        ("Ho letto l'informativa e acconsento al trattamento", True),
        ("Acconsento, e i dati non saranno ceduti", False),
        ("Non acconsento", False),
        ("I do not agree", False),
        ("forse", False),
        ("TRUE", True),
        ("No", False),
    ],
    "email": [
        ("Mario <M.R@X.example>", "m.r@x.example"),
        ("mailto:a.b@x.example", "a.b@x.example"),
        ("a@b.example c@d.example", None),
        (".a@b.example", None),
        ("a..b@b.example", None),
        ("a@-b.example", None),
        ("x" * 250 + "@b.example", None),
    ],
    "name_case": [
        ("NICOLÒ D'AMICO", "Nicolò D'Amico"),
        ("anna  maria", "Anna Maria"),
        ("DeRosa", "DeRosa"),
        ("van der Berg", "van der Berg"),
        ("王芳", "王芳"),
        ("NA", "Na"),
    ],
}
CASES = [(kind, text, wanted) for source in (OWN, KNOWN) for kind in READERS for text, wanted in source.get(kind, [])]


@pytest.mark.parametrize(("kind", "text", "wanted"), CASES)
def test_an_answer_gives_its_value_or_nothing(kind: str, text: str, wanted: object) -> None:
    found = READERS[kind](texts.clean(text)).value

    assert found == (tuple(wanted) if isinstance(wanted, list) else wanted)


@pytest.mark.parametrize(
    ("read", "text", "code"),
    [
        (contacts.mail, "a@b.example; c@d.example", Code.EMAIL_SEVERAL),
        (contacts.mail, "a@b@c.example", Code.EMAIL_INVALID),
        (contacts.mail, "anonymous", Code.REQUIRED_MISSING),
        (contacts.phone, "3,9334E+11", Code.EXCEL_SCIENTIFIC_NUMBER),
        (contacts.link, "javascript:alert(1)", Code.LINK_INVALID),
        (contacts.linkedin, "https://evil.example/linkedin.com/in/x", Code.LINK_INVALID),
        (texts.identifier, "1,2E+05", Code.EXCEL_SCIENTIFIC_NUMBER),
        (texts.name, "Anna" * 100, Code.TEXT_TOO_LONG),
        (texts.short_text, "Soci\ufffdt\ufffd", Code.CHARACTERS_LOST),
        (texts.long_text, '=HYPERLINK("http://x.example")', Code.FORMULA_LIKE_TEXT),
        (numbers.mean, "102", Code.MEAN_LOOKS_LIKE_FINAL_MARK),
        (numbers.mean, "31,2", Code.MEAN_OUT_OF_RANGE),
        (numbers.mean, "circa 27", Code.NUMBER_APPROXIMATE),
        (numbers.year, "2012/13", Code.YEAR_UNREADABLE),
        (choices.consent, "forse", Code.CONSENT_UNCLEAR),
        (choices.consent, "I disagree", Code.CONSENT_MISSING),
        (choices.level, "Laureata triennale, iscritta alla magistrale", Code.OPTION_UNKNOWN),
        (choices.mode, "boh", Code.OPTION_UNKNOWN),
    ],
)
def test_what_is_wrong_has_one_name(read, text: str, code: Code) -> None:
    assert [flaw.code for flaw in read(text).flaws] == [code]


@pytest.mark.parametrize("text", ["- voglio crescere", "+39 340 1234567", "-3 gradi", "@ casa mia", "= uguale"])
def test_a_text_that_only_begins_with_a_sign_is_no_formula(text: str) -> None:
    assert texts.long_text(text).flaws == ()


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Laurea triennale", Level.TRIENNALE),
        ("Master's degree", Level.MAGISTRALE),
        ("Laurea magistrale a ciclo unico", Level.CICLO_UNICO),
        ("Già laureata/o", Level.GRADUATED),
        ("Laureato magistrale", Level.GRADUATED),
        ("Recent graduate", Level.GRADUATED),
        ("Undergraduate", Level.TRIENNALE),
        ("Triennale o magistrale", None),
        ("Dottorato", None),
    ],
)
def test_a_level_is_read_in_both_languages(text: str, level: Level | None) -> None:
    assert choices.level(text).value == level


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Online", Mode.ONLINE),
        ("A distanza", Mode.ONLINE),
        ("In presenza", Mode.IN_PERSON),
        ("In person", Mode.IN_PERSON),
        ("Indifferente", Mode.EITHER),
        ("Sia online che in presenza", Mode.EITHER),
    ],
)
def test_a_way_of_meeting_is_read_in_both_languages(text: str, mode: Mode) -> None:
    assert choices.mode(text).value == mode


def test_languages_are_cut_at_whatever_stands_between_them() -> None:
    assert choices.languages("Inglese (B2), Francese e Tedesco; Inglese (B2)/Cinese").value == (
        "Inglese (B2)",
        "Francese",
        "Tedesco",
        "Cinese",
    )


OFFERED = ("Consulenza", "Informatica, dati e IA", "Informatica", "Arte, moda")


@pytest.mark.parametrize(
    ("text", "wanted", "unknown"),
    [
        ("Informatica, dati e IA, Consulenza", ("Informatica, dati e IA", "Consulenza"), []),
        ("consulenza ;Arte,  moda;", ("Consulenza", "Arte, moda"), []),
        ("Informatica, Altro: a, b, Consulenza", ("Informatica", "Altro: a, b", "Consulenza"), ["Altro: a, b"]),
        ("Consulenza direzionale", ("Consulenza direzionale",), ["Consulenza direzionale"]),
        ("Moda;Cucina", ("Moda", "Cucina"), ["Moda", "Cucina"]),
    ],
)  # fmt: skip
def test_choices_are_cut_by_the_offered_options(text: str, wanted: tuple[str, ...], unknown: list[str]) -> None:
    found = choices.choices(text, OFFERED, cut_at_semicolons=False)

    assert found.value == wanted
    assert [flaw.params["value"] for flaw in found.flaws] == unknown


def test_choices_without_a_list_are_cut_at_semicolons_and_never_at_a_comma() -> None:
    assert choices.choices("Arte, moda;Consulenza;", (), cut_at_semicolons=True).value == (
        "Arte, moda",
        "Consulenza",
    )
    assert choices.choices("Consulenza", (), cut_at_semicolons=False).value == ("Consulenza",)
    assert choices.choices("Arte, moda", (), cut_at_semicolons=False).value is None


def test_a_choice_takes_the_spelling_of_its_option_and_another_is_kept_and_marked() -> None:
    assert choices.choice("CONSULENZA ", OFFERED).value == "Consulenza"
    strange = choices.choice("Cucina", OFFERED)
    assert (strange.value, [flaw.code for flaw in strange.flaws]) == ("Cucina", [Code.OPTION_UNKNOWN])


def test_answers_on_a_scale_are_whole_numbers_within_it() -> None:
    texts_and_values = {
        "4": 4,
        "5.0": 5,
        "4/5": 4,
        "3 - abbastanza": 3,
        "0": None,
        "6": None,
        "3,5": None,
        "4/10": None,
    }

    assert {text: numbers.scale(text, (1, 5)).value for text in texts_and_values} == texts_and_values


def as_told(found) -> str:
    if isinstance(found.value, date):
        return found.value.isoformat()
    return {Code.DATE_AMBIGUOUS: "AMBIGUOUS", Code.DATE_UNREADABLE: "INVALID"}[found.flaws[0].code]


OWN_DATES = [
    ("22/09/26, 17:58:12", None, "2026-09-22T17:58:12"),
    ("12/02/2026 19.07.17", "DMY", "2026-02-12T19:07:17"),
    ("12/02/2026", None, "AMBIGUOUS"),
    ("12/12/2026", None, "2026-12-12"),
    ("9/22/2026", "DMY", "INVALID"),
    ("2026-06-10T08:00:01Z", None, "2026-06-10T10:00:01"),
    ("2026/05/30 3:28:24 PM GMT+2", None, "2026-05-30T15:28:24"),
    ("martedì 24 settembre 2026", None, "2026-09-24"),
    ("giu-26", None, "INVALID"),
    ("05/2027", None, "INVALID"),
    ("46127", None, "INVALID"),
    ("2026-02-30", None, "INVALID"),
    ("10/06/0026", "DMY", "INVALID"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "order", "wanted"), [*OWN_DATES, *map(tuple, KNOWN.get("datetime", []))])
def test_a_date_has_one_meaning_or_is_not_read(text: str, order: str | None, wanted: str) -> None:
    found = dates.read_date(texts.clean(text), DateOrder(order) if order else None)

    assert as_told(found) == wanted


BY_TIME = OrderSource.CHRONOLOGY


@pytest.mark.parametrize(
    ("submitted", "order", "source"),
    [
        (["05/06/2026", "31/05/2026"], DateOrder.DMY, OrderSource.NUMBERS),
        (["05/06/2026", "05/31/2026"], DateOrder.MDY, OrderSource.NUMBERS),
        (["13/06/2026", "06/13/2026"], None, OrderSource.UNKNOWN),
        (["05/05/2026", "2026-05-31", datetime.fromisoformat("2026-05-01")], None, OrderSource.NOT_NEEDED),
        (["05/06/2026"], None, OrderSource.UNKNOWN),
        (["12/06/2026 19.07.17", "01/07/2026 8.05.09", "02/07/2026 0.00.01"], DateOrder.DMY, BY_TIME),
        (["12/06/2026 19:07:17", "01/07/2026 8:05:09", "02/07/2026 0:00:01"], None, OrderSource.UNKNOWN),
        ([f"0{month}/{day:02}/2026" for month in (3, 4) for day in (2, 5, 9)], DateOrder.MDY, BY_TIME),
        ([f"0{day}/03/2026" for day in (1, 9, 4, 2, 7, 5)], None, OrderSource.UNKNOWN),
        ([f"0{day}/05/2026" for day in range(1, 9)], None, OrderSource.UNKNOWN),
    ],
)  # fmt: skip
def test_the_order_of_day_and_month_comes_from_the_file_or_is_asked(submitted, order, source) -> None:
    assert dates.order_of([submitted], submitted) == (order, source)
