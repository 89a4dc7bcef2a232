"""The rules of the year, through the page on which they are set."""

from __future__ import annotations

from datetime import date

import pytest

from core.accounts.rules import SYSTEM, Role
from core.edition import actions, queries
from core.intake.rules import Settings as Intake
from core.mentoring.rules import Settings as Mentoring
from core.people.rules import Side
from core.store import database
from core.training import actions as training
from core.training.queries import attendance
from core.training.rules import Settings as Training
from tests.editor import edit
from tests.make import AT, a_participant, an_edition, open_page, staff

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def edition_with_mentor(store) -> int:
    edition = an_edition()
    attend(edition, 1, 2)
    return edition


def kept(edition: int, kind=Intake):
    with database.reading() as session:
        return queries.settings(session, edition, kind, by=SYSTEM)


def day(test, at: int):
    """The first or the second field for a day."""
    return [field for field in test.text_input if field.placeholder == "GG/MM/AAAA"][at]


def save(test):
    return next(button for button in test.button if button.label == "Salvare").click().run()


def test_a_new_edition_has_the_programmes_own_values() -> None:
    test = open_page("year", staff(), edition=an_edition(2026))
    assert [day(test, 0).value, day(test, 1).value] == ["01/05/2026", "15/07/2026"]


def test_what_is_saved_is_kept_and_said() -> None:
    edition = an_edition()
    test = open_page("year", staff(), edition=edition)
    day(test, 1).set_value("31/07/2026")
    save(test)
    assert not test.exception
    assert [one.value for one in test.toast] == ["Regole salvate"]
    assert kept(edition) == Intake(date(2026, 5, 1), date(2026, 7, 31))


def test_a_reversed_period_is_refused_with_a_sentence_and_nothing_is_kept() -> None:
    edition = an_edition()
    test = open_page("year", staff(), edition=edition)
    day(test, 1).set_value("01/04/2026")
    save(test)
    assert test.error[0].value == (
        "«Le candidature si aprono il»: il periodo finisce (mercoledì 1 aprile 2026) prima di iniziare "
        "(venerdì 1 maggio 2026). Nulla è stato modificato: correggere le date."
    )
    assert kept(edition) == Intake.defaults(2026)


def test_the_second_of_two_people_is_shown_the_difference_and_can_then_decide() -> None:
    edition = an_edition()
    mine, theirs = staff(), staff(name="Carlo Verdi")
    save(open_page("year", mine, edition=edition))
    test = open_page("year", mine, edition=edition)
    with database.writing() as session:
        actions.save_settings(
            session,
            edition_id=edition,
            settings=Intake(date(2026, 5, 1), date(2026, 8, 1)),
            seen=1,
            by=theirs,
            at=AT,
        )

    day(test, 1).set_value("09/09/2026")
    save(test)
    assert test.warning[0].value.startswith("Carlo Verdi ha salvato nel frattempo")
    assert [tuple(row) for row in test.dataframe[0].value.itertuples(index=False)] == [
        ("Ultimo giorno per candidarsi", "2026-07-15", "2026-08-01", "2026-09-09")
    ]
    assert kept(edition).closes_on == date(2026, 8, 1)
    assert day(test, 1).value == "01/08/2026"

    day(test, 1).set_value("09/09/2026")
    save(test)
    assert kept(edition).closes_on == date(2026, 9, 9)


def test_an_act_of_another_form_does_not_make_an_old_form_new() -> None:
    edition = an_edition()
    mine, theirs = staff(), staff(name="Carlo Verdi")
    test = open_page("year", mine, edition=edition)
    with database.writing() as session:
        changed = Intake(date(2026, 5, 1), date(2026, 8, 1))
        actions.save_settings(session, edition_id=edition, settings=changed, seen=0, by=theirs, at=AT)
    next(field for field in test.text_input if field.label == "Nome dell'edizione").set_value("Prima")
    next(button for button in test.button if button.label == "Rinominare").click().run()
    assert [one.value for one in test.toast] == ["L'edizione ora si chiama Prima"]

    save(test)
    assert test.warning[0].value.startswith("Carlo Verdi ha salvato nel frattempo")
    assert list(test.dataframe[0].value.iloc[:, 0]) == ["Ultimo giorno per candidarsi"]
    assert kept(edition).closes_on == date(2026, 8, 1)


def test_two_editions_keep_their_own_rules_on_one_page() -> None:
    first, second = an_edition(2026), an_edition(2027, name="2027/28")
    test = open_page("year", staff(), edition=first)
    test.selectbox[0].select(second).run()
    assert day(test, 0).value == "01/05/2027"


def test_whoever_does_not_coordinate_reads_only() -> None:
    test = open_page("year", staff(Role.HELPER), edition=an_edition())
    assert all(button.disabled for button in test.button if button.label == "Salvare")


@pytest.mark.parametrize(
    "section", ["intake", "selection", "training", "speeddate", "matching", "mentoring", "certificates"]
)
def test_each_section_is_saved_as_it_stands(section: str) -> None:
    edition = an_edition()
    test = open_page("year", staff(), edition=edition)
    chooser = next(group for group in test.segmented_control if section in group.options or group.label == "Fase")
    chooser.set_value(section).run()
    save(test)
    assert not test.exception
    assert not test.error
    assert [one.value for one in test.toast] == ["Regole salvate"]


def attend(edition: int, *numbers: int) -> None:
    mentor = a_participant(edition, Side.MENTOR)
    added = frozenset((mentor, number) for number in numbers)
    with database.writing() as session:
        training.tick(session, edition_id=edition, added=added, removed=frozenset(), by=SYSTEM, at=AT)


