from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlmodel import select

from core.accounts.rules import SYSTEM, Role
from core.edition.actions import pass_milestone
from core.edition.rules import Milestone
from core.language.text import Language
from core.people.rules import Side
from core.selection import actions, queries
from core.selection.models import Decision, Review
from core.selection.rules import Outcome
from core.store import database
from pages.selection.parts_ranking import _written, height
from tests.make import AT, a_participant, an_applicant, an_edition, open_page, open_script, staff

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

pytestmark = pytest.mark.usefixtures("store")


def said(page: AppTest) -> str:
    """All texts of a page."""
    kinds = (page.title, page.caption, page.subheader, page.markdown, page.info, page.success, page.error)
    return "\n".join(element.value for kind in kinds for element in kind)


def button(page: AppTest, text: str) -> object:
    return next(one for one in page.button if text in one.label)


def reviews() -> list[tuple[int, int]]:
    with database.reading() as session:
        return list(session.exec(select(Review.application_id, Review.points)))


def decisions() -> dict[int, Outcome]:
    with database.reading() as session:
        return dict(session.exec(select(Decision.application_id, Decision.outcome)).all())


@pytest.mark.parametrize("url", ["scoring", "ranking"])
def test_who_is_not_signed_in_sees_one_sentence(url) -> None:
    an_applicant(an_edition(), Side.MENTEE, name="Giulia Rossi")
    page = open_script(url, None)
    assert len(page.info) == 1
    assert len(page.title) == 0


@pytest.mark.parametrize(("url", "role"), [("scoring", Role.COORDINATOR), ("ranking", Role.REVIEWER)])
def test_who_lacks_the_role_sees_one_sentence(url, role) -> None:
    an_applicant(an_edition(), Side.MENTEE, name="Giulia Rossi")
    page = open_script(url, staff(role))
    assert page.info[0].value.startswith("Questa pagina non fa parte dei ruoli assegnati.")
    assert len(page.title) == 0


def test_the_empty_pages_say_what_comes_first() -> None:
    an_edition()
    both = staff(Role.COORDINATOR, Role.REVIEWER)
    scoring, ranking = open_page("scoring", both), open_page("ranking", both)
    assert "appena chi coordina il programma ha importato" in scoring.info[0].value
    assert "importando il file" in ranking.info[0].value
    assert button(ranking, "Importare candidature")
    assert not scoring.exception
    assert not ranking.exception


def test_a_reviewer_scores_one_after_another_until_none_is_left() -> None:
    edition = an_edition()
    for text in ("Prima motivazione", "Seconda motivazione"):
        an_applicant(edition, Side.MENTEE, name="Giulia Zanetti", motivation=text, mean_30=27.5)
    page = open_page("scoring", staff(Role.REVIEWER))
    assert "valutate 0 motivazioni su 2" in said(page)
    assert "27,5" in said(page)
    assert "Zanetti" not in said(page)
    for points in (4, 5):
        page.number_input[0].set_value(points)
        button(page, "Salvare e passare alla prossima").click()
        page.run()
    assert not page.exception
    assert sorted(points for _, points in reviews()) == [4, 5]
    assert "valutate 2 motivazioni su 2" in said(page)
    assert "vede medie e differenze nella graduatoria" in page.success[0].value


def test_skipping_shows_another_and_keeps_nothing() -> None:
    edition = an_edition()
    for _ in range(2):
        an_applicant(edition, Side.MENTOR)
    page = open_page("scoring", staff(Role.REVIEWER))
    page.segmented_control(key="side").set_value(Side.MENTOR).run()
    first = page.selectbox[-1].value
    button(page, "Saltare").click().run()
    assert page.selectbox[-1].value != first
    assert reviews() == []


def test_without_points_nothing_is_kept_and_the_page_says_so() -> None:
    an_applicant(an_edition(), Side.MENTEE)
    page = open_page("scoring", staff(Role.REVIEWER))
    button(page, "Salvare e passa").click().run()
    assert "numero intero da 1 a 5" in page.error[0].value
    assert reviews() == []


