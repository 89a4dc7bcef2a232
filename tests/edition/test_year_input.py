"""What is typed into the rules of the year and cannot be: refused with the field's name, and nothing else kept."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from core.accounts.rules import SYSTEM
from core.certificates.rules import Settings as Certificates
from core.edition import queries
from core.intake.rules import Settings as Intake
from core.language.text import known
from core.mentoring.rules import Settings as Mentoring
from core.selection.rules import Settings as Selection
from core.speeddate.rules import Settings as SpeedDate
from core.store import database
from core.training.rules import Settings as Training
from pages.shared.registry import ROOT
from tests.editor import edit
from tests.make import an_edition, open_page, staff

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

pytestmark = pytest.mark.usefixtures("store")
KINDS = {
    "intake": Intake,
    "selection": Selection,
    "training": Training,
    "speeddate": SpeedDate,
    "mentoring": Mentoring,
    "certificates": Certificates,
}


def opened(section: str) -> AppTest:
    page = open_page("year", staff(), edition=an_edition())
    return next(group for group in page.segmented_control if group.label == "Fase").set_value(section).run()


def save(page: AppTest) -> AppTest:
    return next(button for button in page.button if button.label == "Salvare").click().run()


def refused(page: AppTest, section: str) -> str:
    """What the page says, nothing having been kept."""
    assert not page.exception
    assert [one.value for one in page.toast] == []
    kind = KINDS[section]
    with database.reading() as session:
        assert queries.settings_with_version(session, 1, kind, by=SYSTEM) == (kind.defaults(2026), 0)
    return page.error[0].value


def numbered(page: AppTest, label: str):
    return next(field for field in page.number_input if field.label == label)


def day(page: AppTest, label: str):
    return next(field for field in page.text_input if field.label == label)


@pytest.mark.parametrize(
    ("section", "label", "typed", "told"),
    [
        ("certificates", "Incontri della coppia, almeno", None, "il valore manca o non è valido"),
        ("certificates", "Incontri della coppia, almeno", -1, "il valore deve stare tra 0 e 30"),
        ("certificates", "Incontri della coppia, almeno", 6.5, "serve un numero intero, non 6,5"),
        ("certificates", "Ore di incontri, almeno", 1e25, "il valore deve stare tra 0 e 200"),
        ("certificates", "Formazione seguita, almeno (%)", 101, "il valore deve stare tra 0 e 100"),
        ("mentoring", "Incontri, al più", 5, "il valore deve stare tra 6 e 30"),
        ("selection", "Posti per i mentee", None, "il valore manca o non è valido"),
        ("selection", "Motivazione", -5, "il valore deve stare tra 0 e 1.000"),
        ("selection", "Valutazioni per ogni candidatura", 11, "il valore deve stare tra 1 e 10"),
        ("speeddate", "Preferenze al più (0 = senza limite)", 51, "il valore deve stare tra 0 e 50"),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_the_name_of_its_field(
    section: str, label: str, typed: float | None, told: str
) -> None:
    page = opened(section)
    numbered(page, label).set_value(typed)
    assert refused(save(page), section).startswith(f"«{label}»: {told}. Nulla è stato modificato")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "la data manca o non esiste"),
        ("31/02/2026", "la data manca o non esiste"),
        ("05/20/2026", "la data manca o non esiste"),
        ("domani", "la data manca o non esiste"),
        ("1/1/1000", "la data manca o non esiste"),
        ("31/12/9999", "la data manca o non esiste"),
        ("15/07/1962", "la data domenica 15 luglio 1962 è lontana da ogni edizione"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_the_name_of_its_field(typed: str, told: str) -> None:
    page = opened("intake")
    day(page, "Ultimo giorno per candidarsi").set_value(typed)
    assert refused(save(page), "intake").startswith(f"«Ultimo giorno per candidarsi»: {told}. ")


@pytest.mark.parametrize("typed", ["5/8/26", "05.08.2026", "5 agosto 2026", "2026-08-05"])
def test_a_day_may_be_typed_in_many_ways(typed: str) -> None:
    page = opened("intake")
    day(page, "Ultimo giorno per candidarsi").set_value(typed)
    page = save(page)
    assert [one.value for one in page.toast] == ["Regole salvate"]
    assert day(page, "Ultimo giorno per candidarsi").value == "05/08/2026"


def test_the_day_of_the_speed_date_may_stay_open_but_not_be_nonsense() -> None:
    page = opened("speeddate")
    day(page, "Giorno dello speed date").set_value("32/10/2026")
    assert refused(save(page), "speeddate").startswith("«Giorno dello speed date»: la data manca o non esiste.")
    day(page, "Giorno dello speed date").set_value(" ")
    assert [one.value for one in save(page).toast] == ["Regole salvate"]


def test_an_emptied_hour_is_refused() -> None:
    page = opened("speeddate")
    page.time_input[0].set_value(None)
    assert refused(save(page), "speeddate").startswith("«Ora di inizio»: il valore manca")


@pytest.mark.parametrize(
    ("section", "table", "added", "told"),
    [
        ("training", 0, {"hour": "18:00:00", "minutes": 120}, "«Giorno»: la data manca"),
        ("training", 0, {"day": "2026-09-30", "hour": "18:00:00", "minutes": 9}, "«Minuti»: il valore deve stare tra"),
        ("training", 1, {"day": "0226-09-30", "hour": "18:00:00", "minutes": 9}, "«Giorno»: la data"),
        ("mentoring", 0, {"name": "Carnevale", "first": "2027-02-08"}, "«Periodi di chiusura»: la data manca"),
        ("mentoring", 0, {"first": "2027-02-08", "last": "2027-02-09"}, "«Nome del periodo di chiusura»: il valore"),
        ("selection", 1, {"years": 20}, "«Punti per anni di esperienza (da almeno tanti anni)»: il valore manca"),
    ],
)
def test_a_row_that_is_not_whole_is_refused_and_not_left_out(
    section: str, table: int, added: dict[str, object], told: str
) -> None:
    page = save(edit(opened(section), table, added_rows=[added]))
    assert refused(page, section).startswith(told)


def test_the_year_of_a_new_edition_is_refused_with_a_sentence() -> None:
    page = opened("intake")
    for typed, told in ((None, "«Anno di inizio»: il valore manca"), (99_999, "L'anno deve stare tra 2000 e 2100")):
        numbered(page, "Anno di inizio").set_value(typed)
        page = next(button for button in page.button if button.label == "Creare una nuova edizione").click().run()
        assert page.error[0].value.startswith(told)


def test_every_field_that_a_refusal_names_has_a_name() -> None:
    named: list[str] = []
    for file in (ROOT / "core").glob("*/*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("require_", "_require_")):
                named += [ast.literal_eval(one.value) for one in node.keywords if isinstance(one.value, ast.Constant)]
    assert len(named) > 20
    assert [name for name in named if not known(name)] == []
