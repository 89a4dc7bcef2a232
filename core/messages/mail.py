"""A letter as a mail: its headers cannot be led astray by what stands in a name or a subject.

The headers that hold what people typed are written here, sign by sign: the standard library unwraps what looks
encoded, line ends inside too.
"""

from __future__ import annotations

import re
from base64 import b64encode
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING

from core.language.text import say
from core.store.clock import ROME
from core.store.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from core.messages.outgoing import Letter
    from core.store.config import Config

# Only signs that every server hands on; longer lines and other letters are written with the signs that stand for them.
POLICY = policy.EmailPolicy(linesep="\r\n", cte_type="7bit")
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
"""What breaks a line, turns its direction round, or is no letter."""
NEVER_SENT = re.compile("[\x00\ud800-\udfff]")
PLAIN = re.compile(r"[A-Za-z0-9 -]*")
"""What may stand in a header as it is; all else is encoded."""
MAILBOX, DOMAIN = re.compile(r"[\w!#$%&'*+/=?^`{|}~.-]+"), re.compile(r"[A-Za-z0-9.-]+")
LONGEST_NAME, LONGEST_SUBJECT, LONGEST_MAIL = 120, 250, 254
LONGEST_LINE, LONGEST_WORD = 60, 42
"""Signs of a header that stands as it is; bytes of what one encoded word may hold."""


class NotAnAddress(Refused):
    """No mail can be sent to this address."""


def written(letter: Letter, settings: Config, *, at: datetime, draft: bool = False) -> bytes:
    """The letter as a mail that leaves at this moment, ready to be handed over; raises `NotAnAddress`.

    It is ASCII but for a mailbox in other letters. A `draft` is for a mail program to open and send: it has no date,
    and no sender while none is set.
    """
    headers = {
        **({"X-Unsent": "1"} if draft else {"Date": format_datetime(at.astimezone(ROME))}),
        **({"From": _address(settings.mail_from_name, settings.mail_from)} if settings.mail_from else {}),
        "To": _address(letter.name, letter.mail),
        **({"Reply-To": _address("", settings.mail_reply_to)} if settings.mail_reply_to else {}),
        "Subject": _encoded(one_line(letter.subject, LONGEST_SUBJECT)),
        "Message-ID": letter.message_id,
        "Content-Language": letter.language.tongue,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return head.encode() + _content(letter).as_bytes()


def one_line(text: str, longest: int) -> str:
    """The text without what would end a header, or show it in another order than it is written."""
    return " ".join(UNSEEN.sub(" ", text).split())[:longest].strip()


def route(address: str) -> tuple[str, str]:
    """Mailbox and domain of an address, the domain in letters that every server knows; raises `NotAnAddress`.

    The mailbox may hold other letters, which not every server takes.
    """
    mailbox, _, domain = address.rpartition("@")
    try:
        known = domain.encode("idna").decode("ascii")
    except UnicodeError:
        raise NotAnAddress(mail=address) from None
    if not (MAILBOX.fullmatch(mailbox) and DOMAIN.fullmatch(known) and len(address) <= LONGEST_MAIL):
        raise NotAnAddress(mail=address)
    return mailbox, known


def _content(letter: Letter) -> EmailMessage:
    """What follows the headers: the text, its twin, and the dates as a file."""
    message = EmailMessage(policy=POLICY)
    message.set_content(_sendable(letter.text))
    message.add_alternative(_sendable(letter.html), subtype="html")
    if letter.calendar is not None:
        name = say("messages.mail.calendar", letter.language) + ".ics"
        message.add_attachment(_sendable(letter.calendar), subtype="calendar", filename=name)
    return message


def _address(name: str, address: str) -> str:
    mailbox, domain = route(address)
    return f"{_encoded(one_line(name, LONGEST_NAME))} <{mailbox}@{domain}>".lstrip()


def _encoded(line: str) -> str:
    """One line of text as a header holds it (RFC 2047), folded where it is long."""
    if PLAIN.fullmatch(line) and len(line) <= LONGEST_LINE:
        return line
    return "\r\n ".join(f"=?utf-8?b?{b64encode(word).decode()}?=" for word in _words(line))


def _words(line: str) -> Iterator[bytes]:
    """The text in pieces that an encoded word can hold, none of which ends within a letter."""
    word = b""
    for sign in line:
        if len(word) + len(sign.encode()) > LONGEST_WORD:
            yield word
            word = b""
        word += sign.encode()
    yield word


def _sendable(text: str) -> str:
    """Line ends of one kind, and none of what no mail may hold."""
    return NEVER_SENT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
