"""How the pairs meet and who attended the training: the figures, and the two pages that show them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.accounts.rules import SYSTEM, Role
from core.mentoring.rules import Way
from core.people.rules import Side
from core.reporting import queries
from core.reporting.meetings import Group, Month, groups, months
from core.store import clock, database
from core.training.models import Attendance
from tests.make import a_pair, a_participant, an_edition, met, open_page, staff, writing

NOW = datetime(2026, 12, 9, 10, tzinfo=UTC)
FIRST, LAST = date(2026, 11, 1), date(2027, 4, 30)


@pytest.fixture
def edition(store) -> int:
    clock.use(lambda: NOW)
    return an_edition()


def attend(application: int, *numbers: int) -> None:
    with writing() as session:
        session.add_all(Attendance(application_id=application, session=number) for number in numbers)


# ---- Months


def test_each_month_counts_its_meetings_and_the_pairs_that_met() -> None:
    held = [(1, date(2026, 11, 9), 90), (1, date(2026, 11, 30), 60), (2, date(2027, 1, 8), 75)]
    found = months(held, first=FIRST, last=LAST)
    assert [one.first for one in found] == [
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
        date(2027, 2, 1),
        date(2027, 3, 1),
        date(2027, 4, 1),
    ]
    assert found[:3] == [
        Month(date(2026, 11, 1), 2, 150, 1),
        Month(date(2026, 12, 1), 0, 0, 0),
        Month(date(2027, 1, 1), 1, 75, 1),
    ]


def test_a_meeting_before_the_first_month_has_its_month_too() -> None:
    found = months([(1, date(2026, 9, 30), 90)], first=FIRST, last=LAST)
    assert [one.first.month for one in found] == [9, 10, 11, 12, 1, 2, 3, 4]


@given(
    some.lists(some.tuples(some.integers(1, 9), some.dates(date(2026, 6, 1), date(2027, 8, 1)), some.integers(5, 600)))
)
def test_no_meeting_is_lost_or_counted_twice(held: list[tuple[int, date, int]]) -> None:
    found = months(held, first=FIRST, last=LAST)
    assert sum(one.meetings for one in found) == len(held)
    assert sum(one.minutes for one in found) == sum(minutes for *_, minutes in held)
    assert [one.first for one in found] == sorted({one.first for one in found})


# ---- Groups


def test_the_share_of_a_sector_at_each_session_and_nothing_for_one_to_come() -> None:
    people = [("Diritto", frozenset({1}))] * 3 + [("Diritto", frozenset({1, 2}))] * 2
    assert groups(people, {1: True, 2: True, 3: False}) == [Group("Diritto", 5, (1.0, 0.4, None))]


def test_small_sectors_stand_together_and_last_whoever_names_none_among_them() -> None:
    people = [("A", frozenset[int]())] * 2 + [("B", frozenset({1}))] * 2 + [(None, frozenset({1}))] * 1
    people += [("C", frozenset({1}))] * 5
    assert groups(people, {1: True}) == [Group("C", 5, (1.0,)), Group(None, 5, (0.6,))]


sectors = some.none() | some.sampled_from("ABCDEFG")


@given(some.lists(some.tuples(sectors, some.frozensets(some.integers(1, 3))), max_size=60))
def test_no_group_is_small_and_nobody_is_in_two(people: list[tuple[str | None, frozenset[int]]]) -> None:
    found = groups(people, {1: True, 2: True})
    assert all(one.people >= 5 for one in found)
    left_out = len(people) - sum(one.people for one in found)
    assert 0 <= left_out < 5
    assert len({one.sector for one in found}) == len(found)


# ---- The pages


def pairs(edition: int) -> list[int]:
    names = [("Anna Alfa", "Ugo Ma"), ("Bea Beta", "Ada Mb")]
    return [
        a_pair(
            edition,
            a_participant(edition, Side.MENTEE, name=mentee),
            a_participant(edition, Side.MENTOR, name=mentor),
        )
        for mentee, mentor in names
    ]


def test_without_pairs_the_page_says_what_comes_first(edition: int) -> None:
    page = open_page("pace", staff(Role.COORDINATOR))
    assert page.info[0].value.startswith("Le coppie di questa edizione non sono ancora pubblicate")


def test_the_months_stand_in_words_and_in_a_table(edition: int) -> None:
    first, second = pairs(edition)
    for pair, day in ((first, date(2026, 11, 9)), (first, date(2026, 12, 1)), (second, date(2026, 11, 12))):
        met(pair, day, way=Way.IN_PERSON)
    page = open_page("pace", staff(Role.COORDINATOR))
    assert not page.exception
    said = [one.value for one in page.markdown]
    assert "3 incontri finora, 4,5 ore in tutto; il mese più fitto è novembre 2026, con 2." in said
    table = page.dataframe[0].value
    assert table["Incontri"].tolist() == [2, 1, 0, 0, 0, 0]
    assert table["Coppie"].tolist() == [2, 1, 0, 0, 0, 0]
    assert [one.value for one in page.subheader] == ["Coppia per coppia"]


def test_a_viewer_sees_the_months_and_no_pair(edition: int) -> None:
    (first, _) = pairs(edition)
    met(first, date(2026, 11, 9))
    page = open_page("pace", staff(Role.VIEWER))
    assert not page.exception
    assert len(page.subheader) == 0
    assert "Alfa" not in str(page)


def test_the_lanes_begin_with_the_pair_that_met_most(edition: int) -> None:
    _, second = pairs(edition)
    met(second, date(2026, 11, 9))
    with database.reading() as session:
        found = queries.lanes(session, edition, today=clock.today(), by=SYSTEM)
    assert [(one.mentee, len(one.meetings)) for one in found] == [("Beta Bea", 1), ("Alfa Anna", 0)]


def test_the_training_page_says_why_it_shows_nothing(edition: int) -> None:
    page = open_page("trained", staff(Role.COORDINATOR))
    assert page.info[0].value.startswith("Nessuno è stato ancora selezionato da questo lato")
    a_participant(edition, Side.MENTOR, sector="Diritto")
    page = open_page("trained", staff(Role.VIEWER))
    assert page.info[0].value.startswith("Partecipano meno di cinque persone")


def test_the_training_by_sector_in_words_and_numbers(edition: int) -> None:
    for number in range(5):
        attend(a_participant(edition, Side.MENTOR, sector="Diritto"), 1, *([2] if number else []))
    page = open_page("trained", staff(Role.VIEWER))
    assert not page.exception
    assert page.markdown[-1].value.startswith("Presenze: 1 set 2026: 100% presenti, 9 set 2026: 80% presenti")
    assert page.dataframe[0].value.iloc[0].tolist() == ["Diritto", 5, "100%", "80%", "0%"]
