"""The outbox as a person uses it."""

from __future__ import annotations

import pytest
from sqlmodel import select

from core.accounts.rules import Actor, Role
from core.language.text import Language, say
from core.messages.models import Message, MessageText
from core.messages.rules import Channel, MessageState, Part
from core.store import database
from tests.make import AT, a_message, an_edition, open_page, reachable, staff, writing
from tests.messages.post import mailing

DRAFT, APPROVED, QUEUED, SENDING, SENT, FAILED, UNSURE, RETURNED = MessageState
ITALIAN = Language.ITALIAN


@pytest.fixture
def edition(store: database.Store) -> int:
    reachable(**mailing())
    return an_edition()


@pytest.fixture
def me(edition: int) -> Actor:
    return staff(Role.COORDINATOR, name="Carla Verdi")


def press(page, label: str):
    return next(one for one in page.button if one.label == label).click().run()


def go(page, part: Part):
    return page.segmented_control(key="outbox.part").set_value(part).run()


def choose(page, part: Part, row: int = 0):
    page.session_state[f"outbox {part} None "] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return page.run()


def told(page) -> list[str]:
    assert not page.exception
    return [one.value for kind in (page.info, page.warning, page.error) for one in kind]


def texts(page) -> list[str]:
    return [one.value for one in page.text]


def states() -> list[MessageState]:
    with database.reading() as session:
        return [one.state for one in session.exec(select(Message).order_by(Message.id))]  # type: ignore[arg-type]


def downloads(page) -> list[str]:
    return [one.proto.label for one in page.get("download_button")]


def test_before_anything_is_prepared_it_says_what_comes_first_and_leads_there(edition: int, me: Actor) -> None:
    page = open_page("outbox", me)
    assert told(page) == [say("messages.outbox.empty", ITALIAN)]
    assert say("messages.prepare.title", ITALIAN) in [one.label for one in page.button]
    assert "outbox.part" not in [one.key for one in page.segmented_control]


def test_drafts_are_shown_in_full_twenty_at_once_and_approved_as_read(edition: int, me: Actor) -> None:
    for number in range(22):
        a_message(edition, name=f"Anna A{number:02d}", body=f"Testo {number} [[programme]]")
    page = open_page("outbox", me)
    assert not page.exception
    assert texts(page)[0].splitlines()[0] == "Oggetto: Esito della selezione"
    assert texts(page)[0].splitlines()[1].startswith("A: Anna A00 (person")
    assert texts(page)[0].splitlines()[3:] == ["Testo 0 ‹indirizzo personale: Il mio programma›"]
    assert len(texts(page)) == 20
    page = press(page, "Approvare 20 messaggi letti")
    assert [one.value for one in page.toast] == ["Approvati 20 messaggi"]
    assert states() == [APPROVED] * 20 + [DRAFT] * 2
    assert len(texts(page)) == 2


def test_a_text_that_changed_while_it_was_read_is_not_approved(edition: int, me: Actor) -> None:
    message = a_message(edition)
    page = open_page("outbox", me)
    with writing() as session:
        session.exec(select(MessageText).where(MessageText.message_id == message)).one().body = "Altro"
    page = press(page, "Approvare il messaggio letto")
    assert "Nulla è stato approvato: rileggere i testi" in told(page)[-1]
    assert states() == [DRAFT]
    press(page, "Approvare il messaggio letto")
    assert states() == [APPROVED]


def test_without_an_address_of_the_programme_it_says_so_before_anything_is_pressed(edition: int, me: Actor) -> None:
    reachable(public_url="")
    a_message(edition)
    assert say("people.refused.NotReachable", ITALIAN) in told(open_page("outbox", me))


def test_a_draft_is_corrected_and_thrown_away(edition: int, me: Actor) -> None:
    a_message(edition, name="Anna Alfa")
    page = choose(open_page("outbox", me), Part.TO_READ)
    page.text_area[0].set_value("Nuovo testo")
    page = press(page, "Salvare la bozza")
    assert [one.value for one in page.toast] == ["Bozza salvata: Anna Alfa"]
    assert "Nuovo testo" in texts(page)[0]
    page.text_area[0].set_value(" ")
    page = press(page, "Salvare la bozza")
    assert say("messages.refused.NothingWritten", ITALIAN) in told(page)
    press(page, "Eliminare")
    assert states() == []


def test_a_chosen_draft_counts_once_among_those_that_are_read(edition: int, me: Actor) -> None:
    a_message(edition)
    a_message(edition)
    page = press(choose(open_page("outbox", me), Part.TO_READ), "Approvare 2 messaggi letti")
    assert states() == [APPROVED] * 2
    assert not page.exception


def test_approved_ones_are_sent_by_the_programme_and_stopped(edition: int, me: Actor) -> None:
    for _ in range(3):
        a_message(edition, state=APPROVED)
    page = press(open_page("outbox", me), "Inviare 3 messaggi")
    assert states() == [QUEUED] * 3
    page = press(go(page, Part.ON_THE_WAY), "Fermare l'invio")
    assert not page.exception
    assert states() == [APPROVED] * 3


