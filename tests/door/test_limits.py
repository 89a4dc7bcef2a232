"""How much one visitor may take, counted."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from pages.door.limits import (
    GUESTS,
    GUESTS_OF_ONE,
    MESSAGES_OF_ALL,
    MESSAGES_OF_ONE,
    OPENED_BY_ONE,
    PACE,
    TABS,
    UPLOADED,
    UPLOADED_WITHIN,
    WHILE,
    Limits,
)
from tests.make import AT


def let_in(limits: Limits, address: str = "a", session: int | None = None, times: int = 1) -> list[str | None]:
    return [limits.let_in(address, session, AT) for _ in range(times)]


def test_one_address_holds_so_many_sockets_and_another_one_still_gets_in() -> None:
    limits = Limits()
    assert None not in let_in(limits, times=GUESTS_OF_ONE)
    assert let_in(limits) == [None]
    assert let_in(limits, "b") != [None]


def test_all_strangers_together_hold_so_many_and_staff_still_get_in() -> None:
    limits = Limits()
    for number in range(GUESTS):
        assert let_in(limits, f"address {number}") != [None]
    assert let_in(limits, "late") == [None]
    assert let_in(limits, "late", session=1) != [None]


def test_a_closed_socket_makes_room() -> None:
    limits = Limits()
    *_, last = let_in(limits, times=GUESTS_OF_ONE)
    limits.let_out(last or "")
    assert let_in(limits) != [None]


def test_opening_and_closing_without_end_is_refused_for_a_while() -> None:
    limits = Limits()
    for _ in range(OPENED_BY_ONE):
        limits.let_out(let_in(limits)[0] or "")
    assert let_in(limits) == [None]
    assert limits.let_in("a", None, AT + WHILE + timedelta(seconds=1)) is not None


def test_one_browser_holds_so_many_tabs() -> None:
    limits = Limits()
    assert None not in let_in(limits, session=1, times=TABS)
    assert let_in(limits, session=1) == [None]
    assert let_in(limits, session=2) != [None]


def test_uploads_count_for_a_while() -> None:
    limits = Limits()
    assert limits.may_upload(1, UPLOADED, AT)
    assert not limits.may_upload(1, 1, AT)
    assert limits.may_upload(2, 1, AT)
    assert limits.may_upload(1, 1, AT + UPLOADED_WITHIN + timedelta(seconds=1))


def test_strangers_talk_at_a_measured_pace_each_and_all_together() -> None:
    limits = Limits()
    assert [limits.may_speak("a", AT) for _ in range(MESSAGES_OF_ONE + 1)] == [True] * MESSAGES_OF_ONE + [False]
    others = [limits.may_speak(f"address {number}", AT) for number in range(MESSAGES_OF_ALL)]
    assert others.count(True) == MESSAGES_OF_ALL - MESSAGES_OF_ONE
    assert limits.may_speak("a", AT + PACE + timedelta(seconds=1))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([None, 1, 2]), st.booleans()), max_size=60))
def test_whoever_has_gone_holds_nothing(visits: list[tuple[str, int | None, bool]]) -> None:
    limits = Limits()
    inside: list[str] = []
    for address, session, leaves in visits:
        place = limits.let_in(address, session, AT)
        if place is not None:
            inside.append(place)
        if leaves and inside:
            limits.let_out(inside.pop(0))
    for place in inside:
        limits.let_out(place)
    assert all(None not in let_in(limits, address, times=5) for address in "xyz")
    assert None not in let_in(limits, session=1, times=TABS)