def test_own_points_can_be_opened_again_and_changed() -> None:
    edition = an_edition()
    reviewer = staff(Role.REVIEWER)
    application = an_applicant(edition, Side.MENTEE)
    with database.writing() as session:
        actions.review(
            session, edition_id=edition, application_id=application, points=2, note="", seen=0, by=reviewer, at=AT
        )
    page = open_page("scoring", reviewer)
    page.selectbox[-1].set_value(application).run()
    assert page.number_input[0].value == 2
    page.number_input[0].set_value(5)
    button(page, "Salvare la modifica").click().run()
    assert reviews() == [(application, 5)]


def ranked(edition: int, number: int = 62) -> list[int]:
    return [an_applicant(edition, Side.MENTEE, mean_30=30 - place / 20) for place in range(number)]


def test_those_within_the_seats_are_ticked_and_decided_in_one_act() -> None:
    edition = an_edition()
    applications = ranked(edition)
    page = open_page("ranking", staff(Role.COORDINATOR))
    button(page, "Spunta le 60 entro i posti").click().run()
    page.text_input[0].set_value("In graduatoria").run()
    button(page, "Registrare 60 decisioni: selezionate").click().run()
    assert not page.exception
    assert decisions() == dict.fromkeys(applications[:60], Outcome.SELECTED)
    assert [one.value for one in page.metric] == ["62", "60", "0", "0", "2"]
    assert [one.label for one in page.button if one.label.startswith("Registra")] == ["Registrare le decisioni"]


def test_a_frequent_reason_is_taken_over_and_the_rest_decided() -> None:
    edition = an_edition()
    applications = ranked(edition, 3)
    page = open_page("ranking", staff(Role.COORDINATOR))
    page.segmented_control(key="outcome mentee").set_value(Outcome.WAITING).run()
    page.pills(key="frequent waiting").set_value("Idonea, oltre i posti disponibili").run()
    button(page, "Spunta tutte le 3 ancora da decidere").click().run()
    button(page, "Registrare 3 decisioni: in lista d'attesa").click().run()
    assert decisions() == dict.fromkeys(applications, Outcome.WAITING)


def test_nobody_ticked_or_no_reason_is_refused_in_words() -> None:
    ranked(an_edition(), 2)
    page = open_page("ranking", staff(Role.COORDINATOR))
    button(page, "Registrare le decisioni").click().run()
    assert "Il motivo manca" in page.error[0].value
    page.text_input[0].set_value("In graduatoria").run()
    button(page, "Registrare le decisioni").click().run()
    assert "Nessuna riga è spuntata" in page.error[0].value
    assert decisions() == {}


