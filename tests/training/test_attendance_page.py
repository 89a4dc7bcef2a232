"""The page of the attendance, as a person uses it."""

from __future__ import annotations

import pytest

from core.accounts.rules import SYSTEM, Role
from core.edition import actions as editions
from core.edition.queries import settings
from core.intake.models import Application
from core.language.text import Language, say
from core.people.rules import Side
from core.store import clock, database
from core.training import actions, queries
from core.training.rules import Settings
from pages.training import parts_attendance
from tests import make
from tests.editor import edit

BEFORE_LAST = make.AT.replace(month=9, day=10)
"""Two of the mentors' three sessions are over."""


@pytest.fixture
def edition(store) -> int:
    return make.an_edition()


@pytest.fixture
def mentors(edition: int) -> list[int]:
    names = ("Luca Abate", "Zoë D'Àmico", "Carla Verdi")
    return [make.a_participant(edition, Side.MENTOR, name=name) for name in names]


def open_mentors(by=None):
    page = make.open_page("attendance", by or make.staff(Role.COORDINATOR))
    return page.segmented_control(key="side").set_value(Side.MENTOR).run()


def tick(edition: int, *cells: tuple[int, int]) -> None:
    with database.writing() as session:
        actions.tick(session, edition_id=edition, added=frozenset(cells), removed=frozenset(), by=SYSTEM, at=make.AT)


def attended(edition: int, side: Side = Side.MENTOR) -> list[frozenset[int]]:
    with database.reading() as session:
        return [one.attended for one in queries.attendance(session, edition, side=side, by=SYSTEM).people]


def label(page, key: str = "attendance.save") -> str:
    return page.button(key).label


def locked(page) -> list[bool]:
    return [
        page.segmented_control(key="side").disabled,
        page.text_input("search").disabled,
        page.toggle("todo").disabled,
    ]


def names(page) -> list[str]:
    return page.data_editor[0].value["name"].tolist()


@pytest.mark.parametrize("side", Side)
def test_without_participants_it_says_what_to_do_first(edition: int, side: Side) -> None:
    page = (
        make.open_page("attendance", make.staff(Role.COORDINATOR)).segmented_control(key="side").set_value(side).run()
    )
    assert [one.value for one in page.info] == [say(f"training.attendance.nobody_{side}", Language.ITALIAN)]
    page = next(one for one in page.button if one.label == "Aprire graduatoria e decisioni").click().run()
    assert not page.exception
    assert page.title[0].value == "Graduatoria e decisioni"


def test_without_sessions_it_leads_to_the_rules_of_the_year(edition: int, mentors: list[int]) -> None:
    with database.writing() as session:
        none = Settings((), ())
        editions.save_settings(session, edition_id=edition, settings=none, seen=0, by=SYSTEM, at=make.AT)
    page = open_mentors()
    assert [one.value for one in page.info] == [say("training.attendance.no_sessions_mentor", Language.ITALIAN)]
    page = next(one for one in page.button if one.label == "Aprire edizione e regole").click().run()
    assert not page.exception
    assert page.title[0].value == r"Edizione 2026\/27"


def test_ticks_are_counted_named_and_saved(edition: int, mentors: list[int]) -> None:
    tick(edition, (mentors[0], 1), (mentors[0], 2), (mentors[2], 3))
    page = open_mentors()
    assert (label(page), page.button("attendance.save").disabled) == ("Nessuna presenza da salvare", True)
    assert names(page) == ["Abate Luca", "D'Àmico Zoë", "Verdi Carla"]
    assert page.data_editor[0].value["state"].tolist() == [
        "manca un incontro",
        "mancano 3 incontri",
        "mancano 2 incontri",
    ]
    page = edit(page, edited_rows={0: {"3": True}, 1: {"1": True}, 2: {"3": False}})
    assert label(page) == "Salvare 3 presenze"
    assert page.warning[0].value.startswith("Non ancora salvate: 2 da aggiungere, 1 da togliere.")
    page = page.button("attendance.save").click().run()
    assert not page.exception
    assert [one.value for one in page.toast] == ["3 presenze salvate"]
    assert attended(edition) == [{1, 2, 3}, {1}, set()]
    assert page.data_editor[0].value["state"].tolist()[0] == "completata"
    assert [one.value for one in page.metric] == ["3", "1", "2"]
    assert (label(page), locked(page)) == ("Nessuna presenza da salvare", [False] * 3)


