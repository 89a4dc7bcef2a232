"""Whether somebody takes the place: said through the personal link, or written down by staff."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlmodel import select

from core.accounts.rules import SYSTEM, Actor, ActorKind, Role
from core.edition import actions as editions
from core.edition.queries import settings_with_version
from core.intake import actions as intake
from core.intake.models import Application
from core.people.rules import Side
from core.selection import actions, queries
from core.selection.models import Decision, PlaceAnswer
from core.selection.participants import participants
from core.selection.rules import AnsweredTooLate, Outcome, PlaceGivenUp, PlaceState, Settings, SideRules, last_day
from core.store import database
from core.store.audit import AuditEntry
from core.store.clock import ROME
from core.store.errors import Changed, NotAllowed, NotFound
from tests.faults.test_turns import at_once
from tests.make import AT, a_participant, an_applicant, an_edition, staff, writing

if TYPE_CHECKING:
    from core.selection.queries import Places

LAST = date(2026, 10, 10)


@pytest.fixture
def edition(store) -> int:
    edition = an_edition()
    rules(edition, answer_by=LAST)
    return edition


@pytest.fixture
def coordinator() -> Actor:
    return staff(Role.COORDINATOR, name="Carlo Neri")


def rules(edition: int, *, seats: int = 60, answer_by: date | None = None) -> None:
    with database.writing() as session:
        now, version = settings_with_version(session, edition, Settings, by=SYSTEM)
        wanted = replace(now, mentees=SideRules(seats, now.mentees.weights), answer_by=answer_by)
        editions.save_settings(session, edition_id=edition, settings=wanted, seen=version, by=SYSTEM, at=AT)


def linked(application: int) -> Actor:
    with database.reading() as session:
        return Actor(ActorKind.LINK, "x", person_id=session.get_one(Application, application).person_id)


def answer(edition: int, application: int, *, accepted: bool, by: Actor | None = None, at: datetime = AT) -> None:
    with database.writing() as session:
        actions.answer_place(
            session,
            edition_id=edition,
            application_id=application,
            accepted=accepted,
            by=by or linked(application),
            at=at,
        )


def write(edition: int, application: int, accepted: bool | None, *, by: Actor, seen: int = 0) -> None:  # noqa: FBT001 - what is said
    with database.writing() as session:
        actions.write_place(
            session, edition_id=edition, application_id=application, accepted=accepted, seen=seen, by=by, at=AT
        )


def places(edition: int, side: Side = Side.MENTEE) -> Places:
    with database.reading() as session:
        return queries.places(session, edition, side=side, by=SYSTEM)


def states(edition: int) -> list[PlaceState]:
    return [one.state for one in places(edition).given]


def taking_part(edition: int) -> list[int]:
    with database.reading() as session:
        return [one.application_id for one in participants(session, edition, Side.MENTEE)]


def acts() -> list[str]:
    with database.reading() as session:
        return [one for one in session.exec(select(AuditEntry.act)) if one.endswith("_place")]


def test_who_has_not_answered_is_silent_and_takes_part(edition: int) -> None:
    mentee = a_participant(edition, Side.MENTEE)
    an_applicant(edition, Side.MENTEE)
    assert states(edition) == [PlaceState.SILENT]
    assert taking_part(edition) == [mentee]


@pytest.mark.parametrize(
    ("accepted", "state", "takes_part"), [(True, PlaceState.ACCEPTED, True), (False, PlaceState.DECLINED, False)]
)
def test_an_answer_is_kept_and_a_no_is_a_withdrawal(
    edition: int, *, accepted: bool, state: PlaceState, takes_part: bool
) -> None:
    mentee = a_participant(edition, Side.MENTEE)
    answer(edition, mentee, accepted=accepted)
    (one,) = places(edition).given
    assert (one.state, one.answered_at, one.by_staff) == (state, AT, False)
    assert taking_part(edition) == ([mentee] if takes_part else [])


def test_the_same_answer_again_changes_nothing(edition: int) -> None:
    mentee = a_participant(edition, Side.MENTEE)
    answer(edition, mentee, accepted=False)
    answer(edition, mentee, accepted=False, at=AT + timedelta(days=1))
    assert [one.answered_at for one in places(edition).given] == [AT]
    assert acts() == ["selection.answer_place"]


def test_whoever_took_the_place_may_still_give_it_up(edition: int) -> None:
    mentee = a_participant(edition, Side.MENTEE)
    answer(edition, mentee, accepted=True)
    answer(edition, mentee, accepted=False)
    assert states(edition) == [PlaceState.DECLINED]


def test_a_place_that_was_given_up_is_given_back_by_staff_only(edition: int, coordinator: Actor) -> None:
    mentee = a_participant(edition, Side.MENTEE)
    answer(edition, mentee, accepted=False)
    with pytest.raises(PlaceGivenUp):
        answer(edition, mentee, accepted=True)
    assert states(edition) == [PlaceState.DECLINED]
    write(edition, mentee, True, seen=1, by=coordinator)
    assert states(edition) == [PlaceState.ACCEPTED]
    assert taking_part(edition) == [mentee]


def test_who_withdrew_without_answering_does_not_answer_any_more(edition: int) -> None:
    mentee = a_participant(edition, Side.MENTEE)
    with database.writing() as session:
        intake.withdraw(session, mentee, seen=1, by=SYSTEM, at=AT)
    assert states(edition) == [PlaceState.WITHDRAWN]
    with pytest.raises(PlaceGivenUp):
        answer(edition, mentee, accepted=True)


def test_a_no_whose_withdrawal_staff_took_back_is_no_answer(edition: int) -> None:
    mentee = a_participant(edition, Side.MENTEE)
    answer(edition, mentee, accepted=False)
    with database.writing() as session:
        intake.take_back_withdrawal(session, mentee, seen=2, by=SYSTEM, at=AT)
    assert states(edition) == [PlaceState.SILENT]
    answer(edition, mentee, accepted=False)
    assert states(edition) == [PlaceState.DECLINED]


def test_the_last_day_counts_whole_as_rome_has_it(edition: int) -> None:
    first, second = (a_participant(edition, Side.MENTEE) for _ in range(2))
    answer(edition, first, accepted=True, at=datetime(2026, 10, 10, 23, 59, tzinfo=ROME))
    with pytest.raises(AnsweredTooLate) as refused:
        answer(edition, second, accepted=True, at=datetime(2026, 10, 11, 0, 0, tzinfo=ROME))
    assert refused.value.values == {"last": LAST}
    assert acts() == ["selection.answer_place"]


def test_without_a_last_day_it_is_never_too_late(edition: int) -> None:
    rules(edition)
    answer(edition, a_participant(edition, Side.MENTEE), accepted=True, at=AT + timedelta(days=400))
    assert states(edition) == [PlaceState.ACCEPTED]


@pytest.mark.parametrize("whose", ["another's", "not selected", "of another year"])
def test_nobody_answers_for_what_is_not_the_own_place(edition: int, whose: str) -> None:
    mentee, other = a_participant(edition, Side.MENTEE), an_applicant(edition, Side.MENTEE)
    asked = {"another's": (edition, mentee, linked(other)), "not selected": (edition, other, linked(other))}
    where, which, who = asked.get(whose, (an_edition(2027, "2027/28"), mentee, linked(mentee)))
    with pytest.raises(NotFound):
        answer(where, which, accepted=True, by=who)
    assert acts() == []


def test_staff_do_not_answer_in_the_persons_name(edition: int, coordinator: Actor) -> None:
    with pytest.raises(NotAllowed):
        answer(edition, a_participant(edition, Side.MENTEE), accepted=True, by=coordinator)


def test_what_was_told_by_telephone_is_written_down_after_the_last_day_too(edition: int, coordinator: Actor) -> None:
    rules(edition, answer_by=date(2026, 9, 1))
    mentee = a_participant(edition, Side.MENTEE)
    write(edition, mentee, True, by=coordinator)
    (one,) = places(edition).given
    assert (one.state, one.by_staff, one.version) == (PlaceState.ACCEPTED, True, 1)


@pytest.mark.parametrize("accepted", [True, False])
def test_an_answer_that_is_taken_away_leaves_nothing(edition: int, coordinator: Actor, *, accepted: bool) -> None:
    mentee = a_participant(edition, Side.MENTEE)
    write(edition, mentee, accepted, by=coordinator)
    write(edition, mentee, None, seen=1, by=coordinator)
    (one,) = places(edition).given
    assert (one.state, one.version) == (PlaceState.SILENT, 0)
    assert taking_part(edition) == [mentee]


def test_staff_who_saw_an_older_answer_are_told_and_it_stays(edition: int, coordinator: Actor) -> None:
    mentee = a_participant(edition, Side.MENTEE)
    answer(edition, mentee, accepted=True)
    for seen in (0, 2):
        with pytest.raises(Changed):
            write(edition, mentee, False, seen=seen, by=coordinator)
    assert states(edition) == [PlaceState.ACCEPTED]


def test_an_answer_that_was_taken_away_meanwhile_is_not_there_any_more(edition: int, coordinator: Actor) -> None:
    with pytest.raises(NotFound):
        write(edition, a_participant(edition, Side.MENTEE), True, seen=1, by=coordinator)


def test_free_seats_are_those_that_nobody_holds(edition: int) -> None:
    rules(edition, seats=3)
    given = [a_participant(edition, Side.MENTEE) for _ in range(3)]
    assert places(edition).free == 0
    answer(edition, given[0], accepted=False)
    assert places(edition).free == 1
    rules(edition, seats=1)
    assert places(edition).free == 0


def test_the_next_is_the_best_of_the_waiting_list_who_is_still_there(edition: int, coordinator: Actor) -> None:
    well = {"self_assessment": {"goals": 5}, "motivation": "x"}
    best, good = (an_applicant(edition, Side.MENTEE, mean_30=mean, **well) for mean in (30.0, 25.0))
    an_applicant(edition, Side.MENTEE, mean_30=30.0, **well)
    with database.writing() as session:
        actions.decide(
            session,
            edition_id=edition,
            seen={best: 0, good: 0},
            outcome=Outcome.WAITING,
            reason="oltre i posti",
            by=coordinator,
            at=AT,
        )
    assert places(edition).next is not None
    assert places(edition).next.application_id == best
    with database.writing() as session:
        intake.withdraw(session, best, seen=1, by=SYSTEM, at=AT)
    assert places(edition).next.application_id == good
    assert places(edition, Side.MENTOR).next is None


def test_a_person_of_both_sides_answers_for_each(edition: int) -> None:
    mentee = a_participant(edition, Side.MENTEE, mail="both@unimi.example")
    mentor = a_participant(edition, Side.MENTOR, mail="both@unimi.example")
    answer(edition, mentor, accepted=False)
    with database.reading() as session:
        mine = queries.my_places(session, edition, by=linked(mentee))
    assert [(one.side, one.state, one.answer_by) for one in mine] == [
        (Side.MENTEE, PlaceState.SILENT, LAST),
        (Side.MENTOR, PlaceState.DECLINED, LAST),
    ]


def test_two_phones_that_accept_and_decline_at_once_leave_one_consistent_answer(edition: int) -> None:
    mentee = a_participant(edition, Side.MENTEE)
    me = linked(mentee)
    outcomes = at_once(
        lambda: answer(edition, mentee, accepted=True, by=me), lambda: answer(edition, mentee, accepted=False, by=me)
    )
    # Whoever comes first: a yes and then a no is a no; after a no the yes is refused.
    assert [type(one) for one in outcomes] in ([type(None)] * 2, [PlaceGivenUp, type(None)])
    assert states(edition) == [PlaceState.DECLINED]
    assert taking_part(edition) == []
    with database.reading() as session:
        assert len(session.exec(select(PlaceAnswer)).all()) == 1


def test_of_two_colleagues_who_saw_no_answer_one_is_told(edition: int) -> None:
    mentee, us = a_participant(edition, Side.MENTEE), [staff(), staff()]
    outcomes = at_once(*(lambda by=by: write(edition, mentee, True, by=by) for by in us))
    assert sorted(type(one).__name__ for one in outcomes) == ["Changed", "NoneType"]
    assert states(edition) == [PlaceState.ACCEPTED]


def test_whoever_moves_up_after_the_last_day_has_days_of_the_own(edition: int) -> None:
    late = a_participant(edition, Side.MENTEE)
    with writing() as session:
        session.exec(select(Decision).where(Decision.application_id == late)).one().decided_at = AT + timedelta(days=12)
    with database.reading() as session:
        (mine,) = queries.my_places(session, edition, by=linked(late))
    assert mine.answer_by == date(2026, 10, 20)
    with pytest.raises(AnsweredTooLate):
        answer(edition, late, accepted=True, at=AT + timedelta(days=20))
    answer(edition, late, accepted=True, at=AT + timedelta(days=19))
    assert places(edition).given[0].state is PlaceState.ACCEPTED


@given(last=some.none() | some.dates(date(2026, 1, 1), date(2027, 1, 1)), days=some.integers(0, 90), on=some.dates())
def test_the_last_day_is_never_before_the_common_one_nor_before_ones_own_days(
    last: date | None, days: int, on: date
) -> None:
    on = min(on, date(9999, 1, 1))
    found = last_day(replace(Settings.defaults(2026), answer_by=last, answer_days=days), on)
    assert found is None if last is None else found in {last, on + timedelta(days=days)}
    assert last is None or (found is not None and found >= last and (found - on).days >= days)
