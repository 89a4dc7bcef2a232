"""When somebody has completed the training, and how much of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.people.rules import Side
from core.training.rules import Session, Settings, completed, missing, share, succeeding

FIRST = datetime(2026, 9, 1, 16, tzinfo=UTC)
numbers = some.frozensets(some.integers(1, 9))


def sessions(count: int) -> tuple[Session, ...]:
    return tuple(Session(FIRST + timedelta(days=number), number=number) for number in range(1, count + 1))


@pytest.mark.parametrize(
    ("side", "attended", "done", "part"),
    [
        (Side.MENTOR, set(), False, 0),
        (Side.MENTOR, {1, 3}, False, 2 / 3),
        (Side.MENTOR, {1, 2, 3}, True, 1),
        (Side.MENTOR, {1, 2, 7}, False, 2 / 3),
        (Side.MENTEE, set(), False, 0),
        (Side.MENTEE, {7}, False, 0),
        (Side.MENTEE, {2}, True, 1),
        (Side.MENTEE, {1, 2, 3}, True, 1),
    ],
)
def test_mentors_attend_all_of_their_sessions_and_mentees_one(
    side: Side, attended: set[int], *, done: bool, part: float
) -> None:
    assert completed(side, sessions(3), attended) is done
    assert share(side, sessions(3), attended) == part


@pytest.mark.parametrize("side", Side)
def test_where_no_session_is_set_nothing_is_asked(side: Side) -> None:
    assert completed(side, (), frozenset({1}))
    assert share(side, (), frozenset()) == 1


@given(side=some.sampled_from(Side), count=some.integers(0, 6), attended=numbers)
def test_who_has_the_whole_share_has_completed_and_misses_nothing(side, count, attended) -> None:
    part = share(side, sessions(count), attended)
    assert 0 <= part <= 1
    assert completed(side, sessions(count), attended) == (part == 1) == (not missing(side, sessions(count), attended))


@given(side=some.sampled_from(Side), count=some.integers(1, 6), attended=numbers, more=some.integers(1, 9))
def test_another_session_attended_never_takes_away(side, count, attended, more) -> None:
    assert share(side, sessions(count), attended | {more}) >= share(side, sessions(count), attended)


@given(side=some.sampled_from(Side), count=some.integers(0, 6), attended=numbers)
def test_sessions_that_are_no_longer_held_do_not_count(side, count, attended) -> None:
    held = attended & {one.number for one in sessions(count)}
    assert share(side, sessions(count), attended) == share(side, sessions(count), held)


@given(count=some.integers(1, 6), attended=numbers)
def test_a_mentor_completes_by_attending_what_is_missing(count, attended) -> None:
    left = {one.number for one in missing(Side.MENTOR, sessions(count), attended)}
    assert left.isdisjoint(attended)
    assert completed(Side.MENTOR, sessions(count), attended | left)


@given(count=some.integers(1, 6), attended=numbers, days=some.lists(some.integers(-300, 300), min_size=6, max_size=6))
def test_the_dates_do_not_matter_once_it_is_written_down(count, attended, days) -> None:
    moved = tuple(
        Session(one.starts_at + timedelta(days=by), number=one.number)
        for one, by in zip(sessions(count), days, strict=False)
    )
    for side in Side:
        assert share(side, moved, attended) == share(side, sessions(count), attended)


def test_each_side_has_its_own_sessions() -> None:
    settings = Settings(mentor_sessions=sessions(3), mentee_sessions=sessions(2))
    assert (len(settings.of(Side.MENTOR)), len(settings.of(Side.MENTEE))) == (3, 2)


@given(before=some.integers(0, 6), dropped=numbers, new=some.integers(0, 3))
def test_a_new_session_never_takes_the_number_of_another(before, dropped, new) -> None:
    kept = tuple(one for one in sessions(before) if one.number not in dropped)
    wanted = succeeding(sessions(before), (*kept, *[Session(FIRST)] * new))
    assert wanted[: len(kept)] == kept
    assert [one.number for one in wanted[len(kept) :]] == list(range(before + 1, before + 1 + new))
