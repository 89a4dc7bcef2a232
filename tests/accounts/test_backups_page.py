"""The page of the copies, and the line on the first page that says how old the last one is."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.accounts.models import SignIn
from core.accounts.rules import Actor, Role
from core.language.text import Language
from core.store import clock, database, log
from core.store.backup.copies import Kind, digest_of, listing
from core.store.backup.making import make
from tests.make import AT, an_edition, open_page, staff

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from core.store.config import Config


@pytest.fixture
def settings(store: database.Store) -> Config:
    an_edition()
    return store.config


def copied(settings: Config, *, ago: timedelta, kind: Kind = Kind.DAILY) -> None:
    make(settings.store, settings.backups, kind=kind, at=AT - ago)


def said(test: AppTest) -> str:
    return "\n".join(one.value for one in [*test.caption, *test.warning, *test.info])


# ---- the page


def test_without_a_copy_the_page_says_how_the_first_one_is_made(settings: Config) -> None:
    test = open_page("backups", staff())
    assert not test.exception
    assert test.info[0].value.startswith("Non c'è ancora nessuna copia")
    assert len(test.dataframe) == 0
    assert len(test.code) == 0
    assert [one.label for one in test.button if one.proto.type == "primary"] == ["Fare una copia adesso"]


def test_a_copy_is_made_by_the_button_and_noted_in_the_log(settings: Config) -> None:
    log.start(settings.logs)
    test = open_page("backups", staff())
    next(one for one in test.button if one.label == "Fare una copia adesso").click().run()
    log.stop()

    assert not test.exception
    (copy,) = listing(settings.backups)
    assert (copy.kind, copy.good) == (Kind.DEMAND, True)
    assert test.toast[0].value.startswith("Copia fatta e verificata")
    size = f"{copy.file.stat().st_size / 1_000_000:.1f}".replace(".", ",")
    assert list(test.dataframe[0].value.iloc[0]) == ["1 ott 2026, 11:00", "su richiesta", size, "sì"]
    assert test.code[0].value == f'python3 start.py restore "{copy.file.resolve()}"'
    assert f"copy {copy.file.name} made" in (settings.logs / "mentoring.log").read_text()


def test_a_copy_that_cannot_be_written_is_told_and_leaves_nothing(settings: Config) -> None:
    settings.backups.touch()
    test = open_page("backups", staff())
    next(one for one in test.button if one.label == "Fare una copia adesso").click().run()
    assert not test.exception
    assert test.error[0].value.startswith("Non è stato possibile scrivere in")
    assert settings.backups.read_bytes() == b""


def test_the_list_says_why_each_copy_was_made_and_which_is_not_to_be_used(settings: Config) -> None:
    for number, kind in enumerate(Kind):
        copied(settings, ago=timedelta(hours=number), kind=kind)
    digest_of(listing(settings.backups)[1].file).unlink()
    table = open_page("backups", staff(), language=Language.ENGLISH).dataframe[0].value
    assert list(table["Kind"]) == ["daily", "on demand", "before an update", "before a restore"]
    assert list(table["Verified"]) == ["yes", "no, not to be used", "yes", "yes"]


# ---- the first page


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(hours=8), "Ultima copia di sicurezza valida: oggi alle 03:00"),
        (timedelta(hours=12), "Ultima copia di sicurezza valida: ieri alle 23:00"),
        (timedelta(hours=47), "Ultima copia di sicurezza valida: martedì 29 settembre 2026, 12:00"),
    ],
)
def test_the_first_page_says_when_the_last_good_copy_was_made(settings: Config, ago: timedelta, words: str) -> None:
    copied(settings, ago=ago)
    test = open_page("", staff())
    assert words in said(test).replace("\\", "")
    assert not test.warning


def test_a_copy_older_than_two_days_is_a_warning(settings: Config) -> None:
    copied(settings, ago=timedelta(days=2, minutes=1))
    test = open_page("", staff())
    assert "Da più di due giorni" in test.warning[0].value
    assert "martedì 29 settembre 2026, 10:59" in said(test).replace("\\", "")


def test_a_copy_that_was_never_verified_does_not_count(settings: Config) -> None:
    copied(settings, ago=timedelta(hours=1))
    digest_of(listing(settings.backups)[0].file).unlink()
    clock.use(lambda: AT + timedelta(hours=2))
    assert "Non c'è ancora una copia" in said(open_page("", staff()))


def test_a_new_store_has_a_day_until_it_must_have_a_copy(settings: Config) -> None:
    me = staff()
    clock.use(lambda: AT + timedelta(hours=2))
    calm = open_page("", me)
    assert "Non c'è ancora una copia" in said(calm)
    assert not calm.warning
    clock.use(lambda: AT + timedelta(days=1, minutes=1))
    later = staff_at_work(me)
    assert "Non c'è nessuna copia di sicurezza valida" in open_page("", later).warning[0].value


def staff_at_work(me: Actor) -> Actor:
    """The same person, signed in just now."""
    with database.writing() as session:
        session.get_one(SignIn, me.session_id).begun_at = clock.now()
        session.get_one(SignIn, me.session_id).seen_at = clock.now()
    return me


def test_whoever_does_not_look_after_copies_is_not_told_of_them(settings: Config) -> None:
    for role in set(Role) - {Role.ADMIN}:
        assert "copia" not in said(open_page("", staff(role)))


def test_the_first_page_opens_no_copy(settings: Config) -> None:
    copied(settings, ago=timedelta(hours=1))
    (copy,) = listing(settings.backups)
    os.truncate(copy.file, 0)
    assert "oggi alle" in said(open_page("", staff()))
