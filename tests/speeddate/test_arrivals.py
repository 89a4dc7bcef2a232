"""Who came to the speed date: ticked in the store, found by what is typed at the door."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from core.accounts.rules import Role
from core.intake.models import Application
from core.people.rules import Side
from core.speeddate import actions, queries
from core.speeddate.actions import AlreadyThere, NotOnTheList, NotThere
from core.speeddate.models import CheckIn
from core.speeddate.names import Listed, called
from core.speeddate.rules import EventDay, Settings, event_day
from core.store import database
from core.store.audit import AuditEntry
from tests import make
from tests.store.images import last_entry, take_back

LATER = make.AT + timedelta(minutes=4)


@pytest.fixture
def edition(store) -> int:
    return make.an_edition()


@pytest.fixture
def people(edition: int) -> list[int]:
    sides = {"Anna Alfa": Side.MENTEE, "Bea Beta": Side.MENTEE, "Carla Gamma": Side.MENTOR}
    return [make.a_participant(edition, side, name=name) for name, side in sides.items()]


def check_in(edition: int, *applications: int, by, at=make.AT) -> None:
    with database.writing() as session:
        actions.check_in(session, edition_id=edition, applications=applications, by=by, at=at)


def check_out(edition: int, *applications: int, by) -> None:
    with database.writing() as session:
        actions.check_out(session, edition_id=edition, applications=applications, by=by, at=LATER)


def came(edition: int, by) -> list[tuple[str, object]]:
    with database.reading() as session:
        return [(one.listed, one.at) for one in queries.arrivals(session, edition, by=by)]


def test_several_are_ticked_as_one_act_and_listed_mentees_first(edition: int, people: list[int]) -> None:
    actor = make.staff(Role.HELPER)
    check_in(edition, people[0], people[2], by=actor)
    assert came(edition, actor) == [("Alfa Anna", make.AT), ("Beta Bea", None), ("Gamma Carla", make.AT)]
    with database.reading() as session:
        entry = session.get_one(AuditEntry, last_entry())
        assert (entry.act, entry.edition_id) == ("speeddate.check_in", edition)
        assert session.exec(select(CheckIn.account_id)).all() == [actor.account_id] * 2


def test_who_is_there_already_keeps_the_first_moment(edition: int, people: list[int]) -> None:
    actor = make.staff(Role.HELPER)
    check_in(edition, people[0], by=actor)
    check_in(edition, *people[:2], by=actor, at=LATER)
    assert [at for _, at in came(edition, actor)] == [make.AT, LATER, None]


def test_when_all_are_there_already_it_is_said_and_nothing_written(edition: int, people: list[int]) -> None:
    actor = make.staff(Role.HELPER)
    check_in(edition, people[0], by=actor)
    before = last_entry()
    for applications in ([people[0]], []):
        with pytest.raises(AlreadyThere):
            check_in(edition, *applications, by=actor, at=LATER)
    assert last_entry() == before


def test_a_tick_is_taken_away_and_who_has_none_is_left(edition: int, people: list[int]) -> None:
    actor = make.staff(Role.HELPER)
    check_in(edition, *people, by=actor)
    check_out(edition, people[1], by=actor)
    check_out(edition, people[0], people[1], by=actor)
    assert [at for _, at in came(edition, actor)] == [None, None, make.AT]
    with pytest.raises(NotThere):
        check_out(edition, people[0], by=actor)


def test_who_does_not_take_part_is_refused_and_nobody_else_is_ticked(edition: int, people: list[int]) -> None:
    actor = make.staff(Role.HELPER)
    others = [
        make.an_applicant(edition, Side.MENTEE),
        make.a_participant(make.an_edition(2027, "2027/28"), Side.MENTEE),
        9_999,
    ]
    for other in others:
        with pytest.raises(NotOnTheList):
            check_in(edition, people[0], other, by=actor)
        with pytest.raises(NotOnTheList):
            check_out(edition, other, by=actor)
    assert [at for _, at in came(edition, actor)] == [None, None, None]


def test_who_has_withdrawn_is_on_no_list_and_comes_back_as_before(edition: int, people: list[int]) -> None:
    actor = make.staff(Role.HELPER)
    check_in(edition, people[0], by=actor)
    with make.writing() as session:
        session.get_one(Application, people[0]).withdrawn_at = LATER
    assert [name for name, _ in came(edition, actor)] == ["Beta Bea", "Gamma Carla"]
    with pytest.raises(NotOnTheList):
        check_in(edition, people[0], by=actor)
    with make.writing() as session:
        session.get_one(Application, people[0]).withdrawn_at = None
    assert came(edition, actor)[0] == ("Alfa Anna", make.AT)


def test_a_tick_can_be_taken_back(edition: int, people: list[int]) -> None:
    actor = make.staff(Role.HELPER)
    check_in(edition, *people, by=actor)
    take_back()
    assert [at for _, at in came(edition, actor)] == [None, None, None]


# ---- At the door


NAMES = ["D'Angelo Màrio", "De Luca Maria Chiara", "Łukasz Ànna", "Marini Luca", "Rossi-Bianchi Giulia"]


def found(text: str) -> list[str]:
    people = [Listed(at, name.rpartition(" ")[2], name.rpartition(" ")[0], "") for at, name in enumerate(NAMES)]
    return [one.listed for one in called(people, text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        (" ,", []),
        ("dangelo", ["D'Angelo Màrio"]),
        ("D’ANGELO", ["D'Angelo Màrio"]),
        ("mario dang", ["D'Angelo Màrio"]),
        ("anna", ["Łukasz Ànna"]),
        ("Luca, de", ["De Luca Maria Chiara"]),
        ("mar", ["Marini Luca", "D'Angelo Màrio", "De Luca Maria Chiara"]),
        ("rossi bianchi", ["Rossi-Bianchi Giulia"]),
        ("nessuno", []),
    ],
)
def test_a_name_is_found_in_any_order_and_without_its_signs(text: str, names: list[str]) -> None:
    assert found(text) == names


@given(st.sampled_from(NAMES), st.randoms())
def test_everybody_is_found_by_the_whole_name_however_its_words_are_turned(name: str, random) -> None:
    words = name.upper().split()
    random.shuffle(words)
    assert name in found(" ".join(words))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (None, EventDay.UNKNOWN),
        (date(2026, 10, 15), EventDay.BEFORE),
        (date(2026, 10, 14), EventDay.TODAY),
        (date(2026, 10, 13), EventDay.AFTER),
    ],
)
def test_the_day_is_told(day: date | None, expected: EventDay) -> None:
    settings = Settings(date(2026, 10, 1), date(2026, 10, 31), day=day)
    assert event_day(settings, date(2026, 10, 14)) is expected
