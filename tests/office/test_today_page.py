"""The first page: where the programme stands and what comes next."""

from __future__ import annotations

from datetime import date

import pytest

from core.accounts.rules import SYSTEM, Role
from core.edition.actions import save_settings
from core.people.rules import Side
from core.speeddate.rules import Settings as SpeedDate
from core.store import database
from tests.make import AT, a_participant, an_applicant, an_edition, open_page, staff

pytestmark = pytest.mark.usefixtures("store")


def said(test) -> str:
    return "\n".join(one.value for one in [*test.markdown, *test.caption])


def test_a_new_edition_says_what_comes_and_what_is_still_open() -> None:
    an_edition()
    test = open_page("", staff())
    assert not test.exception
    assert "Oggi è giovedì 1 ottobre 2026" in said(test)
    assert "domenica 1 novembre 2026 · fra 31 giorni" in said(test)
    assert "Data ancora da fissare" in said(test)
    assert said(test).count("0 mentee · 0 mentor") == 5


def test_each_step_counts_both_sides() -> None:
    edition = an_edition()
    for side in Side:
        an_applicant(edition, side)
        a_participant(edition, side)
    test = open_page("", staff(), edition=edition)
    assert "2 mentee · 2 mentor" in said(test)
    assert "1 mentee · 1 mentor" in said(test)


def test_a_button_leads_to_each_page_that_the_person_may_open() -> None:
    an_edition()
    assert "Importare candidature" in [one.label for one in open_page("", staff()).button]
    reviewer = open_page("", staff(Role.REVIEWER))
    assert [one.label for one in reviewer.main.button if one.label != "Il mio accesso"] == ["Valutazione"]
    assert "mentee ·" not in said(reviewer)


def test_a_viewer_does_not_learn_of_small_groups() -> None:
    edition = an_edition()
    an_applicant(edition, Side.MENTEE)
    test = open_page("", staff(Role.VIEWER), edition=edition)
    assert "1 mentee" not in said(test)
    assert "non mostrato" in said(test)


def test_when_all_days_have_passed_it_says_so() -> None:
    edition = an_edition(2020, "2020/21")
    settings = SpeedDate(date(2020, 10, 1), date(2020, 10, 31), day=date(2020, 10, 15))
    with database.writing() as session:
        save_settings(session, edition_id=edition, settings=settings, seen=0, by=SYSTEM, at=AT)
    test = open_page("", staff(), edition=edition)
    assert [one.value for one in test.info] == ["Tutte le date di questa edizione sono passate."]
