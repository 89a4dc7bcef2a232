"""Long passwords, none of those that are tried first, and no rule about which signs they hold."""

from __future__ import annotations

import pytest

from core.accounts.passwords import PasswordTooCommon, fits, hashed, is_common

ABOUT = ("Anna De Bianchi", "anna.debianchi@unimi.example")


@pytest.mark.parametrize(
    "password",
    [
        "qwerty123456",
        "QWERTY123456",
        "password1234",
        "!!password!!",
        "passwordpassword",
        "aaaaaaaaaaaa",
        "abababababab",
        "123456789012",
        "098765432109",
        "juventus1897",
        "mentoring2026",
        "Mentoring-Unimi-2026",
        "annadebianchi",
        "Anna.Bianchi.1999",
        "debianchi@unimi",
    ],
)
def test_what_is_tried_first_is_refused(password: str) -> None:
    assert is_common(password, ABOUT)
    with pytest.raises(PasswordTooCommon):
        hashed(password, rounds=4, about=ABOUT)


@pytest.mark.parametrize(
    "password",
    [
        "una frase lunga davvero",
        "tre mele rosse sul tavolo",
        "il mentoring non dorme mai",
        "anna va al mare d'inverno",
        "8#4!77-2?19+",
        "493817264950",
        "xkvqzwmrtplb",
        "密码密码很长很长很长啊啊",
    ],
)
def test_what_is_long_and_ones_own_is_taken_whatever_signs_it_holds(password: str) -> None:
    assert not is_common(password, ABOUT)
    assert fits(password, hashed(password, rounds=4, about=ABOUT))


def test_blanks_around_a_password_do_not_matter_and_everything_else_does() -> None:
    kept = hashed("una frase lunga davvero", rounds=4)
    assert fits(" una frase lunga davvero ", kept)
    assert not fits("Una frase lunga davvero", kept)


def test_what_no_password_can_be_fits_none() -> None:
    kept = hashed("una frase lunga davvero", rounds=4)
    assert not fits("x" * 100, kept)
    assert not fits("una frase lunga davvero", "")
    assert not fits("\x00", kept)
