"""Names: parted as a proposal, searched without accents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.people.names import search_key, split_name


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Chiara Fontana", ("Chiara", "Fontana")),
        ("Maria Chiara De Luca", ("Maria Chiara", "De Luca")),
        ("Nicolò D'Amico", ("Nicolò", "D'Amico")),
        ("Anna Maria Della Valle", ("Anna Maria", "Della Valle")),
        ("Franco De La Cruz", ("Franco", "De La Cruz")),
        ("Voltaire", ("", "Voltaire")),
        ("", ("", "")),
    ],
)
def test_a_full_name_is_parted_before_the_surname_and_its_particles(full: str, parts: tuple[str, str]) -> None:
    assert split_name(full) == parts


@given(st.lists(st.text("abcÀé'", min_size=1, max_size=8), min_size=1, max_size=6))
def test_no_word_of_a_name_is_lost(words: list[str]) -> None:
    full = " ".join(words)
    assert " ".join(split_name(full)).split() == full.split()


@pytest.mark.parametrize(
    ("typed", "found"),
    [("nunez", "Núñez"), ("d amico", "D'Amico"), ("weiss", "Weiß"), ("DELL ORTO", "Dell’Orto"), ("zoe", "Zoë")],
)
def test_a_search_forgives_accents_apostrophes_and_capitals(typed: str, found: str) -> None:
    assert search_key(typed) in search_key(found)
