"""Who did what, and when, as an admin reads it."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from core.accounts.rules import Actor, Role
from core.edition.models import Edition
from core.edition.queries import adapter
from core.language.text import known
from core.office.lines import UNSAID
from core.people.rules import Side
from core.schema import CORE
from core.store import database
from core.store.images import columns
from pages.shared import values
from tests.make import an_applicant, an_edition, open_page, open_script, staff, writing
from tests.office import main_job as job
from tests.store.images import AUDITED, last_entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamlit.testing.v1 import AppTest

pytestmark = pytest.mark.usefixtures("store")
RULES = {
    file.parent.name: importlib.import_module(f"core.{file.parent.name}.rules") for file in CORE.glob("*/rules.py")
}
SETTINGS = {phase: rules.Settings for phase, rules in RULES.items() if hasattr(rules, "Settings")}


@pytest.fixture
def edition() -> int:
    return an_edition()


@pytest.fixture
def anna() -> Actor:
    return staff(*Role)


def said(page: AppTest) -> str:
    kinds = (page.title, page.caption, page.subheader, page.markdown, page.info, page.success, page.error)
    return "\n".join(element.value for kind in kinds for element in kind)


def press(page: AppTest, label: str) -> AppTest:
    return next(one for one in page.button if one.label == label).click().run()


def pick(page: AppTest, label: str, value: object) -> AppTest:
    return next(one for one in page.selectbox if one.label == label).select(value).run()


# ---- Words


def test_every_column_has_a_name_in_words() -> None:
    fields = {column.name for kind in AUDITED.values() for column in columns(kind).columns} - UNSAID
    assert [name for name in sorted(fields) if not in_words(name)] == []


@pytest.mark.parametrize("phase", SETTINGS)
def test_every_field_of_the_rules_has_a_name_in_words(phase: str) -> None:
    kind = SETTINGS[phase]
    written = adapter(kind).dump_python(kind.defaults(2026), mode="json")
    assert [name for name in fields_of(written) if not in_words(name)] == []


def test_every_word_of_every_enum_is_said() -> None:
    kinds = {
        column.type.python_type
        for kind in AUDITED.values()
        for column in columns(kind).columns
        if isinstance(column.type, sa.Enum)
    }
    assert kinds
    assert kinds <= set(values.WORDS)
    assert all(values.shown(word) for kind in kinds for word in kind)


def in_words(name: str) -> bool:
    return any(known(f"{place}.{name}") for place in ("store.field", "edition.year", "intake.field"))


def fields_of(written: dict[str, object]) -> Iterator[str]:
    for name, value in written.items():
        yield name
        if isinstance(value, dict):
            yield from fields_of(value)


# ---- The page


def test_who_lacks_the_role_sees_one_sentence(edition: int) -> None:
    page = open_script("acts", staff(Role.COORDINATOR))
    assert page.info[0].value.startswith("Questa pagina non fa parte dei ruoli assegnati.")
    assert len(page.title) == 0


def test_the_acts_stand_there_in_words_the_newest_first(edition: int, anna: Actor) -> None:
    job.undo(job.decides(edition, [an_applicant(edition, Side.MENTEE)], anna), anna)
    page = open_page("acts", anna)
    assert not page.exception
    table = page.dataframe[0].value
    assert list(table.columns) == ["Quando", "Operazione", "Chi"]
    assert table["Operazione"].tolist()[:2] == [
        "Annullamento: Decisione sulle candidature",
        "Decisione sulle candidature (operazione annullata)",
    ]
    assert table["Chi"].tolist()[0] == "Anna Bianchi"
    assert "5 operazioni" in said(page)


def test_the_filters_leave_their_acts_and_say_when_none_is_left(edition: int, anna: Actor) -> None:
    bruno = staff(Role.COORDINATOR, name="Bruno Verdi")
    job.decides(edition, [an_applicant(edition, Side.MENTEE)], bruno)
    page = pick(open_page("acts", anna), "Chi", bruno.account_id)
    assert page.dataframe[0].value["Chi"].tolist() == ["Bruno Verdi"]
    page = pick(page, "Operazione", "matching.publish")
    assert not page.exception
    assert [one.value for one in page.info] == [
        "Nessuna operazione corrisponde ai filtri: allargare il periodo o togliere un filtro."
    ]


def test_the_record_is_verified_on_demand(edition: int, anna: Actor) -> None:
    page = press(open_page("acts", anna), "Verificare il registro")
    assert f"Il registro è integro: {last_entry()} operazioni da giovedì 1 ottobre 2026" in said(page)
    with database.current().engine.execution_options(write=True).connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE audit_entry SET act = 'edition.rename' WHERE id = 1")
    page = press(open_page("acts", anna), "Verificare il registro")
    assert "dall'operazione «Nome dell'edizione cambiato» (Il programma" in said(page).replace("\\", "")


def test_the_list_can_be_taken_away_as_a_sheet(edition: int, anna: Actor) -> None:
    page = open_page("acts", anna)
    assert [one.proto.label for one in page.get("download_button")] == ["XLSX"]


def test_one_act_opened_shows_its_fields_and_is_taken_back(edition: int, anna: Actor) -> None:
    application = an_applicant(edition, Side.MENTEE, name="Giulia Rossi")
    job.decides(edition, [application], anna)
    page = choose(open_page("acts", anna))
    fields = page.dataframe[1].value
    assert page.text[0].value == "Decisione · Rossi Giulia"
    assert list(fields.columns) == ["Campo", "Dopo"]
    assert ["Esito", "Selezionata"] in fields.to_numpy().tolist()
    page = press(page, "Annullare questa operazione")
    assert not page.exception
    assert page.toast[0].value == "Annullato: Decisione sulle candidature"
    assert page.dataframe[0].value["Operazione"].tolist()[0] == "Annullamento: Decisione sulle candidature"
    page = choose(page, row=1)
    assert "già stata annullata (Anna Bianchi" in said(page)
    assert "Annullare questa operazione" not in [one.label for one in page.button]


def test_an_admin_without_the_right_of_the_act_sees_why_there_is_no_button(edition: int, anna: Actor) -> None:
    application = an_applicant(edition, Side.MENTEE, name="Zname Zsurname", motivation="Zmotivation")
    job.decides(edition, [application], anna)
    page = choose(open_page("acts", staff(Role.ADMIN)), row=1)
    assert "Il ruolo assegnato non comprende questa operazione." in said(page)
    fields = page.dataframe[1].value.to_numpy().tolist()
    assert ["Motivo", "(non mostrato)"] in fields
    page = choose(page, row=2)
    assert "Z" not in page.dataframe[1].value.to_csv()


def test_over_200_acts_come_in_pages(edition: int, anna: Actor) -> None:
    for number in range(205):
        with writing("test.many") as session:
            session.add(Edition(name=f"edition {number}", year=2026))
    page = open_page("acts", anna)
    assert "207 operazioni, mostrate da 1 a 200" in said(page)
    assert len(page.dataframe[0].value) == 200


def choose(page: AppTest, row: int = 0) -> AppTest:
    """Choose a row of the list."""
    page.session_state[page.dataframe[0].key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return page.run()
