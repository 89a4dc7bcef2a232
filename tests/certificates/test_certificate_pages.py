"""The pages of the certificates and of the thanks, as a person uses them."""

from __future__ import annotations

import pytest
from PIL import Image

from core.accounts.rules import Role
from core.certificates import queries
from core.certificates.queries import ConsentState
from core.certificates.rules import Settings, Thresholds
from core.edition import queries as editions
from core.language.text import Language, say
from core.people import actions
from core.people.rules import ConsentKind, Side
from core.store import database
from tests import make
from tests.certificates import year


@pytest.fixture
def edition(store) -> int:
    return make.an_edition()


@pytest.fixture
def me(store):
    return make.staff(Role.COORDINATOR)


def thanked(edition: int, by) -> dict[str, ConsentState]:
    with database.reading() as session:
        return {one.listed: one.state for one in queries.thanks(session, edition, by=by)}


def press(page, label: str):
    return next(one for one in page.button if one.label == label).click().run()


def choose(page, label: str, value: str):
    return next(one for one in page.segmented_control if one.label == label).set_value(value).run()


def select(page, key: str, *rows: int):
    """Rows chosen in the table with this key, as a click leaves them."""
    page.session_state[key] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
    return page.run()


def people(page) -> list[str]:
    return list(page.dataframe[0].value.iloc[:, 0])


def downloads(page) -> list[str]:
    return [one.proto.label for one in page.get("download_button")]


@pytest.mark.parametrize("url", ["certificates", "thanks"])
def test_before_the_pairs_are_published_it_says_what_comes_first(edition: int, me, url: str) -> None:
    make.a_participant(edition, Side.MENTEE)
    page = make.open_page(url, me)
    words = {"certificates": "earned", "thanks": "thanks"}[url]
    assert [one.value for one in page.info] == [say(f"certificates.{words}.no_pairs", Language.ITALIAN)]
    assert press(page, "Andare all'abbinamento").title[0].value == "Abbinamento proposto"


def test_what_a_colleague_writes_stands_there_at_the_next_rerun(edition: int, me) -> None:
    year.finished(edition)
    anna = make.a_participant(edition, Side.MENTEE, name="Anna Alfa")
    page = make.open_page("certificates", me)
    before = dict(zip(people(page), page.dataframe[0].value["Formazione"], strict=True))
    year.attend(anna, 1)
    page.run()
    after = dict(zip(people(page), page.dataframe[0].value["Formazione"], strict=True))
    assert (before.pop("Alfa Anna"), after.pop("Alfa Anna")) == ("0 su 1", "1 su 1")
    assert after == before


def test_the_table_says_what_everybody_lacks(edition: int, me) -> None:
    year.finished(edition)
    make.a_participant(edition, Side.MENTEE, name="Anna Alfa")
    page = make.open_page("certificates", me)
    assert not page.exception
    assert [one.value for one in page.metric] == ["1 su 2", "1 su 1"]
    assert page.dataframe[0].value.to_numpy().tolist() == [
        ["Alfa Anna", "Mentee", "non ancora", "0 su 1", 0, 0.0, "formazione, coppia"],
        ["Rossi Giulia", "Mentee", "maturato", "1 su 1", 6, 9.0, ""],
        ["Conti Paolo", "Mentor", "maturato", "2 su 3", 6, 9.0, ""],
    ]
    assert downloads(page) == [
        "Scaricare la tabella in XLSX",
        "Scaricare 2 attestati (ZIP)",
        "Scaricare il PDF da stampare",
    ]


def test_the_filters_leave_who_is_looked_for(edition: int, me) -> None:
    year.finished(edition, mentee="Giulia Rossì")
    make.a_participant(edition, Side.MENTEE, name="Anna Alfa")
    page = choose(make.open_page("certificates", me), "Mostra", "earned")
    assert people(page) == ["Rossì Giulia", "Conti Paolo"]
    assert people(choose(page, "Lato", Side.MENTOR)) == ["Conti Paolo"]
    assert "Scaricare un attestato (ZIP)" in downloads(page)
    choose(page, "Lato", "both")
    page.text_input[0].set_value("ROSSI giu").run()
    assert people(page) == ["Rossì Giulia"]
    page.text_input[0].set_value("nessuno").run()
    assert say("certificates.earned.none_found", Language.ITALIAN) in [one.value for one in page.info]


