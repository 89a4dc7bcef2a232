"""Meetings of a pair: written down, corrected, struck out, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core.accounts.rules import SYSTEM, Role
from core.intake.models import Application
from core.mentoring import actions, queries
from core.mentoring.actions import MetThatDay
from core.mentoring.reach import State
from core.mentoring.rules import MinutesNotValid, OutsideMonths, Report, TextTooLong, Way
from core.mentoring.tally import Tally, tallies
from core.people.rules import Side
from core.store import clock, database
from core.store.errors import Changed, NotFound
from tests.make import a_pair, a_participant, an_edition, met, open_page, staff, writing

PUBLISHED = datetime(2026, 11, 5, 10, tzinfo=UTC)
NOW = datetime(2026, 12, 9, 10, tzinfo=UTC)
DAY = date(2026, 11, 9)


@pytest.fixture
def edition(store) -> int:
    clock.use(lambda: NOW)
    return an_edition()


@pytest.fixture
def pair(edition: int) -> int:
    people = a_participant(edition, Side.MENTEE, name="Anna Alfa"), a_participant(edition, Side.MENTOR, name="Ugo Ma")
    return a_pair(edition, *people, at=PUBLISHED)


def log(edition: int, pair: int, day: date = DAY, **facts: object) -> None:
    report = Report(day, **{"minutes": 90, "way": Way.ONLINE, **facts})
    with database.writing() as session:
        actions.log(session, edition_id=edition, pair_id=pair, report=report, by=SYSTEM, at=NOW)


def meetings(edition: int, pair: int) -> list[queries.Logged]:
    with database.reading() as session:
        return queries.meetings(session, edition, pair, by=SYSTEM)


def test_a_meeting_is_kept_as_it_was_reported(edition: int, pair: int) -> None:
    log(edition, pair, place="  Bar Brera ", note="CV", way=Way.IN_PERSON, minutes=75)
    (kept,) = meetings(edition, pair)
    assert (kept.held_on, kept.minutes, kept.way, kept.place, kept.note) == (
        DAY,
        75,
        Way.IN_PERSON,
        "Bar Brera",
        "CV",
    )


def test_a_pair_has_one_meeting_a_day(edition: int, pair: int) -> None:
    log(edition, pair)
    with pytest.raises(MetThatDay):
        log(edition, pair, minutes=30)
    assert [one.minutes for one in meetings(edition, pair)] == [90]


@pytest.mark.parametrize(
    "day", [date(2026, 10, 31), date(2026, 12, 10), date(2027, 5, 1)], ids=["before", "future", "after"]
)
def test_a_meeting_outside_of_the_months_or_in_the_future_is_refused(edition: int, pair: int, day: date) -> None:
    with pytest.raises(OutsideMonths):
        log(edition, pair, day)
    assert meetings(edition, pair) == []


def test_a_pair_that_was_published_early_may_have_met_before_the_first_day(edition: int) -> None:
    people = a_participant(edition, Side.MENTEE), a_participant(edition, Side.MENTOR)
    early = a_pair(edition, *people, at=datetime(2026, 10, 20, 10, tzinfo=UTC))
    log(edition, early, date(2026, 10, 22))
    assert [one.held_on for one in meetings(edition, early)] == [date(2026, 10, 22)]


@pytest.mark.parametrize("minutes", [0, 4, 601, -90])
def test_a_meeting_has_a_believable_length(minutes: int) -> None:
    with pytest.raises(MinutesNotValid):
        Report(DAY, minutes, Way.ONLINE)


def test_a_note_is_short() -> None:
    with pytest.raises(TextTooLong):
        Report(DAY, 90, Way.ONLINE, note="x" * 501)


def test_a_meeting_is_corrected_from_the_version_that_was_seen_only(edition: int, pair: int) -> None:
    log(edition, pair)
    (kept,) = meetings(edition, pair)

    def correct(minutes: int) -> None:
        report = Report(DAY, minutes, Way.ONLINE)
        with database.writing() as session:
            actions.correct(
                session,
                edition_id=edition,
                meeting_id=kept.id,
                report=report,
                seen=kept.version,
                by=SYSTEM,
                at=NOW,
            )

    correct(60)
    with pytest.raises(Changed):
        correct(45)
    assert [one.minutes for one in meetings(edition, pair)] == [60]


def test_a_correction_does_not_move_a_meeting_onto_another_one(edition: int, pair: int) -> None:
    log(edition, pair)
    log(edition, pair, date(2026, 12, 1))
    second = meetings(edition, pair)[1]
    with pytest.raises(MetThatDay), database.writing() as session:
        actions.correct(
            session,
            edition_id=edition,
            meeting_id=second.id,
            report=Report(DAY, 90, Way.ONLINE),
            seen=second.version,
            by=SYSTEM,
            at=NOW,
        )
    assert [one.held_on for one in meetings(edition, pair)] == [DAY, date(2026, 12, 1)]


def test_a_meeting_is_struck_out(edition: int, pair: int) -> None:
    log(edition, pair)
    (kept,) = meetings(edition, pair)
    with database.writing() as session:
        actions.strike(session, edition_id=edition, meeting_id=kept.id, seen=kept.version, by=SYSTEM, at=NOW)
    assert meetings(edition, pair) == []


def test_a_pair_of_another_edition_is_not_found(edition: int, pair: int) -> None:
    other = an_edition(2027, "2027/28")
    log(edition, pair)
    with pytest.raises(NotFound):
        log(other, pair, date(2026, 11, 20))
    (kept,) = meetings(edition, pair)
    with pytest.raises(NotFound), database.writing() as session:
        actions.strike(session, edition_id=other, meeting_id=kept.id, seen=kept.version, by=SYSTEM, at=NOW)
    assert meetings(other, pair) == []


def test_the_tally_counts_meetings_and_minutes_and_names_pairs_that_have_not_met(edition: int, pair: int) -> None:
    people = a_participant(edition, Side.MENTEE), a_participant(edition, Side.MENTOR)
    other = a_pair(edition, *people)
    met(pair, DAY, minutes=60)
    met(pair, date(2026, 12, 1), minutes=90)
    with database.reading() as session:
        found = tallies(session, edition)
    assert (found[pair].meetings, found[pair].minutes) == (2, 150)
    assert found[other] == Tally(*people, 0, 0)


def test_who_withdrew_has_ended_the_pair(edition: int, pair: int) -> None:
    with writing() as session:
        session.get_one(Application, 1).withdrawn_at = NOW
    with database.reading() as session:
        (one,) = queries.followed(session, edition, today=clock.today(), by=SYSTEM)
    assert one.outlook.state is State.ENDED


# ---- The pages


def press(page, label: str):
    return next(one for one in page.button if one.label == label).click().run()


def test_without_pairs_both_pages_say_what_comes_first(edition: int) -> None:
    actor = staff(Role.COORDINATOR)
    for url in ("follow-up", "meetings"):
        page = open_page(url, actor)
        assert [one.value[:46] for one in page.info] == ["Le coppie di questa edizione non sono ancora p"]
        assert [one.label for one in page.button][-1] == "Aprire l'abbinamento proposto"


def meetings_page(pair: int):
    page = open_page("meetings", staff(Role.COORDINATOR))
    assert page.info[0].value.startswith("Scegliere la coppia")
    return page.selectbox("mentoring.pair").select(pair).run()


@pytest.mark.parametrize("day", [date(2026, 12, 10), date(2026, 8, 1), date(1000, 1, 1), date(9999, 12, 31)])
def test_a_day_that_cannot_be_is_refused_on_the_page_and_no_other_day_is_kept(
    edition: int, pair: int, day: date
) -> None:
    page = meetings_page(pair)
    page.date_input[0].set_value(day)
    page = press(page, "Registrare l'incontro")
    assert page.error[0].value.startswith("Un incontro di questa coppia può tenersi fra domenica 1 novembre 2026")
    assert meetings(edition, pair) == []


def test_absurd_minutes_and_a_long_note_are_refused_with_a_sentence(edition: int, pair: int) -> None:
    page = meetings_page(pair)
    page.date_input[0].set_value(DAY)
    page.number_input[0].set_value(99_999)
    page = press(page, "Registrare l'incontro")
    assert page.error[0].value == "Un incontro dura da 5 a 600 minuti\\. Nulla è stato registrato\\.".replace("\\", "")
    page.number_input[0].set_value(90)
    page.text_area[0].set_value("x" * 501)
    page = press(page, "Registrare l'incontro")
    assert page.error[0].value.startswith("Il luogo ha al più 120 caratteri, la nota 500.")
    assert meetings(edition, pair) == []


def test_a_meeting_is_logged_on_the_page_and_the_next_one_can_follow(edition: int, pair: int) -> None:
    page = meetings_page(pair)
    assert page.info[0].value.startswith("In linea, 0 su 6 incontri.")
    page.date_input[0].set_value(DAY)
    page.number_input[0].set_value(80)
    page = press(page, "Registrare l'incontro")
    assert not page.exception
    assert [one.value for one in page.toast] == ["Incontro registrato: Alfa Anna con Ma Ugo"]
    assert page.dataframe[0].value.iloc[0].tolist()[:4] == [1, "9 nov 2026", 80, "Online"]
    assert page.date_input[0].value is None
    page = press(page, "Registrare l'incontro")
    assert page.error[0].value.startswith("Manca la data dell'incontro")
    page.date_input[0].set_value(date(2026, 12, 9))
    page = press(page, "Registrare l'incontro")
    assert [one.held_on for one in meetings(edition, pair)] == [DAY, date(2026, 12, 9)]


def test_a_second_meeting_on_one_day_is_refused_with_a_sentence(edition: int, pair: int) -> None:
    met(pair, DAY)
    page = meetings_page(pair)
    page.date_input[0].set_value(DAY)
    page = press(page, "Registrare l'incontro")
    assert page.error[0].value.startswith("Per questa coppia c'è già un incontro lunedì 9 novembre 2026.")
    assert len(meetings(edition, pair)) == 1


def corrected(page):
    """The page with its first meeting chosen, to be corrected."""
    page.session_state[page.dataframe[0].key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    return page.run()


@pytest.mark.parametrize("typed", ["", "31/11/2026", "ieri"])
def test_a_corrected_meeting_keeps_no_former_day_where_another_is_mistyped(edition: int, pair: int, typed: str) -> None:
    met(pair, DAY)
    page = corrected(meetings_page(pair))
    field = next(one for one in page.text_input if one.label == "Data")
    assert field.value == "09/11/2026"
    field.set_value(typed)
    page.number_input[0].set_value(60)
    page = press(page, "Salvare la correzione")
    assert page.error[0].value.startswith("«Data»: la data manca o non esiste.")
    assert [(one.held_on, one.minutes) for one in meetings(edition, pair)] == [(DAY, 90)]


@pytest.mark.parametrize(("typed", "told"), [(None, "«Minuti»: il valore manca"), (90.5, "«Minuti»: serve un numero")])
def test_a_corrected_meeting_keeps_no_former_length_where_none_is_typed(
    edition: int, pair: int, typed: float | None, told: str
) -> None:
    met(pair, DAY)
    page = corrected(meetings_page(pair))
    next(one for one in page.text_input if one.label == "Data").set_value("10/11/26")
    page.number_input[0].set_value(typed)
    page = press(page, "Salvare la correzione")
    assert page.error[0].value.startswith(told)
    page.number_input[0].set_value(60)
    page = press(page, "Salvare la correzione")
    assert [(one.held_on, one.minutes) for one in meetings(edition, pair)] == [(date(2026, 11, 10), 60)]


def test_the_pairs_stand_with_their_states_and_can_be_filtered(edition: int, pair: int) -> None:
    people = (
        a_participant(edition, Side.MENTEE, name="Bea Beta"),
        a_participant(edition, Side.MENTOR, name="Ada Mb"),
    )
    other = a_pair(edition, *people)
    for month, day in ((11, 3), (11, 24), (12, 9)):
        met(other, date(2026, month, day))
    page = open_page("follow-up", staff(Role.COORDINATOR))
    assert not page.exception
    table = page.dataframe[0].value
    assert table["Mentee"].tolist() == ["Alfa Anna", "Beta Bea"]
    assert table["Stato"].tolist() == ["In linea", "In linea"]
    assert table["Incontri"].tolist() == [0, 3]
    assert table["Prossimo entro"].tolist() == ["3 dic · in ritardo", "7 gen"]
    assert table["Al più tardi"].tolist() == ["15 gen", "19 mar"]
    assert [(one.label, one.value) for one in page.metric][-1] == ("In ritardo", "1")
    page = page.text_input("search").set_value("beta").run()
    assert page.dataframe[0].value["Mentor"].tolist() == ["Mb Ada"]