def test_without_a_mail_server_it_says_what_is_missing_and_offers_the_other_ways(edition: int, me: Actor) -> None:
    reachable(smtp_host="")
    for _ in range(2):
        a_message(edition, state=APPROVED)
    page = open_page("outbox", me)
    assert downloads(page) == ["Scaricare la tabella di 2 messaggi (XLSX)", "Scaricare le istruzioni (TXT)"]
    page = page.segmented_control(key="outbox.channel").set_value(Channel.MAIL).run()
    assert "MENTORING_SMTP_HOST" in told(page)[-1]
    page = page.segmented_control(key="outbox.channel").set_value(Channel.FILES).run()
    assert downloads(page) == ["Scaricare 2 messaggi (ZIP)"]
    press(page, "Segnare come inviati 2 messaggi")
    assert states() == [SENT] * 2


def test_nothing_leaves_with_an_address_that_leads_nowhere(edition: int, me: Actor) -> None:
    a_message(edition, state=APPROVED)
    reachable(public_url="", smtp_host="")
    page = open_page("outbox", me)
    assert say("people.refused.NotReachable", ITALIAN) in told(page)
    assert downloads(page) == []


def test_only_those_on_the_screen_are_marked_as_sent(edition: int, me: Actor) -> None:
    reachable(smtp_host="")
    a_message(edition, state=APPROVED)
    page = open_page("outbox", me)
    a_message(edition, state=APPROVED)
    press(page, "Segnare come inviato un messaggio")
    assert states() == [SENT, APPROVED]


def test_a_sent_message_says_how_it_left_and_comes_back(edition: int, me: Actor) -> None:
    a_message(edition, state=SENT, name="Anna Alfa", sent_by=me.account_id, channel=Channel.FILES)
    page = choose(open_page("outbox", me), Part.SENT)
    assert any("Segnato come inviato" in one.value and "Carla Verdi" in one.value for one in page.caption)
    page.text_area[0].set_value("550 sconosciuto")
    page = press(page, "Segnare come tornato indietro")
    assert not page.exception
    assert states() == [RETURNED]


def test_trouble_is_told_in_the_servers_words_and_settled(edition: int, me: Actor) -> None:
    a_message(edition, state=FAILED, name="Anna Alfa", mail="anna@x.example", trouble="550 ![x](http://t/y.png)")
    a_message(edition, state=UNSURE, name="Bruno Beta", trouble="messages.trouble.broken_off")
    page = open_page("outbox", me)
    assert list(page.dataframe[0].value["Problema"]) == [
        "550 ![x](http://t/y.png)",
        say("messages.trouble.broken_off", ITALIAN),
    ]
    page = choose(page, Part.TROUBLE)
    assert "550" in told(page)[-1]
    assert "![x](" not in told(page)[-1]
    page = press(page, "Inviare di nuovo a anna\\@x\\.example")
    assert states() == [QUEUED, UNSURE]
    page = press(choose(page, Part.TROUBLE), "Segnare che è partito")
    assert states() == [QUEUED, SENT]


def test_many_that_failed_are_sent_again_at_once(edition: int, me: Actor) -> None:
    for _ in range(3):
        a_message(edition, state=FAILED, trouble="x")
    press(open_page("outbox", me), "Inviare di nuovo 3 messaggi non riusciti")
    assert states() == [QUEUED] * 3


def test_search_and_occasion_leave_who_is_looked_for(edition: int, me: Actor) -> None:
    a_message(edition, name="Anna Àlfa", state=SENT)
    a_message(edition, name="Bruno Beta", state=SENT)
    page = open_page("outbox", me)
    page.text_input(key="outbox.search").set_value("alfa").run()
    assert list(page.dataframe[0].value.iloc[:, 0]) == ["Àlfa Anna"]
    page.text_input(key="outbox.search").set_value("nessuno").run()
    assert told(page) == [say("messages.outbox.none_found", ITALIAN)]


@pytest.mark.parametrize("part", Part)
def test_an_empty_part_says_why(edition: int, me: Actor, part: Part) -> None:
    a_message(edition, state=SENT if part is not Part.SENT else DRAFT)
    page = go(open_page("outbox", me), part)
    assert told(page) == [say(f"messages.none.{part}", ITALIAN)]


def test_every_text_of_a_filled_outbox_is_translated(edition: int) -> None:
    from tests.test_pages import shown, untranslated  # noqa: PLC0415 - the pages' own search

    me = staff(name="Zeta Zeta", language=Language.PSEUDO)
    for state in MessageState:
        a_message(
            edition,
            state=state,
            name="Zeta Zeta",
            subject="Zeta",
            body="Zeta",
            trouble="Zeta",
            try_after=AT,
            approved_by=None if state is DRAFT else me.account_id,
        )
    for part in Part:
        page = open_page("outbox", me, language=Language.PSEUDO)
        page = choose(go(page, part), part)
        assert not page.exception
        assert [one for one in shown(page) if untranslated(one)] == []
