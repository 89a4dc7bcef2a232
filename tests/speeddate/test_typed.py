"""A ballot as it is typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.speeddate.rules import Wishes
from core.speeddate.typed import Slip, Slipped, read, written

MENTORS = {number: 100 + number for number in range(1, 21)}
NUMBERS = {mentor: number for number, mentor in MENTORS.items()}


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("3, 7=12, 5 ; -9", Wishes(((103,), (107, 112), (105,)), (109,))),
        ("3 12 = 7 5 −9", Wishes(((103,), (107, 112), (105,)), (109,))),
        ("-9 -4; 3", Wishes(((103,),), (104, 109))),
        ("007.", Wishes(((107,),))),
        ("  ,; ", Wishes()),
    ],
)
def test_a_typed_ballot_is_read(text: str, wishes: Wishes) -> None:
    assert read(text, MENTORS, most=0) == wishes


@pytest.mark.parametrize(
    ("text", "slip", "value"),
    [
        ("3, 99", Slip.NUMBER_UNKNOWN, "99"),
        ("3, 7=3", Slip.MENTOR_TWICE, "3"),
        ("3; -9 -9", Slip.MENTOR_TWICE, "9"),
        ("3, 7; -7", Slip.WISHED_AND_VETOED, "7"),
        ("3, Rossi", Slip.UNREADABLE, "Rossi"),
        ("3-7", Slip.UNREADABLE, "-7"),
        ("3=", Slip.UNREADABLE, "="),
        ("-3=7", Slip.UNREADABLE, "=7"),
        ("1 2 3 4 5 6", Slip.TOO_MANY, "5"),
        ("1=2=3 4=5=6", Slip.TOO_MANY, "5"),
    ],
)
def test_a_slip_is_said_with_its_place(text: str, slip: Slip, value: str) -> None:
    assert read(text, MENTORS, most=5) == Slipped(slip, value)


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=30), st.text("0123456789 ,;=-.", max_size=30)), st.integers(0, 6))
def test_whatever_is_typed_is_read_or_refused_and_what_is_read_can_be_written(text: str, most: int) -> None:
    said = read(text, MENTORS, most=most)
    if isinstance(said, Wishes):
        assert read(written(said, NUMBERS), MENTORS, most=most) == said
        assert len({*said.wished, *said.vetoes}) == len(said.wished) + len(said.vetoes)
        assert not most or len(said.wished) <= most


@settings(max_examples=100)
@given(st.permutations(sorted(NUMBERS)), st.lists(st.integers(1, 3), max_size=6), st.integers(0, 4))
def test_every_ballot_comes_back_as_it_was_written(mentors: list[int], sizes: list[int], vetoes: int) -> None:
    groups, at = [], 0
    for size in sizes:
        groups.append(tuple(sorted(mentors[at : at + size])))
        at += size
    said = Wishes(tuple(groups), tuple(sorted(mentors[at : at + vetoes])))
    assert read(written(said, NUMBERS), MENTORS, most=0) == said
