"""One year after the other: an edition made like the last one, and one that is closed."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
import sqlalchemy as sa
from dateutil.easter import easter
from hypothesis import given
from hypothesis import strategies as some
from sqlmodel import select

from core.accounts.rules import SYSTEM, Role
from core.edition import actions, queries
from core.edition.closed import EditionClosed
from core.edition.models import Edition, Passed
from core.edition.rules import Milestone, YearNotValid, YearTaken, same_day, same_weekday
from core.intake.rules import Settings as Intake
from core.learning.models import Resource
from core.mentoring.rules import ClosedPeriod
from core.mentoring.rules import Settings as Mentoring
from core.office import actions as office
from core.office.rules_of_year import SETTINGS
from core.speeddate.rules import Settings as SpeedDate
from core.store import database
from core.store.clock import ROME
from core.store.images import Subject, editions, tables
from core.training.rules import Session
from core.training.rules import Settings as Training
from tests.accounts.test_acts_page import SETTINGS as EVERY_SETTINGS
from tests.make import AT, an_edition, open_page, staff, writing
from tests.store.ground import RESOURCE, ground
from tests.store.images import AUDITED

years = some.integers(1, 12)


def begin(year: int, like: int | None) -> int:
    with database.writing() as session:
        return office.begin_edition(session, year=year, like=like, by=SYSTEM, at=AT)


def kept(edition: int, kind):
    with database.reading() as session:
        return queries.settings(session, edition, kind, by=SYSTEM)


def save(edition: int, settings) -> None:
    with database.writing() as session:
        actions.save_settings(session, edition_id=edition, settings=settings, seen=0, by=SYSTEM, at=AT)


def close(edition: int) -> None:
    with writing() as session:
        session.add(Passed(edition_id=edition, milestone=Milestone.CLOSED, at=AT))


# ---- Days that move


@given(some.dates(date(2000, 1, 1), date(2080, 1, 1)), years)
def test_a_weekday_stays_and_moves_by_three_days_at_most(day: date, ahead: int) -> None:
    moved = same_weekday(day, ahead)
    assert moved.weekday() == day.weekday()
    assert abs((moved - same_day(day, ahead)).days) <= 3


def test_the_last_of_a_leap_february_becomes_the_28th() -> None:
    assert same_day(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert same_day(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_a_session_keeps_its_weekday_its_hour_in_rome_and_its_number() -> None:
    summer = Session(datetime.combine(date(2026, 9, 16), time(18), tzinfo=ROME), 90, 7)
    (moved,) = Training((summer,), ()).moved(1).mentor_sessions
    assert moved == Session(datetime.combine(date(2027, 9, 15), time(18), tzinfo=ROME), 90, 7)
    assert moved.starts_at.utcoffset() == summer.starts_at.utcoffset()


@given(years)
def test_christmas_keeps_its_days_and_easter_goes_with_easter(ahead: int) -> None:
    assert Mentoring.defaults(2026).moved(ahead).closed == Mentoring.defaults(2026 + ahead).closed


def test_other_closed_days_keep_their_days() -> None:
    patron = ClosedPeriod("Sant'Ambrogio", date(2026, 12, 7), date(2026, 12, 8))
    assert patron.moved(1) == ClosedPeriod("Sant'Ambrogio", date(2027, 12, 7), date(2027, 12, 8))
    assert not patron.first <= easter(2026) <= patron.last


@pytest.mark.parametrize("kind", SETTINGS, ids=lambda kind: kind.__module__)
def test_the_programmes_own_values_moved_are_those_of_the_later_year(kind) -> None:
    moved, own = kind.defaults(2026).moved(1), kind.defaults(2027)
    if kind is Training:  # bound to weekdays, so a day or two apart
        moved, own = ([one.number for one in both.mentor_sessions] for both in (moved, own))
    assert moved == own


def test_the_rules_of_every_phase_go_along() -> None:
    assert set(SETTINGS) == set(EVERY_SETTINGS.values())


# ---- An edition like another one


@pytest.mark.usefixtures("store")
def test_a_new_edition_takes_over_what_was_set_and_the_resources_with_days_moved() -> None:
    old = an_edition(2026)
    save(old, Intake(date(2026, 4, 20), date(2026, 6, 30), ("Diritto", "Editoria")))
    save(old, SpeedDate(date(2026, 10, 5), date(2026, 10, 20), day=date(2026, 10, 16), most_choices=3))
    with writing() as session:
        session.add(Resource(edition_id=old, **RESOURCE))
    new = begin(2027, old)
    assert kept(new, Intake) == Intake(date(2027, 4, 20), date(2027, 6, 30), ("Diritto", "Editoria"))
    assert kept(new, SpeedDate) == SpeedDate(date(2027, 10, 5), date(2027, 10, 20), day=None, most_choices=3)
    assert kept(new, Mentoring) == Mentoring.defaults(2027)
    with database.reading() as session:
        found = session.exec(select(Resource).where(Resource.edition_id == new)).all()
        summary = queries.edition(session, new, by=SYSTEM)
    assert [(one.title_it, one.version) for one in found] == [("x", 1)]
    assert (summary.name, summary.year) == ("2027/28", 2027)


@pytest.mark.usefixtures("store")
def test_nothing_is_made_when_the_year_is_there_already_or_is_none() -> None:
    old = an_edition(2026)
    with pytest.raises(YearTaken):
        begin(2026, old)
    with pytest.raises(YearNotValid):
        begin(1926, old)
    with database.reading() as session:
        assert len(queries.editions(session, by=SYSTEM)) == 1


@pytest.mark.usefixtures("store")
def test_people_and_results_stay_where_they_are() -> None:
    old = ground()
    new = begin(2027, old)
    with database.reading() as session:
        belongs = {
            name
            for name, kind in tables().items()
            if kind in AUDITED.values()
            for row in session.scalars(sa.select(kind))
            if new in editions(session, [(Subject(name, row.id), row.model_dump(mode="json"))])
        }
    assert belongs == {"edition", "resource", "template"}


@pytest.mark.usefixtures("store")
def test_the_page_makes_next_years_edition_like_this_one_and_opens_it() -> None:
    save(an_edition(2026), Intake(date(2026, 4, 20), date(2026, 6, 30)))
    page = open_page("year", staff())
    assert page.selectbox("edition.model").options[0] == "Come l'edizione 2026/27"
    page = next(one for one in page.button if one.label == "Creare una nuova edizione").click().run()
    assert not page.exception
    assert page.toast[0].value == "Nuova edizione creata: controllare le date di ogni fase"
    assert page.title[0].value == "Edizione 2027\\/28"
    assert [one.value for one in page.text_input[:2]] == ["20/04/2027", "30/06/2027"]


# ---- An edition that is closed


OF_NONE = {"person", "account", "role_holding", "consent", "contact_change"}
OF_AN_EDITION = [name for name in AUDITED if name not in OF_NONE]


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("table", OF_AN_EDITION)
def test_no_row_of_a_closed_edition_is_deleted_or_changed(table: str) -> None:
    edition = ground()
    close(edition)
    kind = AUDITED[table]
    with pytest.raises(EditionClosed), writing() as session:
        row = session.exec(select(kind)).first()
        if kind is Edition:
            row.name = "another"
        else:
            session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            session.delete(row)
    with database.reading() as session:
        assert queries.edition(session, edition, by=SYSTEM).name == "ground"
        assert session.exec(select(kind)).first() is not None


@pytest.mark.usefixtures("store")
def test_every_table_says_whether_its_rows_are_of_an_edition() -> None:
    edition = ground()
    with database.reading() as session:
        found = {
            name
            for name, kind in AUDITED.items()
            for row in session.scalars(sa.select(kind).limit(1))
            if edition in editions(session, [(Subject(name, row.id), row.model_dump(mode="json"))])
        }
    assert found == set(OF_AN_EDITION)


@pytest.mark.usefixtures("store")
def test_other_editions_go_on_and_a_closing_taken_back_opens_it_again() -> None:
    closed, other = an_edition(2025, "2025/26"), an_edition()
    close(closed)
    save(other, Intake.defaults(2026))
    with pytest.raises(EditionClosed):
        save(closed, Intake.defaults(2025))
    with writing() as session:
        session.delete(session.exec(select(Passed)).one())
    save(closed, Intake.defaults(2025))


@pytest.mark.usefixtures("store")
def test_a_closed_edition_says_so_on_every_page_and_refuses_with_a_sentence() -> None:
    edition = an_edition()
    close(edition)
    page = open_page("year", staff(Role.COORDINATOR), edition=edition)
    told = "Edizione chiusa giovedì 1 ottobre 2026: si consulta, ma non si modifica. "
    told += "I moduli restano in vista, ma non salvano nulla. "
    assert f"{told}Si riapre alla pagina «Chiusura dell'anno»." in [one.value for one in page.info]
    other = open_page("year", staff(Role.VIEWER), edition=edition)
    assert f"{told}La può riaprire chi coordina il programma." in [one.value for one in other.info]
    page.text_input[1].set_value("31/08/2026")
    page = next(one for one in page.button if one.label == "Salvare").click().run()
    assert page.error[0].value.startswith("L'edizione è chiusa:")
    assert kept(edition, Intake) == Intake.defaults(2026)