def test_a_decision_after_the_pairs_are_published_is_refused_in_words() -> None:
    edition = an_edition()
    participant = a_participant(edition, Side.MENTEE)
    with database.writing() as session:
        pass_milestone(session, edition_id=edition, milestone=Milestone.PAIRS_PUBLISHED, by=SYSTEM, at=AT)
    page = open_page("ranking", staff(Role.COORDINATOR))
    page.session_state[page.dataframe[0].key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    page.segmented_control(key="outcome mentee").set_value(Outcome.NOT_SELECTED).run()
    page.text_input[0].set_value("Rinuncia").run()
    button(page, "Registrare una decisione: non selezionata").click().run()
    assert "Le coppie di questa edizione sono pubblicate" in page.error[0].value
    assert decisions() == {participant: Outcome.SELECTED}


@pytest.mark.parametrize(("language", "total"), [(Language.ITALIAN, "82,5"), (Language.ENGLISH, "82.5")])
def test_the_table_writes_its_numbers_in_the_language_of_the_page(language, total) -> None:
    edition = an_edition()
    an_applicant(edition, Side.MENTEE, name="Ada Rossi", mean_30=28.25)
    an_applicant(edition, Side.MENTEE, name="Bea Verdi")
    page = open_page("ranking", staff(Role.COORDINATOR), language=language)
    rows = page.dataframe[0].value.iloc[:, 2:4].to_numpy().tolist()
    assert [(name, shown.strip() if isinstance(shown, str) else None) for name, shown in rows] == [
        ("Rossi Ada", total),
        ("Verdi Bea", None),
    ]


def test_numbers_written_as_text_still_sort_as_numbers() -> None:
    numbers = [100.0, 9.25, 78.5, 78.25, 0.0, 84.0]
    by_text = dict(zip(_written(numbers), numbers, strict=True))
    assert [by_text[text] for text in sorted(by_text)] == sorted(numbers)


def test_a_short_table_ends_with_its_last_row_and_a_long_one_scrolls() -> None:
    assert [height(rows) for rows in (1, 20, 21, 200)] == ["content", "content", 460, 460]


def test_two_coordinators_at_once_the_second_is_told() -> None:
    edition = an_edition()
    first, _ = ranked(edition, 2)
    with database.reading() as session:
        listed = queries.ranking(session, edition, side=Side.MENTEE, by=SYSTEM)[0].listed
    colleague = staff(Role.COORDINATOR, name="Carlo Neri")
    page = open_page("ranking", staff(Role.COORDINATOR))
    button(page, "Spunta le 2 entro").click().run()
    with database.writing() as session:
        actions.decide(
            session,
            edition_id=edition,
            seen={first: 0},
            outcome=Outcome.WAITING,
            reason="dati mancanti",
            by=colleague,
            at=AT,
        )
    page.text_input[0].set_value("In graduatoria").run()
    button(page, "Registrare 2 decisioni: selezionate").click().run()
    assert "Carlo Neri ha salvato nel frattempo" in page.warning[0].value
    assert page.dataframe[0].value.to_numpy().tolist() == [[listed, "Da decidere", "In lista d'attesa"]]
    assert decisions() == {first: Outcome.WAITING}


def test_a_new_review_that_moves_the_order_unticks_everything() -> None:
    edition = an_edition()
    first, _ = ranked(edition, 2)
    colleague = staff(Role.REVIEWER)
    page = open_page("ranking", staff(Role.COORDINATOR))
    button(page, "Spunta le 2 entro").click().run()
    with database.writing() as session:
        actions.review(
            session,
            edition_id=edition,
            application_id=first,
            points=1,
            note="",
            seen=0,
            by=colleague,
            at=AT,
        )
    page.text_input[0].set_value("In graduatoria").run()
    assert [one.label for one in page.button if one.label.startswith("Registra")] == ["Registrare le decisioni"]


def test_more_selected_than_seats_is_said() -> None:
    edition = an_edition()
    applications = ranked(edition, 61)
    coordinator = staff(Role.COORDINATOR)
    with database.writing() as session:
        actions.decide(
            session,
            edition_id=edition,
            seen=dict.fromkeys(applications, 0),
            outcome=Outcome.SELECTED,
            reason="tutti",
            by=coordinator,
            at=AT,
        )
    page = open_page("ranking", coordinator)
    assert "(61) sono più dei posti (60)" in page.warning[-1].value


def test_a_long_ranking_is_shown_in_parts() -> None:
    last = ranked(an_edition(), 201)[-1]
    page = open_page("ranking", staff(Role.COORDINATOR))
    assert len(page.dataframe[0].value) == 200
    page.selectbox[-1].select("righe 201–201").run()
    button(page, "Spunta la riga ancora da decidere").click().run()
    page.text_input[0].set_value("Oltre i posti").run()
    button(page, "Registrare una decisione: selezionata").click().run()
    assert decisions() == {last: Outcome.SELECTED}


@pytest.mark.parametrize("url", ["scoring", "ranking"])
def test_every_text_of_the_pages_goes_through_the_language(url) -> None:
    edition = an_edition()
    an_applicant(edition, Side.MENTEE, name="⟦Ada⟧ ⟦Rossi⟧", motivation="⟦Perché sì⟧")
    page = open_page(url, staff(Role.COORDINATOR, Role.REVIEWER), language=Language.PSEUDO)
    labels = [one.label for one in (*page.button, *page.number_input, *page.text_input, *page.metric)]
    texts = [text for text in (*said(page).splitlines(), *labels) if text.strip()]
    assert [text for text in texts if not text.startswith("⟦")] == []
    assert len(texts) > 10
