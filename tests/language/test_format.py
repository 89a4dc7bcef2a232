"""Dates and numbers as each language writes them, in Rome's time."""

from __future__ import annotations

from datetime import UTC, date, datetime

from core.language.format import day, moment, number, percent, written


def test_days_are_written_out() -> None:
    assert day(date(2026, 10, 15), "it") == "giovedì 15 ottobre 2026"
    assert day(date(2026, 10, 15), "en") == "Thursday 15 October 2026"
    assert day(date(2026, 10, 15), "it", short=True) == "15 ott 2026"


def test_moments_are_romes_in_summer_and_in_winter() -> None:
    assert moment(datetime(2026, 10, 24, 22, 30, tzinfo=UTC), "it") == "domenica 25 ottobre 2026, 00:30"
    assert moment(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "en") == "Sunday 25 October 2026, 02:30"


def test_numbers_and_shares() -> None:
    assert (number(1234.5, "it"), number(1234.5, "en")) == ("1.234,5", "1,234.5")
    assert (percent(0.405, "it"), percent(1, "en")) == ("40%", "100%")


def test_values_inside_a_sentence() -> None:
    assert written(["Anna", "Zoë", "Łukasz"], "it") == "Anna, Zoë e Łukasz"
    assert written(["Anna", "Zoë", "Łukasz"], "en") == "Anna, Zoë and Łukasz"
    assert written(True, "it") == "True"
    assert written(2026, "it") == "2.026"
