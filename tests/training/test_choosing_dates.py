"""Choosing one of the training dates within its places, and changing it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.accounts.rules import SYSTEM, Actor, ActorKind, Role
from core.edition.queries import settings_with_version
from core.edition.rules import OutOfBounds
from core.intake import actions as intake
from core.intake.models import Application
from core.people.rules import Side
from core.selection.actions import answer_place
from core.store import database
from core.store.errors import Changed, NotAllowed, NotFound, Told
from core.training import actions, queries
from core.training.rules import (
    MOST_PLACES,
    Choice,
    Chosen,
    DateFull,
    DateOver,
    Session,
    Settings,
    exchanged,
)
from tests.faults.test_turns import at_once
from tests.make import a_participant, an_applicant, an_edition, staff

if TYPE_CHECKING:
    from collections.abc import Sequence

EARLY = datetime(2026, 8, 1, 9, 0, tzinfo=UTC)
FIRST, SECOND = datetime(2026, 9, 2, 12, 0, tzinfo=UTC), datetime(2026, 9, 18, 12, 0, tzinfo=UTC)
numbers = some.integers(1, 4)


@some.composite
def asked(draw: some.DrawFn) -> tuple[list[Choice], dict[int, int]]:
    """People with dates and wishes in the order in which they asked, and the places of the dates that are ahead."""
    choices = [
        Choice(at, draw(numbers), draw(some.none() | numbers)) for at in range(1, draw(some.integers(0, 12)) + 1)
    ]
    ahead = draw(some.sets(numbers))
    return choices, {number: draw(some.integers(0, 5)) for number in sorted(ahead)}


def after(choices: Sequence[Choice], places: dict[int, int]) -> list[Choice]:
    changed = {one.application_id: one for one in exchanged(choices, places)}
    return [changed.get(one.application_id, one) for one in choices]


@given(asked())
def test_nobody_gets_another_date_than_the_one_wanted(given_: tuple[list[Choice], dict[int, int]]) -> None:
    choices, places = given_
    for before, now in zip(choices, after(choices, places), strict=True):
        assert now == before or now == Choice(before.application_id, before.wants or 0)


@given(asked())
def test_no_date_gets_fuller_than_it_was_or_may_be(given_: tuple[list[Choice], dict[int, int]]) -> None:
    choices, places = given_
    was, is_now = (Counter(one.session for one in all_) for all_ in (choices, after(choices, places)))
    for number, most in places.items():
        assert not most or is_now[number] <= max(most, was[number])


@given(asked())
def test_a_date_that_is_not_ahead_is_not_reached(given_: tuple[list[Choice], dict[int, int]]) -> None:
    choices, places = given_
    assert all(one.session in places for one in exchanged(choices, places))


@given(asked())
def test_nobody_is_left_waiting_who_could_still_change(given_: tuple[list[Choice], dict[int, int]]) -> None:
    choices, places = given_
    now = after(choices, places)
    assert exchanged(now, places) == []
    taken = Counter(one.session for one in now)
    waiting = [one for one in now if one.wants in places and one.wants != one.session]
    assert all(0 < places[one.wants or 0] <= taken[one.wants or 0] for one in waiting)
    wishes = {(one.session, one.wants) for one in waiting}
    assert not any((wants, has) in wishes for has, wants in wishes)


@given(some.integers(1, 8), some.integers(0, 8))
def test_whoever_asked_first_goes_first(people: int, free: int) -> None:
    choices = [Choice(number, 1, 2) for number in range(1, people + 1)]
    filled = [Choice(100 + number, 2) for number in range(9 - free)]
    changed = [one.application_id for one in exchanged([*choices, *filled], {1: 0, 2: 9})]
    assert changed == list(range(1, min(people, free) + 1))


def test_two_who_want_each_others_full_dates_swap_and_the_third_waits() -> None:
    choices = [Choice(1, 1, 2), Choice(2, 1, 2), Choice(3, 2, 1)]
    assert exchanged(choices, {1: 2, 2: 1}) == [Choice(1, 2), Choice(3, 1)]


def test_a_place_that_becomes_free_goes_on_to_the_next_who_waits_for_it() -> None:
    choices = [Choice(1, 1, 2), Choice(2, 3, 1), Choice(3, 2)]
    assert exchanged(choices, {1: 1, 2: 2, 3: 1}) == [Choice(1, 2), Choice(2, 1)]


# ---- with the store


@pytest.fixture
def edition(store) -> int:
    edition = an_edition()
    set_places(edition, 1, 2)
    return edition


def set_places(edition: int, *places: int) -> None:
    with database.writing() as session:
        now, version = settings_with_version(session, edition, Settings, by=SYSTEM)
        dates = tuple(replace(one, places=most) for one, most in zip(now.mentee_sessions, places, strict=True))
        actions.set_sessions(
            session,
            edition_id=edition,
            settings=replace(now, mentee_sessions=dates),
            seen=version,
            by=SYSTEM,
            at=EARLY,
        )


def linked(application: int) -> Actor:
    with database.reading() as session:
        return Actor(ActorKind.LINK, "x", person_id=session.get_one(Application, application).person_id)


def choose(edition: int, mentee: int, number: int, *, by: Actor | None = None, at: datetime = EARLY) -> Chosen:
    with database.writing() as session:
        return actions.choose_date(
            session, edition_id=edition, application_id=mentee, number=number, by=by or linked(mentee), at=at
        )


def place(edition: int, mentee: int, number: int | None, *, seen: int = 0, by: Actor = SYSTEM) -> None:
    with database.writing() as session:
        actions.place_on_date(
            session, edition_id=edition, application_id=mentee, number=number, seen=seen, by=by, at=EARLY
        )


def choices(edition: int) -> list[tuple[int | None, int | None]]:
    """The date of each mentee and the one wanted, in the order in which they applied."""
    with database.reading() as session:
        people = queries.choosing(session, edition, by=SYSTEM).people
    return [(one.session, one.wants) for one in sorted(people, key=lambda one: one.application_id)]


def mentees(edition: int, number: int) -> list[int]:
    return [a_participant(edition, Side.MENTEE) for _ in range(number)]


def test_a_date_is_taken_while_there_are_places(edition: int) -> None:
    one, other = mentees(edition, 2)
    assert choose(edition, one, 1) is Chosen.TAKEN
    with pytest.raises(DateFull) as refused:
        choose(edition, other, 1)
    assert refused.value.values == {"when": FIRST}
    assert choices(edition) == [(1, None), (None, None)]
    with database.reading() as session:
        dates = queries.choosing(session, edition, by=SYSTEM).dates
    assert [(one.taken, one.left) for one in dates] == [(1, 0), (0, 2)]


def test_without_a_limit_anybody_finds_a_place(edition: int) -> None:
    set_places(edition, 0, 0)
    for one in mentees(edition, 3):
        assert choose(edition, one, 1) is Chosen.TAKEN
    with database.reading() as session:
        assert queries.choosing(session, edition, by=SYSTEM).dates[0].left is None


def test_who_wants_a_full_date_keeps_the_own_until_there_is_a_place(edition: int) -> None:
    one, other = mentees(edition, 2)
    choose(edition, one, 1)
    choose(edition, other, 2)
    assert choose(edition, other, 1) is Chosen.ASKED
    assert choices(edition) == [(1, None), (2, 1)]
    assert choose(edition, one, 2) is Chosen.TAKEN
    assert choices(edition) == [(2, None), (1, None)]


def test_two_who_want_the_opposite_swap_though_both_dates_are_full(edition: int) -> None:
    set_places(edition, 1, 1)
    one, other = mentees(edition, 2)
    choose(edition, one, 1)
    choose(edition, other, 2)
    assert choose(edition, one, 2) is Chosen.ASKED
    assert choose(edition, other, 1) is Chosen.TAKEN
    assert choices(edition) == [(2, None), (1, None)]


def test_the_own_date_chosen_again_takes_the_wish_back(edition: int) -> None:
    one, other = mentees(edition, 2)
    choose(edition, one, 1)
    choose(edition, other, 2)
    choose(edition, other, 1)
    assert choose(edition, other, 2) is Chosen.TAKEN
    choose(edition, one, 2)
    assert choices(edition) == [(2, None), (2, None)]


def test_more_places_let_those_who_wait_change(edition: int) -> None:
    one, other = mentees(edition, 2)
    choose(edition, one, 1)
    choose(edition, other, 2)
    choose(edition, other, 1)
    set_places(edition, 2, 2)
    assert choices(edition) == [(1, None), (1, None)]


def test_fewer_places_than_are_taken_send_nobody_away(edition: int) -> None:
    for one in mentees(edition, 2):
        choose(edition, one, 2)
    set_places(edition, 1, 1)
    assert choices(edition) == [(2, None), (2, None)]
    with database.reading() as session:
        dates = queries.choosing(session, edition, by=SYSTEM).dates
    assert [(one.taken, one.left) for one in dates] == [(0, 1), (2, 0)]


def test_who_withdraws_makes_place(edition: int) -> None:
    one, other = mentees(edition, 2)
    choose(edition, one, 1)
    with database.writing() as session:
        intake.withdraw(session, one, seen=1, by=SYSTEM, at=EARLY)
    assert choose(edition, other, 1) is Chosen.TAKEN


@pytest.mark.parametrize("number", [1, 2])
def test_a_date_that_has_begun_is_neither_taken_nor_left(edition: int, number: int) -> None:
    one, other = mentees(edition, 2)
    choose(edition, one, 1)
    for mentee, wanted in ((one, 2), (other, 1)):
        with pytest.raises(DateOver) as refused:
            choose(edition, mentee, wanted, at=FIRST)
        assert refused.value.values == {"when": FIRST}
    with pytest.raises(DateOver):
        choose(edition, other, number, at=SECOND)
    assert choices(edition) == [(1, None), (None, None)]


def test_a_wish_is_not_granted_any_more_once_its_date_has_begun(edition: int) -> None:
    one, other, third = mentees(edition, 3)
    choose(edition, one, 1)
    choose(edition, other, 2)
    choose(edition, other, 1)
    with database.writing() as session:
        intake.withdraw(session, one, seen=1, by=SYSTEM, at=FIRST)
    choose(edition, third, 2, at=FIRST + timedelta(hours=1))
    assert choices(edition)[-2:] == [(2, 1), (2, None)]


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_date_that_there_is_not_is_not_found(edition: int, number: int) -> None:
    (one,) = mentees(edition, 1)
    with pytest.raises(NotFound):
        choose(edition, one, number)
    with pytest.raises(NotFound):
        place(edition, one, number)


def test_nobody_chooses_for_another_or_without_a_place(edition: int) -> None:
    (one,) = mentees(edition, 1)
    applicant, mentor = an_applicant(edition, Side.MENTEE), a_participant(edition, Side.MENTOR)
    for mentee, who in ((one, linked(applicant)), (applicant, linked(applicant)), (mentor, linked(mentor))):
        with pytest.raises(NotFound):
            choose(edition, mentee, 1, by=who)
    with pytest.raises(NotAllowed):
        choose(edition, one, 1, by=staff(Role.COORDINATOR))
    assert choices(edition) == [(None, None)]


def test_where_there_is_one_date_only_nothing_is_chosen(edition: int) -> None:
    (one,) = mentees(edition, 1)
    with database.writing() as session:
        now, version = settings_with_version(session, edition, Settings, by=SYSTEM)
        wanted = replace(now, mentee_sessions=now.mentee_sessions[:1])
        actions.set_sessions(session, edition_id=edition, settings=wanted, seen=version, by=SYSTEM, at=EARLY)
    with pytest.raises(NotFound):
        choose(edition, one, 1)
    with database.reading() as session:
        assert queries.choosing(session, edition, by=SYSTEM).dates == ()
        (mine,) = queries.my_trainings(session, edition, by=linked(one))
    assert (mine.choice, [one.number for one in mine.mine]) == (False, [1])


def test_staff_write_a_date_down_beyond_its_places(edition: int) -> None:
    one, other = mentees(edition, 2)
    choose(edition, one, 1)
    place(edition, other, 1, by=staff(Role.COORDINATOR))
    assert choices(edition) == [(1, None), (1, None)]
    with database.reading() as session:
        assert {one.by_staff for one in queries.choosing(session, edition, by=SYSTEM).people} == {True, False}


def test_a_choice_that_staff_take_away_makes_place_for_who_waits(edition: int) -> None:
    one, other = mentees(edition, 2)
    choose(edition, one, 1)
    choose(edition, other, 2)
    choose(edition, other, 1)
    place(edition, one, None, seen=1)
    assert choices(edition) == [(None, None), (1, None)]


def test_staff_who_saw_an_older_choice_are_told_and_it_stays(edition: int) -> None:
    (one,) = mentees(edition, 1)
    choose(edition, one, 1)
    for seen in (0, 2):
        with pytest.raises(Changed):
            place(edition, one, 2, seen=seen)
    with pytest.raises(NotFound):
        place(edition, mentees(edition, 1)[0], 2, seen=1)
    assert choices(edition)[0] == (1, None)


@pytest.mark.parametrize("places", [-1, MOST_PLACES + 1])
def test_a_number_of_places_that_makes_no_sense_is_refused(places: int) -> None:
    with pytest.raises(OutOfBounds) as refused:
        Session(FIRST, places=places)
    assert refused.value.values == {"what": Told("edition.year.session_places"), "low": 0, "high": MOST_PLACES}


def test_of_two_who_take_the_last_place_at_once_one_gets_it(edition: int) -> None:
    who = {one: linked(one) for one in mentees(edition, 2)}
    outcomes = at_once(*(lambda one=one, by=by: choose(edition, one, 1, by=by) for one, by in who.items()))
    assert sorted(type(one).__name__ for one in outcomes) == ["Chosen", "DateFull"]
    assert sorted(choices(edition), key=str) == [(1, None), (None, None)]


def test_two_who_swap_at_once_both_have_a_date_afterwards(edition: int) -> None:
    set_places(edition, 1, 1)
    one, other = mentees(edition, 2)
    choose(edition, one, 1)
    choose(edition, other, 2)
    me, you = linked(one), linked(other)
    outcomes = at_once(lambda: choose(edition, one, 2, by=me), lambda: choose(edition, other, 1, by=you))
    assert set(outcomes) == {Chosen.ASKED, Chosen.TAKEN}
    assert choices(edition) == [(2, None), (1, None)]


def test_who_gives_the_place_up_makes_room_on_the_date(edition: int) -> None:
    one, other = mentees(edition, 2)
    choose(edition, one, 1)
    me = linked(one)
    with database.writing() as session:
        answer_place(session, edition_id=edition, application_id=one, accepted=False, by=me, at=EARLY)
    assert choose(edition, other, 1) is Chosen.TAKEN