def test_a_chosen_person_gets_the_paper_or_the_reason(edition: int, me) -> None:
    year.finished(edition)
    make.a_participant(edition, Side.MENTEE, name="Anna Alfa")
    page = make.open_page("certificates", me)
    select(page, "standings both all", 1)
    assert "Scaricare l'attestato (PDF)" in downloads(page)
    select(page, "standings both all", 0)
    assert "Scaricare l'attestato (PDF)" not in downloads(page)
    assert page.info[0].value == "Attestato non ancora maturato:\n- formazione non seguita\n- non è in coppia"


def test_a_name_that_cannot_be_printed_is_told_on_the_page(edition: int, me) -> None:
    year.finished(edition, mentee="伟 张")
    page = make.open_page("certificates", me)
    assert page.warning[0].value.startswith("Un attestato non si può stampare e manca nei file:\n- 张 伟: Il nome")
    assert "Scaricare un attestato (ZIP)" in downloads(page)
    select(page, "standings both all", 0)
    assert page.error[0].value.startswith("Il nome «伟 张» contiene segni")
    assert "Scaricare l'attestato (PDF)" not in downloads(page)


def test_a_broken_logo_is_told_and_the_table_stays(edition: int, me) -> None:
    year.finished(edition)
    logo = database.current().config.data / "logo.png"
    logo.write_bytes(b"no picture")
    page = make.open_page("certificates", me)
    assert len(page.dataframe) == 1
    assert page.error[0].value.startswith(r"Il logo logo\.png nella cartella dei dati non è un'immagine leggibile")
    assert downloads(page) == ["Scaricare la tabella in XLSX"]
    Image.new("RGB", (40, 10), "blue").save(logo)
    assert len(downloads(page.run())) == 3


def test_several_consents_are_ticked_and_taken_back(edition: int, me) -> None:
    mentors = [make.a_participant(edition, Side.MENTOR, name=f"Luca {name}") for name in ("Alfa", "Beta", "Gamma")]
    year.publish(edition, [(make.a_participant(edition, Side.MENTEE), mentor) for mentor in mentors])
    page = make.open_page("thanks", me)
    assert say("certificates.thanks.website_nobody", Language.ITALIAN) in [one.value for one in page.info]
    assert [one.label for one in page.button if "consens" in one.label] == []
    press(select(page, f"thanks {edition} 0 all", 0, 2), "Registrare 2 consensi")
    assert [one.value for one in page.toast] == ["2 consensi registrati"]
    assert thanked(edition, me) == {
        "Alfa Luca": ConsentState.GIVEN,
        "Beta Luca": ConsentState.NEVER,
        "Gamma Luca": ConsentState.GIVEN,
    }
    assert page.code[0].value == (
        "<ul>\n  <li><strong>Luca Alfa</strong></li>\n  <li><strong>Luca Gamma</strong></li>\n</ul>"
    )
    press(select(page, f"thanks {edition} 1 all", 0), "Registrare il ritiro di un consenso")
    assert thanked(edition, me)["Alfa Luca"] is ConsentState.WITHDRAWN
    assert people(choose(page, "Mostra", "open")) == ["Alfa Luca", "Beta Luca"]


def test_what_a_colleague_wrote_down_meanwhile_is_not_lost(edition: int, me) -> None:
    mentors = [make.a_participant(edition, Side.MENTOR, name=f"Luca {name}") for name in ("Alfa", "Beta")]
    year.publish(edition, [(make.a_participant(edition, Side.MENTEE), mentor) for mentor in mentors])
    page = select(make.open_page("thanks", me), f"thanks {edition} 0 all", 0)
    with database.writing() as session:
        other = [one.person_id for one in queries.thanks(session, edition, by=me) if one.first_name == "Luca"][1]
        actions.give_consent(session, [other], kind=ConsentKind.ACKNOWLEDGEMENT, by=me, at=make.AT)
    press(page, "Registrare un consenso")
    assert set(thanked(edition, me).values()) == {ConsentState.GIVEN}


def test_what_a_certificate_asks_for_is_set_on_the_page_of_the_year(edition: int, me) -> None:
    page = choose(make.open_page("year", me), "Fase", "certificates")
    numbers = {(one.label, at): one for at, one in enumerate(page.number_input)}
    assert [one.value for one in numbers.values()][:6] == [100, 6, 9.0, 66, 6, 9.0]
    page.number_input[5].set_value(10.5)
    press(page, "Salvare")
    assert not page.exception
    with database.reading() as session:
        kept = editions.settings(session, edition, Settings, by=me)
    assert kept == Settings(mentees=Thresholds(100, 6, 9), mentors=Thresholds(66, 6, 10.5))
