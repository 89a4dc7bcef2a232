"""The page of the texts, as a person uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.accounts.rules import Role
from core.language.text import Language, say
from core.messages import actions, queries
from core.messages.rules import Occasion
from core.people.rules import Side
from core.store import database
from tests import make

if TYPE_CHECKING:
    from core.messages.queries import Kept

FIRST = Occasion.SELECTED_MENTEE
IT = Language.ITALIAN


@pytest.fixture
def edition(store) -> int:
    return make.an_edition()


@pytest.fixture
def actor(edition):
    return make.staff(Role.COORDINATOR)


def press(page, key: str):
    return page.button(key=key).click().run()


def kept(edition: int, by, language: Language = IT) -> Kept:
    with database.reading() as session:
        return queries.texts(session, edition, FIRST, by=by)[language]


def read(page) -> str:
    return "\n".join(one.value for one in page.text)


def test_the_own_text_is_shown_with_an_example_where_nobody_is_there(edition: int, actor) -> None:
    page = make.open_page("texts", actor)
    assert not page.exception
    assert page.text_input[0].value.startswith("Programma di mentoring {{ edition }}")
    assert page.selectbox(key=f"texts.person {FIRST} it").options == ["Persona di esempio"]
    assert read(page).startswith("Ciao Giulia,\n\nsiamo felici")
    assert "[collegamento personale: Il mio programma]" in read(page)
    assert "{{ first_name }}" in page.dataframe[0].value["Campo"].tolist()


def test_a_text_is_changed_previewed_for_a_person_and_saved(edition: int, actor) -> None:
    make.a_participant(edition, Side.MENTEE, name="Zoë Neri")
    page = make.open_page("texts", actor)
    page.text_area[0].set_value("Cara persona, {{ full_name }}.")
    page = press(page, "texts.show")
    assert read(page) == "Cara persona, Zoë Neri."
    assert kept(edition, actor).own
    page = press(page, "texts.save")
    assert not page.exception
    assert kept(edition, actor).wording.body == "Cara persona, {{ full_name }}."
    assert page.text_area[0].value == "Cara persona, {{ full_name }}."
    page = press(page, "texts.reset")
    assert kept(edition, actor).own
    assert page.text_area[0].value.startswith("Ciao {{ first_name }}")


def test_code_in_a_text_is_named_in_the_preview_and_not_saved(edition: int, actor) -> None:
    page = make.open_page("texts", actor)
    page.text_area[0].set_value("{{ first_name.upper() }}")
    page = press(page, "texts.save")
    said = "non è ammesso"
    assert [said in one.value for one in (*page.warning, *page.error)] == [True, True]
    assert page.text_area[0].value == "{{ first_name.upper() }}"
    assert kept(edition, actor).own


def test_who_saves_second_sees_the_differences_and_the_other_text_stays(edition: int, actor) -> None:
    other = make.staff(Role.COORDINATOR)
    page = make.open_page("texts", actor)
    with database.writing() as session:
        actions.save_text(
            session,
            edition_id=edition,
            occasion=FIRST,
            language=IT,
            subject="Di Carla",
            body="Testo di Carla",
            seen=0,
            by=other,
            at=make.AT,
        )
    page.text_input[0].set_value("Mio")
    page = press(page, "texts.save")
    assert len(page.warning) == 1
    assert "Mio" in page.dataframe[0].value.iloc[0].tolist()
    assert kept(edition, actor).wording == ("Di Carla", "Testo di Carla")
    assert page.text_input[0].value == "Di Carla"


def test_each_language_has_its_own_text(edition: int, actor) -> None:
    page = make.open_page("texts", actor)
    page.segmented_control("texts.language").set_value(Language.ENGLISH).run()
    assert page.text_area[0].value.startswith("Dear {{ first_name }}")
    page.text_area[0].set_value("Dear {{ full_name }}")
    page = press(page, "texts.save")
    assert [kept(edition, actor, one).own for one in (IT, Language.ENGLISH)] == [True, False]
    assert page.selectbox(key="texts.occasion it").options[0] == say(
        "messages.texts.changed_one", IT, name=say(f"messages.occasion.{FIRST}", IT)
    )


def test_a_message_of_ones_own_asks_for_its_text(edition: int, actor) -> None:
    page = make.open_page("texts", actor)
    page.selectbox("texts.occasion it").set_value(Occasion.FREE).run()
    assert [one.value for one in page.info] == [say("messages.texts.free", IT)]


def test_signs_in_a_name_are_shown_as_they_are(edition: int, actor) -> None:
    make.a_participant(edition, Side.MENTEE, name="![x](http://t.example/y.png) Neri")
    page = make.open_page("texts", actor)
    page.text_input[0].set_value("{{ full_name }}").run()
    shown = (*page.markdown, *page.caption)
    assert not any("![x](" in one.value for one in shown)
