"""Less and less often, never not at all; and nothing tells which accounts there are."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.accounts.throttle import FREE_FOR_ACCOUNT, FREE_FROM_ADDRESS, FREE_HERE, LONGEST, MOST, REST, Throttle
from tests.make import AT

SECOND = timedelta(seconds=1)


def tries(throttle: Throttle, times: int, *, mail: str = "a", address: str = "here") -> list[bool]:
    """Whether each of these tries at the same moment was looked at."""
    return [throttle.closed_until(mail, address, AT) is None for _ in range(times)]


def test_after_a_few_tries_passwords_are_not_looked_at_for_half_a_minute() -> None:
    throttle = Throttle()
    assert tries(throttle, FREE_HERE + 1) == [True] * FREE_HERE + [False]
    assert throttle.closed_until("a", "here", AT + 29 * SECOND) == AT + 30 * SECOND
    assert throttle.closed_until("a", "here", AT + 30 * SECOND) is None


def test_each_further_try_doubles_the_wait_up_to_a_quarter_of_an_hour() -> None:
    throttle, at, waits = Throttle(), AT, []
    tries(throttle, FREE_HERE)
    for _ in range(8):
        until = throttle.closed_until("a", "here", at)
        assert until is not None
        waits.append((until - at).seconds)
        at = until
        assert throttle.closed_until("a", "here", at) is None
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]


def test_trying_while_it_is_closed_does_not_make_it_longer() -> None:
    throttle = Throttle()
    tries(throttle, 100)
    assert throttle.closed_until("a", "here", AT + 30 * SECOND) is None


def test_a_right_password_begins_anew() -> None:
    throttle = Throttle()
    for _ in range(3):
        assert all(tries(throttle, FREE_HERE - 1))
        throttle.forgive("a", "here")


def test_one_address_trying_many_accounts_is_closed() -> None:
    throttle = Throttle()
    looked_at = [tries(throttle, 1, mail=f"mail {number}")[0] for number in range(FREE_FROM_ADDRESS + 5)]
    assert looked_at == [True] * FREE_FROM_ADDRESS + [False] * 5
    assert tries(throttle, 1, mail="mail 1", address="elsewhere") == [True]


def test_many_addresses_trying_one_account_are_closed_and_other_accounts_are_not() -> None:
    throttle = Throttle()
    looked_at = [tries(throttle, 1, address=f"address {number}")[0] for number in range(FREE_FOR_ACCOUNT + 5)]
    assert looked_at == [True] * FREE_FOR_ACCOUNT + [False] * 5
    assert tries(throttle, 1, mail="b", address="address 1") == [True]


def test_where_somebody_has_signed_in_before_strangers_cannot_close_the_door() -> None:
    throttle = Throttle()
    for number in range(FREE_FOR_ACCOUNT):
        tries(throttle, 1, address=f"address {number}")
    for number in range(FREE_FROM_ADDRESS):
        tries(throttle, 1, mail=f"mail {number}")
    assert throttle.closed_until("a", "here", AT) is not None
    known = [throttle.closed_until("a", "here", AT, known=True) is None for _ in range(FREE_HERE + 1)]
    assert known == [True] * FREE_HERE + [False]


def test_signing_in_all_day_from_one_office_never_closes_the_door() -> None:
    throttle = Throttle()
    for number in range(200):
        assert tries(throttle, 1, mail=f"mail {number % 10}") == [True]
        throttle.forgive(f"mail {number % 10}", "here")


def test_counts_that_have_rested_are_forgotten() -> None:
    throttle = Throttle()
    tries(throttle, FREE_HERE)
    at = AT + REST + SECOND
    assert [throttle.closed_until("a", "here", at) is None for _ in range(FREE_HERE)] == [True] * FREE_HERE


def test_a_flood_of_made_up_addresses_fills_no_memory() -> None:
    throttle = Throttle()
    for number in range(MOST):
        throttle.closed_until(f"mail {number}", f"address {number}", AT)
    assert len(throttle._counts) == MOST  # noqa: SLF001 - memory has no other witness


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xy"), st.integers(0, 600)), max_size=120))
def test_the_door_is_never_closed_for_longer_than_it_may_be(moves: list[tuple[str, str, int]]) -> None:
    throttle, at = Throttle(), AT
    for mail, address, seconds in moves:
        at += seconds * SECOND
        until = throttle.closed_until(mail, address, at)
        assert until is None or at < until <= at + LONGEST
    assert throttle.closed_until("a", "x", at + LONGEST) is None
