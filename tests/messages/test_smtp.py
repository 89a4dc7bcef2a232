"""Handing letters to real mail servers, in every mood that they have."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

import pytest
from sqlmodel import select

from core.messages.models import Message
from core.messages.rules import MessageState
from core.messages.sender import Sender
from core.messages.smtp import LETTERS, Delivered, Later, Outcome, Post, Rejected, Unknown
from core.store import database
from core.store.config import Config
from tests.make import AT, a_message, an_edition, reachable
from tests.messages.servers import PASSWORD, USER, Mailbox, certificate, knows, served
from tests.messages.test_letters import a_letter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def here(port: int, **settings: Any) -> Config:
    usual = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none", "mail_from": "m@unimi.example"}
    return Config(**{**usual, **settings})


@contextmanager
def connected(settings: Config, *, seconds: float = 5) -> Iterator[Post]:
    post = Post(settings, seconds=seconds)
    try:
        yield post
    finally:
        post.close()


def hand(post: Post, *mails: str) -> list[Outcome]:
    return [post.hand_over(a_letter(mail=mail), at=AT) for mail in mails]


# ---- all is well


def test_a_batch_goes_over_one_connection_and_arrives_as_it_was_written() -> None:
    box = Mailbox()
    with served(box) as port, connected(here(port)) as post:
        assert hand(post, "a@x.example", "b@x.example") == [Delivered(), Delivered()]
        letter = a_letter(mail="c@x.example", text="Ciao\n.\nperché\n", calendar="BEGIN:VCALENDAR\r\n")
        assert post.hand_over(letter, at=AT) == Delivered()
    assert [(sender, to) for sender, to, _ in box.taken] == [
        ("m@unimi.example", to) for to in ("a@x.example", "b@x.example", "c@x.example")
    ]
    assert len(box.connections) == 1
    read: Any = message_from_bytes(box.taken[2][2], policy=policy.default)
    assert read.get_body(("plain",)).get_content().split("\r\n") == ["Ciao", ".", "perché", ""]
    assert read["Message-ID"] == letter.message_id


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # the whole connection is encrypted
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_it_speaks_in_secret_and_signs_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: str) -> None:
    context, trusted = certificate(tmp_path)
    box = Mailbox()
    safety: dict[str, Any] = (
        {"ssl_context": context, "auth_require_tls": False}
        if security == "tls"
        else {"tls_context": context, "require_starttls": True}
    )
    with served(box, authenticator=knows, auth_required=True, **safety) as port:
        settings = here(port, smtp_security=security, smtp_user=USER, smtp_password=PASSWORD)
        with connected(settings) as post:
            (unknown,) = hand(post, "a@x.example")
        assert isinstance(unknown, Later)
        assert unknown.whole
        assert "certificate" in unknown.text
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        with connected(settings) as post:
            assert hand(post, "a@x.example") == [Delivered()]
        with connected(replace(settings, smtp_password="no")) as post:
            (stranger,) = hand(post, "a@x.example")
        assert stranger == Later("535 5.7.8 Authentication credentials invalid", whole=True)
    assert len(box.taken) == 1


def test_nothing_is_said_to_a_server_that_has_no_encryption() -> None:
    box = Mailbox()
    with served(box) as port, connected(here(port, smtp_security="starttls")) as post:
        (outcome,) = hand(post, "a@x.example")
    assert isinstance(outcome, Later)
    assert outcome.whole
    assert box.taken == []


# ---- moods


def test_one_address_of_forty_is_refused_and_the_others_get_theirs() -> None:
    mails = [f"p{number}@x.example" for number in range(40)]
    box = Mailbox(recipients={"p7@x.example": "550 5.1.1 no such user"})
    with served(box) as port, connected(here(port)) as post:
        outcomes = hand(post, *mails)
    assert [mail for mail, one in zip(mails, outcomes, strict=True) if one != Delivered()] == ["p7@x.example"]
    assert outcomes[7] == Rejected(550, "550 5.1.1 no such user")
    assert len(box.taken) == 39
    assert len(box.connections) == 1


@pytest.mark.parametrize(
    ("recipient", "letter", "outcome"),
    [
        ("450 4.2.0 greylisted", "250 OK", Later("450 4.2.0 greylisted")),
        ("421 4.7.0 too many", "250 OK", Later("421 4.7.0 too many", whole=True)),
        ("250 OK", "554 5.7.1 spam", Rejected(554, "554 5.7.1 spam")),
        ("250 OK", "452 4.3.1 full", Later("452 4.3.1 full")),
    ],
)
def test_what_the_server_says_is_kept_and_the_next_letter_goes(recipient: str, letter: str, outcome: Outcome) -> None:
    box = Mailbox(recipients={"a@x.example": recipient}, letters=[letter])
    with served(box) as port, connected(here(port)) as post:
        assert hand(post, "a@x.example", "b@x.example") == [outcome, Delivered()]


def test_a_sender_that_is_refused_is_nobodys_fault_among_the_recipients() -> None:
    with served(Mailbox(senders="553 5.7.1 not your address")) as port, connected(here(port)) as post:
        assert hand(post, "a@x.example") == [Later("553 5.7.1 not your address", whole=True)]


def test_a_server_that_is_down_is_tried_later() -> None:
    with served(Mailbox()) as port:
        pass
    with connected(here(port)) as post:
        (outcome,) = hand(post, "a@x.example")
    assert isinstance(outcome, Later)
    assert outcome.whole


@pytest.mark.parametrize("mood", ["break", "silent"])
def test_a_connection_that_is_lost_before_the_letter_leaves_it_unsent(mood: str) -> None:
    box = Mailbox(recipients={"a@x.example": mood})
    with served(box) as port, connected(here(port), seconds=0.5) as post:
        lost, next_one = hand(post, "a@x.example", "b@x.example")
    assert isinstance(lost, Later)
    assert lost.whole
    assert next_one == Delivered()
    assert len(box.connections) == 2


@pytest.mark.parametrize(("mood", "taken"), [("break", 0), ("take and break", 1), ("silent", 0)])
def test_a_connection_that_is_lost_with_the_letter_under_way_leaves_it_open(mood: str, taken: int) -> None:
    box = Mailbox(letters=[mood])
    with served(box) as port, connected(here(port), seconds=0.5) as post:
        lost, next_one = hand(post, "a@x.example", "b@x.example")
    assert isinstance(lost, Unknown)
    assert next_one == Delivered()
    assert len(box.taken) == taken + 1


def test_other_letters_in_a_mailbox_need_a_server_that_takes_them() -> None:
    box = Mailbox()
    with served(box, enable_SMTPUTF8=False) as port, connected(here(port)) as post:
        assert hand(post, "àlfa@x.example", "b@x.example") == [Rejected(0, LETTERS), Delivered()]
    with served(box, enable_SMTPUTF8=True) as port, connected(here(port)) as post:
        assert hand(post, "àlfa@università.example") == [Delivered()]
    assert [to for _, to, _ in box.taken] == ["b@x.example", "àlfa@xn--universit-y1a.example"]


# ---- the whole way


@pytest.mark.usefixtures("store")
def test_forty_messages_leave_one_fails_and_one_is_open() -> None:
    box = Mailbox(recipients={"p7@x.example": "550 5.1.1 no such user"}, letters=["250 OK"] * 20 + ["take and break"])
    edition = an_edition()
    for number in range(40):
        a_message(edition, state=MessageState.QUEUED, mail=f"p{number}@x.example")
    with served(box) as port:
        reachable(
            smtp_host="127.0.0.1",
            smtp_port=port,
            smtp_security="none",
            mail_from="m@unimi.example",
            mails_per_minute=40,
        )
        Sender().turn(AT)
    with database.reading() as session:
        rows = {one.mail: one for one in session.exec(select(Message))}
    assert rows["p7@x.example"].state is MessageState.FAILED
    assert rows["p21@x.example"].state is MessageState.UNSURE
    assert sum(one.state is MessageState.SENT for one in rows.values()) == 38
    assert sorted(to for _, to, _ in box.taken) == sorted(rows.keys() - {"p7@x.example"})
    assert all(b"https://mentoring.example/mine/" in content for _, _, content in box.taken)
    assert not any(b"[[" in content for _, _, content in box.taken)
