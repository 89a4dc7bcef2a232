"""The first page: the phase of the year, what wants attention, and what comes next."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.accounts.rules import SYSTEM, Role
from core.edition.actions import save_settings
from core.edition.models import Passed
from core.edition.rules import Milestone
from core.intake.rules import Settings as Intake
from core.language.text import Language, say
from core.mentoring.rules import Settings as Mentoring
from core.office.attention import MOST, OF_PHASE, Matter
from core.office.phases import Phase, Year, phase_of
from core.people.rules import Side
from core.speeddate.rules import Settings as SpeedDate
from core.store import clock, database
from core.training.rules import Settings as Training
from pages.home.parts_today import URLS
from pages.shared.registry import page_of
from tests.make import AT, a_pair, a_participant, an_applicant, an_edition, open_page, staff, writing

usual = {
    "intake": Intake.defaults(2026),
    "training": Training.defaults(2026),
    "speed_date": SpeedDate(date(2026, 10, 1), date(2026, 10, 31), day=date(2026, 10, 15)),
    "mentoring": Mentoring.defaults(2026),
}


def on(month: int, day: int, year: int = 2026, hour: int = 12) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


# ---- The phase


@pytest.mark.parametrize(
    ("at", "phase"),
    [
        (on(4, 30), Phase.PREPARATION),
        (on(5, 1), Phase.INTAKE),
        (on(7, 15), Phase.INTAKE),
        (on(7, 16), Phase.SELECTION),
        (on(8, 31), Phase.SELECTION),
        (on(9, 1), Phase.TRAINING),
        (on(10, 14), Phase.TRAINING),
        (on(10, 15), Phase.SPEED_DATE),
        (on(10, 18), Phase.SPEED_DATE),
        (on(10, 19), Phase.MATCHING),
        (on(12, 1), Phase.MATCHING),
    ],
)
def test_the_dates_tell_the_phase(at: datetime, phase: Phase) -> None:
    assert phase_of(Year(**usual), at) is phase


def test_published_pairs_go_before_the_dates() -> None:
    year = Year(**usual, published=True)
    assert phase_of(year, on(10, 16)) is Phase.MENTORING
    assert phase_of(year, on(4, 30, 2027)) is Phase.MENTORING
    assert phase_of(year, on(5, 1, 2027)) is Phase.CERTIFICATES
    assert phase_of(Year(**usual, published=True, closed=True), on(10, 16)) is Phase.CLOSED


def test_while_the_day_of_the_speed_date_is_open_its_window_tells_the_phase() -> None:
    year = Year(**usual | {"speed_date": SpeedDate.defaults(2026)})
    assert phase_of(year, on(10, 31)) is Phase.TRAINING
    assert phase_of(year, on(11, 1)) is Phase.MATCHING


@given(some.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=some.just(UTC)), some.booleans())  # noqa: DTZ001 - the strategy adds the zone
def test_the_year_never_goes_back(at: datetime, published: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    order = list(Phase)
    now, later = (phase_of(Year(**usual, published=published), one) for one in (at, at + timedelta(days=1)))
    assert order.index(now) <= order.index(later)


def test_every_matter_has_a_page_and_every_phase_its_matters() -> None:
    assert set(URLS) == set(Matter)
    assert all(page_of(url) for url in URLS.values())
    assert set(OF_PHASE) == set(Phase)


# ---- The page


def said(test) -> str:
    return "\n".join(one.value for one in [*test.subheader, *test.markdown, *test.caption])


def figures(test) -> list[tuple[str, str]]:
    return [(one.label, one.value) for one in test.metric]


def buttons(test) -> list[str]:
    return [one.label for one in test.main.button if one.label != "Il mio accesso"]


@pytest.mark.usefixtures("store")
def test_a_new_edition_says_its_phase_what_comes_and_what_is_still_open() -> None:
    an_edition()
    test = open_page("", staff())
    assert not test.exception
    assert "Oggi è giovedì 1 ottobre 2026" in said(test)
    assert "Fase: Formazione" in said(test)
    assert "Prossima data · Iniziano gli incontri: domenica 1 novembre 2026 · fra 31 giorni." in said(test)
    assert "Data ancora da fissare" in said(test)


@pytest.mark.usefixtures("store")
def test_each_phase_counts_what_wants_attention_with_a_button_each() -> None:
    edition = an_edition()
    for side in Side:
        an_applicant(edition, side)
        a_participant(edition, side)
    me = staff()
    test = open_page("", me, edition=edition)
    assert figures(test) == [
        ("Mentee senza formazione completa", "1"),
        ("Mentor senza formazione completa", "1"),
        ("Materiali nell'area di autoapprendimento", "0"),
    ]
    assert buttons(test) == ["Presenze alla formazione", "Presenze alla formazione", "Materiali"]
    save(edition, SpeedDate(date(2026, 10, 1), date(2026, 10, 31), day=date(2026, 10, 1)))
    test = open_page("", me, edition=edition)
    assert figures(test) == [
        ("Persone arrivate", "0"),
        ("Persone ancora attese", "2"),
        ("Mentee senza preferenze", "1"),
    ]


@pytest.mark.usefixtures("store")
def test_the_pairs_that_need_a_word_are_counted_while_they_meet() -> None:
    edition = an_edition()
    a_pair(edition, a_participant(edition, Side.MENTEE), a_participant(edition, Side.MENTOR))
    clock.use(lambda: datetime(2026, 12, 12, 10, tzinfo=UTC))
    test = open_page("", staff(), edition=edition)
    assert figures(test) == [
        ("Coppie in ritardo", "1"),
        ("Coppie che rischiano il minimo", "1"),
        ("Incontri negli ultimi 30 giorni", "0"),
    ]


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("role", Role)
def test_every_role_sees_at_most_three_counts_or_that_nothing_waits(phase: Phase, role: Role) -> None:
    edition = an_edition()
    pair = (a_participant(edition, Side.MENTEE), a_participant(edition, Side.MENTOR))
    days = {
        Phase.PREPARATION: on(4, 1),
        Phase.INTAKE: on(6, 1),
        Phase.SELECTION: on(8, 1),
        Phase.TRAINING: on(9, 20),
        Phase.SPEED_DATE: on(10, 15),
        Phase.MATCHING: on(10, 25),
        Phase.MENTORING: on(12, 1),
        Phase.CERTIFICATES: on(5, 5, 2027),
        Phase.CLOSED: on(6, 1, 2027),
    }
    save(edition, usual["speed_date"])
    if days[phase] > on(10, 30):
        a_pair(edition, *pair, at=on(10, 24))
    if phase is Phase.CLOSED:
        with writing() as session:
            session.add(Passed(edition_id=edition, milestone=Milestone.CLOSED, at=AT))
    clock.use(lambda: days[phase])
    test = open_page("", staff(role), edition=edition)
    assert not test.exception
    assert f"Fase: {word(phase)}" in said(test)
    assert len(test.metric) <= MOST
    waits = "In questa fase non c'è nulla che aspetti i ruoli assegnati." in [one.value for one in test.info]
    assert waits == (len(test.metric) == 0)
    assert len(buttons(test)) >= 1


def word(phase: Phase) -> str:
    return say(f"office.phase.{phase}", Language.ITALIAN)


@pytest.mark.usefixtures("store")
def test_a_reviewer_is_told_how_many_wait_for_the_own_points() -> None:
    edition = an_edition()
    for side in Side:
        an_applicant(edition, side)
    clock.use(lambda: on(8, 1))
    test = open_page("", staff(Role.REVIEWER), edition=edition)
    assert figures(test) == [("Candidature che aspettano i punti", "2")]
    assert buttons(test) == ["Valutazione"]


def save(edition: int, settings: object) -> None:
    with database.writing() as session:
        save_settings(session, edition_id=edition, settings=settings, seen=0, by=SYSTEM, at=AT)