def test_who_misses_what_is_said_session_by_session(edition: int, mentors: list[int]) -> None:
    clock.use(lambda: BEFORE_LAST)
    make.a_participant(edition, Side.MENTEE)
    tick(edition, *((mentor, 1) for mentor in mentors), (mentors[1], 2))
    page = open_mentors()
    assert page.caption[2].value == (
        "Assenti all'incontro di mercoledì 9 settembre 2026, 18:00: 2.  \n"
        "Non è ancora iniziato l'incontro di mercoledì 16 settembre 2026, 18:00: "
        "fino ad allora la sua colonna resta chiusa."
    )
    page = page.segmented_control(key="side").set_value(Side.MENTEE).run()
    assert page.caption[2].value.startswith("Presenti all'incontro di mercoledì 2 settembre 2026, 14:00: 0.")


def test_the_column_of_a_session_that_has_not_begun_is_closed_and_says_so(edition: int, mentors: list[int]) -> None:
    clock.use(lambda: BEFORE_LAST)
    page = open_mentors()
    columns = page.data_editor[0].proto.columns
    assert '"3": {"label": "16 set 2026, 18:00 (non iniziato)", "disabled": true' in columns
    assert '"2": {"label": "9 set 2026, 18:00", "disabled"' not in columns


def test_what_the_browser_should_not_send_is_refused_with_a_sentence(edition: int, mentors: list[int]) -> None:
    clock.use(lambda: BEFORE_LAST)
    page = edit(open_mentors(), edited_rows={0: {"1": True, "3": True}})
    page = page.button("attendance.save").click().run()
    assert [one.value[:54] for one in page.error] == ["L'incontro di mercoledì 16 settembre 2026, 18:00 non è"]
    assert attended(edition) == [set(), set(), set()]


def test_somebody_who_leaves_meanwhile_is_said_and_the_ticks_stay(edition: int, mentors: list[int]) -> None:
    page = edit(open_mentors(), edited_rows={0: {"1": True}, 1: {"1": True}})
    with make.writing() as session:
        session.get_one(Application, mentors[1]).withdrawn_at = make.AT
    page = page.button("attendance.save").click().run()
    assert [one.value[:54] for one in page.error] == ["Una delle persone spuntate non partecipa, o non partec"]
    assert (attended(edition), label(page)) == ([set(), set()], "Salvare 2 presenze")


def test_search_and_filter_wait_for_ticks_that_are_not_saved(edition: int, mentors: list[int]) -> None:
    page = open_mentors()
    assert locked(page) == [False] * 3
    page = edit(page, edited_rows={1: {"1": True}})
    assert locked(page) == [True] * 3
    page = page.button("attendance.discard").click().run()
    assert (locked(page), label(page)) == ([False] * 3, "Nessuna presenza da salvare")
    assert page.data_editor[0].value["1"].tolist() == [False] * 3
    assert attended(edition) == [set()] * 3


def test_a_tick_taken_back_leaves_nothing_waiting(edition: int, mentors: list[int]) -> None:
    page = edit(open_mentors(), edited_rows={1: {"1": True}})
    page = edit(page, edited_rows={1: {"1": False}})
    assert (locked(page), label(page)) == ([False] * 3, "Nessuna presenza da salvare")


def test_a_cell_that_was_emptied_stays_as_it_was(edition: int, mentors: list[int]) -> None:
    tick(edition, (mentors[0], 1))
    page = edit(open_mentors(), edited_rows={0: {"1": None}, 1: {"1": None}})
    assert not page.exception
    assert (locked(page), label(page)) == ([False] * 3, "Nessuna presenza da salvare")
    assert page.data_editor[0].value["1"].tolist() == [True, False, False]


def test_what_others_save_meanwhile_stays(edition: int, mentors: list[int]) -> None:
    page = edit(open_mentors(), edited_rows={0: {"1": True}, 1: {"1": True}})
    tick(edition, (mentors[1], 1), (mentors[2], 1))
    page = edit(page, edited_rows={0: {"1": True}, 1: {"1": False}})
    assert label(page) == "Salvare una presenza"
    page = page.button("attendance.save").click().run()
    assert not page.exception
    assert attended(edition) == [{1}, {1}, {1}]
    assert page.data_editor[0].value["1"].tolist() == [True] * 3


