"""Closing the year: what would stay of it, what stays, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from core.accounts.rules import SYSTEM, Role
from core.edition import queries as editions
from core.edition.closed import EditionClosed
from core.office import actions, queries
from core.office.actions import AlreadyClosed, StillRunning
from core.people.models import History
from core.people.rules import Result, Side
from core.selection.models import Decision
from core.selection.rules import Outcome
from core.store import clock, database
from core.training.models import Attendance
from tests.make import AT, Application, a_pair, a_participant, an_applicant, an_edition, met, open_page, staff, writing

OVER = datetime(2027, 5, 3, 10, tzinfo=UTC)


@pytest.fixture
def edition(store) -> int:
    clock.use(lambda: OVER)
    return an_edition()


@pytest.fixture
def people(edition: int) -> dict[str, int]:
    """A pair that met seven times, a mentee without one, one who waits, one not decided, and one who withdrew."""
    found = {
        "mentee": a_participant(edition, Side.MENTEE, name="Anna Alfa"),
        "mentor": a_participant(edition, Side.MENTOR, name="Ugo Ma"),
        "alone": a_participant(edition, Side.MENTEE, name="Bea Beta"),
        "waits": an_applicant(edition, Side.MENTEE, name="Carla Gamma"),
        "undecided": an_applicant(edition, Side.MENTOR, name="Dino Delta"),
        "left": a_participant(edition, Side.MENTEE, name="Eva Epsilon", withdrawn_at=AT),
    }
    pair = a_pair(edition, found["mentee"], found["mentor"], at=datetime(2026, 10, 25, tzinfo=UTC))
    for at in range(7):
        met(pair, date(2026, 11, 9) + timedelta(days=21 * at))
    with writing() as session:
        waiting = {"outcome": Outcome.WAITING, "reason": "posti", "decided_at": AT}
        session.add(Decision(application_id=found["waits"], **waiting))
        session.add(Attendance(application_id=found["mentee"], session=1))
    return found


def close(edition: int, at: datetime = OVER) -> int:
    with database.writing() as session:
        return actions.close_edition(session, edition_id=edition, by=SYSTEM, at=at)


def rows(edition: int) -> list[tuple[str, Result, str, int, int, bool]]:
    with database.reading() as session:
        found = queries.kept(session, edition, by=SYSTEM)
    return [(one.person, one.result, one.partner, one.meetings, one.minutes, one.certificate) for one in found]


def test_what_became_of_everybody_is_kept(edition: int, people: dict[str, int]) -> None:
    assert close(edition) == 6
    assert rows(edition) == [
        ("Alfa Anna", Result.PAIRED, "Ma Ugo", 7, 630, True),
        ("Beta Bea", Result.SELECTED, "", 0, 0, False),
        ("Delta Dino", Result.NOT_SELECTED, "", 0, 0, False),
        ("Epsilon Eva", Result.WITHDRAWN, "", 0, 0, False),
        ("Gamma Carla", Result.WAITED, "", 0, 0, False),
        ("Ma Ugo", Result.PAIRED, "Alfa Anna", 7, 630, False),
    ]
    with database.reading() as session:
        assert editions.edition(session, edition, by=SYSTEM).closed_at == OVER


def test_a_mentor_of_two_has_a_row_for_each_partner(edition: int, people: dict[str, int]) -> None:
    a_pair(edition, people["alone"], people["mentor"])
    close(edition)
    of_mentor = [row for row in rows(edition) if row[0] == "Ma Ugo"]
    assert [(row[2], row[3]) for row in of_mentor] == [("Alfa Anna", 7), ("Beta Bea", 0)]


def test_an_edition_is_not_closed_while_its_pairs_still_meet_nor_twice(edition: int, people: dict[str, int]) -> None:
    with pytest.raises(StillRunning):
        close(edition, datetime(2027, 4, 30, 10, tzinfo=UTC))
    assert rows(edition) == []
    close(edition)
    with pytest.raises(AlreadyClosed):
        close(edition)
    assert len(rows(edition)) == 6


def test_the_edition_is_opened_again_on_the_page_also_when_its_people_have_applied_again(
    edition: int, people: dict[str, int]
) -> None:
    me = staff(Role.COORDINATOR)
    with database.writing() as session:
        actions.close_edition(session, edition_id=edition, by=me, at=OVER)
    an_applicant(an_edition(2027, "2027/28"), Side.MENTEE, mail="person@x.example")
    with writing() as session:
        again = session.get_one(Application, people["alone"])
        facts = {"sectors": [], "languages": [], "self_assessment": {}}
        session.add(Application(edition_id=2, person_id=again.person_id, side=Side.MENTEE, **facts))
    page = open_page("closing", me, edition=edition)
    page = next(one for one in page.button if one.label == "Riaprire l'edizione").click().run()
    assert not page.exception
    assert [one.value for one in page.error] == []
    assert rows(edition) == []
    with database.reading() as session:
        assert editions.edition(session, edition, by=SYSTEM).closed_at is None


def test_taking_the_closing_back_opens_the_edition_and_takes_the_history_away(
    edition: int, people: dict[str, int]
) -> None:
    me = staff(Role.COORDINATOR)
    with database.writing() as session:
        actions.close_edition(session, edition_id=edition, by=me, at=OVER)
    with database.reading() as session:
        (last,) = [one for one in queries.own_acts(session, by=me) if one.name == "office.close_edition"]
    with pytest.raises(EditionClosed), writing() as session:
        session.get_one(Application, people["alone"]).withdrawn_at = OVER
    with database.writing() as session:
        actions.undo_act(session, entry_id=last.id, by=me, at=OVER)
    with database.reading() as session:
        assert session.exec(select(History)).all() == []
    with writing() as session:
        session.get_one(Application, people["alone"]).withdrawn_at = OVER


# ---- The page


def press(page):
    return next(one for one in page.button if one.label.startswith("Chiudere l'edizione")).click().run()


def test_before_the_end_the_page_shows_what_would_stay_and_when_it_can_be_closed(edition: int, people) -> None:
    clock.use(lambda: datetime(2026, 12, 1, 10, tzinfo=UTC))
    page = open_page("closing", staff(Role.COORDINATOR))
    assert not page.exception
    assert page.info[0].value.startswith("L'edizione si può chiudere dopo l'ultimo giorno degli incontri, venerdì 30")
    table = page.dataframe[0].value
    assert table["Esito"].tolist()[-1] == "di cui con attestato"
    assert table["Mentee"].tolist() == [0, 1, 1, 1, 1, 1]
    assert table["Mentor"].tolist() == [1, 0, 0, 0, 1, 0]
    assert [one.value for one in page.warning] == []
    clock.use(lambda: OVER)
    page = open_page("closing", staff(Role.COORDINATOR))
    assert [one.value[:51] for one in page.warning] == ["Una candidatura non ha ancora una decisione: risult"]


def test_the_year_is_closed_by_a_tick_and_a_button_and_then_read_by_name(edition: int, people) -> None:
    page = press(open_page("closing", staff(Role.COORDINATOR)))
    assert "Nulla è stato chiuso: la casella non è spuntata." in [one.value for one in page.warning]
    assert rows(edition) == []
    page = press(page.checkbox[0].check().run())
    assert not page.exception
    assert page.toast[0].value.startswith("Edizione 2026")
    assert page.dataframe[0].value["Persona"].tolist()[:2] == ["Alfa Anna", "Beta Bea"]
    assert page.dataframe[0].value["In coppia con"].tolist()[0] == "Ma Ugo"
