"""Approved messages for other programs: the table, its guide, and the files."""

from __future__ import annotations

import io
import zipfile
from email import message_from_bytes, policy
from typing import Any

import pytest
from openpyxl import load_workbook

from core.language.text import Language
from core.messages import parcels, queries
from core.messages.rules import MessageState
from core.people.rules import Purpose
from core.store import database, sheets
from core.store.config import Config
from tests.make import AT, a_message, an_edition, reachable, staff
from tests.messages.test_letters import a_letter, approve

ITALIAN, ENGLISH = Language.ITALIAN, Language.ENGLISH
LINK = "https://mentoring.example/mine/1-abc"


def opened(bundle: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.usefixtures("store")
def test_only_approved_ones_leave_with_their_addresses() -> None:
    edition, me = an_edition(), staff()
    config = reachable()
    messages = [a_message(edition, name=f"Anna {name}") for name in ("Alfa", "Beta", "Gamma")]
    approve(edition, *messages[:2])
    with database.reading() as session:
        letters = queries.letters(session, edition, messages=messages[::-1], settings=config, by=me)
    assert [one.name for one in letters] == ["Anna Beta", "Anna Alfa"]
    assert all(one.links[Purpose.PROGRAMME] in one.text for one in letters)
    assert a_message(edition, state=MessageState.SENT)


def test_the_table_has_a_column_for_all_that_a_merge_needs_and_no_formula() -> None:
    letters = [
        a_letter(text=f"Ciao {LINK}", links={Purpose.PROGRAMME: LINK}),
        a_letter(name="=1+1", subject="-x", text="- a\n- b"),
    ]
    columns = parcels.merge_columns(letters, ITALIAN)
    assert list(columns) == ["Nome", "Indirizzo", "Oggetto", "Testo", "Lingua", "Collegamento_programma"]
    assert columns["Collegamento_programma"] == [LINK, ""]
    page = load_workbook(io.BytesIO(sheets.workbook("messaggi", columns))).worksheets[0]
    assert {cell.data_type for row in page.iter_rows(max_row=3) for cell in row} == {"s"}
    assert page["D2"].value == f"Ciao {LINK}"


def test_the_guide_names_the_fields_the_subjects_and_what_a_merge_leaves_behind() -> None:
    letters = [a_letter(subject="Uno", text="Ciao A"), a_letter(subject="Due", calendar="BEGIN:VCALENDAR")]
    guide = parcels.merge_guide(letters, ITALIAN).decode("utf-8-sig")
    assert "«Testo»" in guide
    assert "gli oggetti sono 2" in guide
    assert "- Uno\r\n- Due" in guide
    assert "la stampa unione non porta allegati" in guide
    assert guide.endswith("Ciao A")
    alone = parcels.merge_guide(letters[:1], ENGLISH).decode("utf-8-sig")
    assert "one subject for all. The one of these messages:" in alone
    assert "carries no attachments" not in alone


def test_each_letter_is_a_file_that_a_mail_program_opens_to_send() -> None:
    letters = [a_letter(name='Rossi/../"Anna"\r\n: x'), a_letter(name="Anna Alfa"), a_letter(name="Anna Alfa")]
    files = opened(parcels.bundle(letters, Config(), ITALIAN, at=AT))
    assert list(files) == ["001 Rossi .. Anna x.eml", "002 Anna Alfa.eml", "003 Anna Alfa.eml"]
    read: Any = message_from_bytes(files["002 Anna Alfa.eml"], policy=policy.default)
    assert (read["X-Unsent"], read["Subject"], read["To"].addresses[0].addr_spec) == (
        "1",
        "Esito",
        "anna@unimi.example",
    )


def test_whom_no_mail_reaches_stands_in_a_list() -> None:
    files = opened(parcels.bundle([a_letter(mail="nessuno"), a_letter()], Config(), ITALIAN, at=AT))
    assert list(files) == ["002 Anna Alfa.eml", "indirizzi da correggere.txt"]
    assert "Anna Alfa <nessuno>" in files["indirizzi da correggere.txt"].decode("utf-8-sig")