def test_ticks_stay_when_others_leave_nobody_for_the_filter(edition: int) -> None:
    mentee = make.a_participant(edition, Side.MENTEE)
    page = make.open_page("attendance", make.staff(Role.COORDINATOR)).toggle("todo").set_value(True).run()
    page = edit(page, edited_rows={0: {"1": True}})
    tick(edition, (mentee, 2))
    page = page.button("attendance.save").click().run()
    assert not page.exception
    assert attended(edition, Side.MENTEE) == [{1, 2}]


def test_ticks_do_not_slip_when_the_list_changes_meanwhile(edition: int, mentors: list[int]) -> None:
    page = edit(open_mentors(), edited_rows={0: {"1": True}})
    make.a_participant(edition, Side.MENTOR, name="Aldo Aaa")
    page = edit(page, edited_rows={0: {"1": True}, 1: {"2": True}})
    page = page.button("attendance.save").click().run()
    assert attended(edition) == [set(), {1}, {2}, set()]
    assert names(page) == ["Aaa Aldo", "Abate Luca", "D'Àmico Zoë", "Verdi Carla"]


def test_an_undo_begins_the_table_anew(edition: int, mentors: list[int]) -> None:
    page = edit(open_mentors(), edited_rows={0: {"1": True}})
    page = page.button("attendance.save").click().run()
    page = next(one for one in page.button if (one.key or "").startswith("undo ")).click().run()
    assert not page.exception
    assert attended(edition) == [set()] * 3
    assert page.data_editor[0].value["1"].tolist() == [False] * 3


def test_search_forgives_accents_and_the_filter_leaves_who_still_has_to_complete(
    edition: int, mentors: list[int]
) -> None:
    tick(edition, *((mentors[0], number) for number in (1, 2, 3)))
    page = open_mentors()
    page = page.text_input("search").set_value("d'amico").run()
    assert names(page) == ["D'Àmico Zoë"]
    page = edit(page, edited_rows={0: {"2": True}})
    page = page.button("attendance.save").click().run()
    assert (attended(edition)[1], names(page)) == ({2}, ["D'Àmico Zoë"])
    page = page.text_input("search").set_value("").run()
    page = page.toggle("todo").set_value(True).run()
    assert names(page) == ["D'Àmico Zoë", "Verdi Carla"]
    page = page.text_input("search").set_value("nessuno").run()
    assert [one.value for one in page.info] == [say("training.attendance.none_found", Language.ITALIAN)]


def test_when_everybody_has_completed_the_filter_says_so(edition: int) -> None:
    mentee = make.a_participant(edition, Side.MENTEE)
    tick(edition, (mentee, 2))
    page = make.open_page("attendance", make.staff(Role.COORDINATOR))
    page = page.toggle("todo").set_value(True).run()
    assert [one.value for one in page.info] == ["Tutti hanno completato la formazione."]


def test_a_long_list_is_shown_in_pages(edition: int, mentors: list[int], monkeypatch) -> None:
    monkeypatch.setattr(parts_attendance, "AT_ONCE", 2)
    page = open_mentors()
    assert names(page) == ["Abate Luca", "D'Àmico Zoë"]
    page = page.get("pagination")[0].set_value(2).run()
    assert names(page) == ["Verdi Carla"]
    page = edit(page, edited_rows={0: {"1": True}})
    page = page.button("attendance.save").click().run()
    assert attended(edition) == [set(), set(), {1}]


def test_the_year_decides_which_sessions_stand_as_columns(edition: int, mentors: list[int]) -> None:
    with database.reading() as session:
        held = settings(session, edition, Settings, by=SYSTEM)
    with database.writing() as session:
        less = Settings(held.mentor_sessions[1:], held.mentee_sessions)
        actions.set_sessions(session, edition_id=edition, settings=less, seen=0, by=SYSTEM, at=make.AT)
    page = open_mentors()
    assert list(page.data_editor[0].value.columns) == ["name", "2", "3", "state"]