def sessions(edition: int) -> list[tuple[int, str]]:
    return [(one.number, f"{one.starts_at:%d %b %H}") for one in kept(edition, Training).mentor_sessions]


def attended(edition: int) -> list[frozenset[int]]:
    with database.reading() as session:
        return [one.attended for one in attendance(session, edition, side=Side.MENTOR, by=SYSTEM).people]


def open_training(edition: int):
    page = open_page("year", staff(), edition=edition)
    return next(group for group in page.segmented_control if group.label == "Fase").set_value("training").run()


def test_a_session_on_another_day_keeps_who_attended_it(edition_with_mentor: int) -> None:
    edition = edition_with_mentor
    page = save(edit(open_training(edition), edited_rows={0: {"day": "2026-09-21", "hour": "17:30:00"}}))
    assert not page.exception
    assert [one.value for one in page.toast] == ["Regole salvate"]
    assert [number for number, _ in sessions(edition)] == [2, 3, 1]
    assert f"{kept(edition, Training).mentor_sessions[2].starts_at:%d/%m %H:%M}" == "21/09 17:30"
    assert attended(edition) == [{1, 2}]


def test_a_session_that_somebody_attended_is_not_dropped(edition_with_mentor: int) -> None:
    edition, before = edition_with_mentor, sessions(edition_with_mentor)
    page = save(edit(open_training(edition), deleted_rows=[0, 2]))
    assert page.error[0].value == (
        "Non si può eliminare un incontro a cui qualcuno era presente: martedì 1 settembre 2026, 18:00 "
        "(mentor, una persona presente). "
        "Nulla è stato modificato: rimetterlo, oppure togliere prima le presenze."
    )
    assert (sessions(edition), attended(edition)) == (before, [{1, 2}])


def test_a_session_that_nobody_attended_is_dropped_and_a_new_one_has_a_number_of_its_own(
    edition_with_mentor: int,
) -> None:
    edition = edition_with_mentor
    added = [{"day": "2026-08-31", "hour": "18:00:00", "minutes": 90}, {}]
    page = save(edit(open_training(edition), deleted_rows=[2], added_rows=added))
    assert not page.exception
    assert sessions(edition) == [(4, "31 Aug 18"), (1, "01 Sep 18"), (2, "09 Sep 18")]
    assert attended(edition) == [{1, 2}]


def test_a_new_session_does_not_take_the_place_of_one_that_somebody_attended(edition_with_mentor: int) -> None:
    edition, before = edition_with_mentor, sessions(edition_with_mentor)
    attend(edition, 3)
    added = [{"day": "2026-09-30", "hour": "18:00:00", "minutes": 120}]
    page = save(edit(open_training(edition), deleted_rows=[2], added_rows=added))
    assert page.error[0].value.startswith("Non si può eliminare un incontro a cui qualcuno era presente: mercoledì 16")
    assert (sessions(edition), attended(edition)) == (before, [{1, 2}, {3}])


def test_the_number_of_a_session_is_not_shown(edition_with_mentor: int) -> None:
    page = open_training(edition_with_mentor)
    assert ['"number": {"hidden": true}' in one.proto.columns for one in page.data_editor] == [True, True]


def test_the_programmes_arithmetic_is_said() -> None:
    edition = an_edition()
    assert kept(edition, Mentoring).last_day == date(2027, 4, 30)
    test = open_page("year", staff(), edition=edition)
    next(group for group in test.segmented_control if group.label == "Fase").set_value("mentoring").run()
    assert "venerdì 15 gennaio 2027" in test.info[0].value
    assert "venerdì 11 dicembre 2026" in test.info[0].value


def test_a_new_edition_is_made_and_chosen() -> None:
    test = open_page("year", staff(), edition=an_edition())
    next(button for button in test.button if button.label == "Creare una nuova edizione").click().run()
    assert not test.exception
    assert test.title[0].value == r"Edizione 2027\/28"


def test_a_year_has_one_edition() -> None:
    edition = an_edition(2027, name="La prima")
    test = open_page("year", staff(), edition=edition)
    next(button for button in test.button if button.label == "Creare una nuova edizione").click().run()
    assert test.error[0].value.startswith("L'edizione «La prima» inizia già nel 2027.")
    with database.reading() as session:
        assert [one.name for one in queries.editions(session, by=SYSTEM)] == ["La prima"]


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("2025", r"Edizione 2025\/26"),
        ("2026", r"Edizione 2026\/27"),
        ("1999", r"Edizione 2026\/27"),
        ("x", r"Edizione 2026\/27"),
    ],
)
def test_the_address_names_the_edition_and_an_unknown_one_is_the_usual(address: str, title: str) -> None:
    for year in (2025, 2026):
        an_edition(year, name=f"{year}/{year - 1999}")
    test = open_page("year", staff(), asked=address)
    assert not test.exception
    assert test.title[0].value == title
    assert test.query_params.get("edition") == ("2025" if address == "2025" else None)


def test_the_edition_that_is_chosen_stands_in_the_address_unless_it_is_the_usual_one() -> None:
    earlier, usual = (an_edition(year, name=f"{year}/{year - 1999}") for year in (2025, 2026))
    test = open_page("year", staff())
    assert "edition" not in test.query_params
    test.selectbox[0].select(earlier).run()
    assert test.query_params["edition"] == "2025"
    test.selectbox[0].select(usual).run()
    assert "edition" not in test.query_params
