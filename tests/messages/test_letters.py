"""A message as it leaves: its addresses, its HTML twin, and the mail that no name or subject can lead astray."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some
from sqlmodel import select

from core.accounts.rules import SYSTEM
from core.language.text import Language
from core.messages import actions, queries
from core.messages.mail import LONGEST_NAME, LONGEST_SUBJECT, NotAnAddress, one_line, route, written
from core.messages.outgoing import Letter
from core.messages.rules import MessageState
from core.messages.twin import twin
from core.people.links import NotReachable
from core.people.models import PersonalLink
from core.people.rules import Purpose
from core.store import database
from core.store.config import Config
from core.store.errors import Refused
from tests.make import AT, a_message, an_edition, reachable

SETTINGS = Config(mail_from="mentoring@unimi.example", mail_from_name="Mentoring, Università «Statale»")
NASTY = some.text(
    some.one_of(
        some.sampled_from(list("\r\n\0\t\"'<>@,;:()\\ =?é–ßŁ\u202e\u2028\u200f\ud800\U0001f600")), some.characters()
    ),
    max_size=400,
)


def a_letter(**facts: Any) -> Letter:
    usual = {
        "name": "Anna Alfa",
        "mail": "anna@unimi.example",
        "subject": "Esito",
        "text": "Gentile Anna,\n\ngrazie.\n",
        "calendar": None,
        "language": Language.ITALIAN,
        "message_id": "<1@unimi.example>",
        "links": {},
    }
    return Letter(**{**usual, **facts})


def read_back(letter: Letter, config: Config = SETTINGS) -> Any:
    content = written(letter, config, at=AT)
    assert content.isascii()
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
    return message_from_bytes(content, policy=policy.default)


def decoded(header: str) -> str:
    return str(make_header(decode_header(header)))


# ---- its addresses


def shown(edition: int, message: int) -> queries.Shown:
    with database.reading() as session:
        (one,) = queries.in_full(session, edition, messages=[message], settings=database.current().config, by=SYSTEM)
    return one


def approve(edition: int, *messages: int) -> None:
    with database.reading() as session:
        config = database.current().config
        seen = queries.in_full(session, edition, messages=messages, settings=config, by=SYSTEM)
    with database.writing() as session:
        prints = {one.id: one.fingerprint for one in seen}
        actions.approve(session, edition_id=edition, seen=prints, settings=config, by=SYSTEM, at=AT)


@pytest.mark.usefixtures("store")
def test_the_marks_become_the_persons_own_addresses_once_it_is_approved() -> None:
    edition = an_edition()
    reachable()
    message = a_message(edition, body="[[programme]]\n[[calendar]] [[programme]] [[altro]]")
    assert shown(edition, message).letter.text == "[[programme]]\n[[calendar]] [[programme]] [[altro]]"
    approve(edition, message)
    letter = shown(edition, message).letter
    assert set(letter.links) == {Purpose.PROGRAMME, Purpose.CALENDAR}
    mine, dates = letter.links[Purpose.PROGRAMME], letter.links[Purpose.CALENDAR]
    assert letter.text == f"{mine}\n{dates} {mine} [[altro]]"
    assert mine.startswith("https://mentoring.example/mine/")
    assert f'<a href="{mine}">' in letter.html


@pytest.mark.usefixtures("store")
def test_without_an_address_of_the_programme_a_text_with_a_mark_is_not_approved() -> None:
    edition = an_edition()
    message = a_message(edition)
    with pytest.raises(NotReachable):
        approve(edition, message)
    assert shown(edition, message).state is MessageState.DRAFT
    plain = a_message(edition, body="Nessun collegamento.")
    approve(edition, plain)
    assert shown(edition, plain).state is MessageState.APPROVED


@pytest.mark.usefixtures("store")
def test_a_link_that_is_there_already_is_used_again() -> None:
    edition = an_edition()
    reachable()
    message = a_message(edition)
    approve(edition, message)
    first = shown(edition, message).letter.links
    with database.writing() as session:
        actions.back_to_draft(session, edition_id=edition, messages=[message], by=SYSTEM, at=AT)
    approve(edition, message)
    assert shown(edition, message).letter.links == first
    with database.reading() as session:
        assert len(session.exec(select(PersonalLink)).all()) == 1


@pytest.mark.usefixtures("store")
def test_a_message_keeps_its_id_and_another_installation_gives_another() -> None:
    edition = an_edition()
    config = reachable(mail_from="a@unimi.example")
    first, second = a_message(edition), a_message(edition)
    known = [shown(edition, one).letter.message_id for one in (first, first, second)]
    assert known[0] == known[1] != known[2]
    assert re.fullmatch(r"<[0-9a-f]{24}@unimi\.example>", known[0])
    (config.data / "secret.key").write_bytes(b"y" * 32)
    assert shown(edition, first).letter.message_id != known[0]


# ---- the twin


class Reading(HTMLParser):
    """What a page shows, its tags and its addresses."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.tags, self.links = "", [], []
        self.feed("<div" + page.partition("<div")[2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_twin_shows_paragraphs_lists_and_addresses() -> None:
    page = Reading(
        twin(
            "Gentile Anna,\nbuongiorno.\n\nLe date:\n- il 3\n- il 4 (https://a.example/x?a=1&b=2).\n\nA presto",
            Language.ITALIAN,
        )
    )
    assert page.tags == ["div", "p", "br", "p", "ul", "li", "li", "a", "p"]
    assert page.links == ["https://a.example/x?a=1&b=2"]


def test_the_twin_names_its_language() -> None:
    assert '<html lang="en">' in twin("Hello", Language.ENGLISH)
    assert '<html lang="it">' in twin("Ciao", Language.ITALIAN)


@given(body=some.one_of(NASTY, some.text("- \nhttps://<>&\"'{}%ab", max_size=200)))
@example(body="<script>alert(1)</script> {{ 7 * 7 }} <img src=x onerror=y>")
@example(body='https://a.example/"onmouseover="x')
def test_the_twin_says_the_same_words_and_nothing_in_it_is_html(body: str) -> None:
    body = "".join(sign for sign in body if sign not in "\0\ud800")
    page = Reading(twin(body, Language.ITALIAN))
    assert set(page.tags) <= {"div", "p", "br", "ul", "li", "a"}
    assert all(link.startswith(("http://", "https://")) for link in page.links)

    def words(text: str) -> list[str]:
        return [word for word in text.split() if word.strip("-")]

    said = "\n".join(line.strip().removeprefix("- ") for line in body.splitlines())
    assert "".join(words(page.text)) == "".join(words(said))


# ---- the mail


def test_a_mail_has_both_forms_the_dates_and_all_headers() -> None:
    config = Config(mail_from="m@unimi.example", mail_from_name="Mentoring", mail_reply_to="r@unimi.example")
    read = read_back(a_letter(calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", subject="Perché sì"), config)
    assert read["From"] == "Mentoring <m@unimi.example>"
    assert read["To"] == "Anna Alfa <anna@unimi.example>"
    assert read["Reply-To"] == "r@unimi.example"
    assert read["Subject"] == "Perché sì"
    assert read["Message-ID"] == "<1@unimi.example>"
    assert read["Date"].datetime == AT
    assert [part.get_content_type() for part in read.walk() if not part.is_multipart()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    (dates,) = read.iter_attachments()
    assert (dates.get_filename(), dates.get_content()) == ("calendario.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")


def test_a_draft_for_a_mail_program_says_so_and_needs_no_sender() -> None:
    message = message_from_bytes(written(a_letter(), Config(), at=AT, draft=True), policy=policy.default)
    assert message["X-Unsent"] == "1"
    assert message["From"] is message["Date"] is None


@settings(max_examples=400)
@given(name=NASTY, subject=NASTY)
@example(name='Rossi, Anna "la bionda"\r\nBcc: x@evil.example', subject="Ciao\r\nBcc: x@evil.example\r\n\r\nTesto")
@example(name="à" * 120, subject="ù" * 250)
@example(name="=?utf-8?q?=0D=0ABcc:_x@evil.example?=", subject="=?utf-8?q?=0D=0ABcc:_x@evil.example?=")
def test_no_name_and_no_subject_makes_a_header_or_another_recipient(name: str, subject: str) -> None:
    read = read_back(a_letter(name=name, subject=subject))
    assert set(read.keys()) == {
        "Date",
        "From",
        "To",
        "Subject",
        "Message-ID",
        "Content-Language",
        "MIME-Version",
        "Content-Type",
    }
    assert [(one.username, one.domain) for one in read["To"].addresses] == [("anna", "unimi.example")]
    assert [one.addr_spec for one in read["From"].addresses] == ["mentoring@unimi.example"]
    assert re.search("[\r\n\0\u202e\u2028]", str(read["To"]) + str(read["Subject"])) is None


@settings(max_examples=60)
@given(name=some.text("aZàßŁșΩЖ伟\U0001f600", min_size=1, max_size=60), comma=some.booleans())
def test_a_name_and_a_subject_arrive_as_they_are(name: str, *, comma: bool) -> None:
    whole = f"{name}, Dott. ({name})" if comma else name
    read = message_from_bytes(written(a_letter(name=whole, subject=f"Per {whole}: «esito»"), SETTINGS, at=AT))
    assert decoded(read["Subject"]) == one_line(f"Per {whole}: «esito»", LONGEST_SUBJECT)
    assert decoded(read["To"]) == f"{one_line(whole, LONGEST_NAME)} <anna@unimi.example>"


@given(text=NASTY)
def test_a_text_arrives_as_it_is(text: str) -> None:
    body = read_back(a_letter(text=text)).get_body(("plain",)).get_content().replace("\r\n", "\n")
    wanted = re.sub("[\0\ud800-\udfff]", "", text).replace("\r\n", "\n").replace("\r", "\n")
    assert body.rstrip("\n") == wanted.rstrip("\n")


@given(address=some.one_of(NASTY, some.tuples(NASTY, NASTY).map("@".join)))
@example(address="anna@unimi.example\r\nRCPT TO:<x@evil.example>")
@example(address="anna@unimi.example,x@evil.example")
@example(address="anna@unimi.example> SIZE=1")
@example(address="@unimi.example")
def test_an_address_goes_to_one_mailbox_or_is_refused(address: str) -> None:
    try:
        content = written(a_letter(mail=address), SETTINGS, at=AT)
    except NotAnAddress:
        return
    mailbox, domain = route(address)
    assert domain.isascii()
    assert not set(f"{mailbox}{domain}") & set("\r\n\0 <>,")
    read = message_from_bytes(content, policy=policy.default)
    assert len(read["To"].addresses) == 1


@pytest.mark.parametrize(
    ("address", "way"),
    [
        ("anna@unimi.example", ("anna", "unimi.example")),
        ("anna@università.example", ("anna", "xn--universit-y1a.example")),
        ("àlfa@unimi.example", ("àlfa", "unimi.example")),
    ],
)
def test_other_letters_in_a_domain_are_written_so_that_every_server_knows_them(
    address: str, way: tuple[str, str]
) -> None:
    assert route(address) == way


def test_the_refusal_is_one_that_people_are_told() -> None:
    assert issubclass(NotAnAddress, Refused)
