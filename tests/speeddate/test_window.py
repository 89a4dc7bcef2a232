"""When ballots are taken."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core.edition.queries import adapter
from core.edition.rules import DatesReversed, OutOfBounds
from core.speeddate.rules import (
    ClosesBeforeOpening,
    DayOutsideWindow,
    Settings,
    Window,
    ballots_close_at,
    ballots_open_at,
    window,
)
from core.store.clock import ROME

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
HELD = Settings(FIRST, LAST, day=date(2026, 10, 22))


def test_while_the_day_is_open_the_ballot_window_is_not_known() -> None:
    open_day = Settings.defaults(2026)
    assert (ballots_open_at(open_day), ballots_close_at(open_day)) == (None, None)
    assert window(open_day, datetime(2026, 10, 22, tzinfo=UTC)) is Window.UNKNOWN


def test_ballots_are_taken_from_the_speed_date_to_the_end_of_the_last_day() -> None:
    assert ballots_open_at(HELD) == datetime(2026, 10, 22, 17, tzinfo=ROME)
    assert ballots_close_at(HELD) == datetime(2026, 10, 25, 23, 59, tzinfo=ROME)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 10, 22, 14, 59, tzinfo=UTC), Window.BEFORE),
        (datetime(2026, 10, 22, 15, 0, tzinfo=UTC), Window.OPEN),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), Window.OPEN),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), Window.CLOSED),
    ],
)
def test_a_moment_lies_before_in_or_after_the_window(moment: datetime, expected: Window) -> None:
    assert window(HELD, moment) is expected


def test_an_explicit_closing_goes_before_the_number_of_days() -> None:
    closing = datetime(2026, 10, 23, 12, tzinfo=UTC)
    assert ballots_close_at(Settings(FIRST, LAST, day=HELD.day, ballots_close_at=closing)) == closing


def test_settings_that_contradict_themselves_are_refused() -> None:
    with pytest.raises(DayOutsideWindow):
        Settings(FIRST, LAST, day=date(2026, 11, 2))
    with pytest.raises(ClosesBeforeOpening):
        Settings(FIRST, LAST, day=HELD.day, ballots_close_at=datetime(2026, 10, 22, 12, tzinfo=UTC))
    with pytest.raises(DatesReversed):
        Settings(LAST, FIRST)
    with pytest.raises(OutOfBounds):
        Settings(FIRST, LAST, most_choices=-1)


def test_settings_are_kept_as_a_document_and_come_back() -> None:
    kept = adapter(Settings).dump_python(HELD, mode="json")
    assert adapter(Settings).validate_python(kept) == HELD
