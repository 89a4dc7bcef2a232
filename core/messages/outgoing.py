"""A message as it leaves the house: its marks replaced by the person's own addresses, and its HTML twin.

A text is prepared with the marks `[[programme]]`, `[[consent]]` and `[[calendar]]`, so that no draft holds what would
open somebody's pages. Not guarded: whoever calls has asked for a right.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.messages.twin import twin
from core.people.links import address_of, link_of, reachable
from core.people.models import PersonalLink
from core.people.rules import Purpose

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from core.language.text import Language
    from core.messages.models import Message, MessageText
    from core.store.config import Config

MARKS = {purpose: f"[[{purpose.value}]]" for purpose in Purpose}
ANY_MARK = re.compile(r"\[\[(programme|consent|calendar)\]\]")
Addresses = dict[tuple[int, int, Purpose], str]
"""By person, edition and purpose."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it leaves: the addresses are in its texts, `calendar` is an iCalendar file.

    `links` are the person's own addresses that its text holds, by what they open.
    """

    name: str
    mail: str
    subject: str
    text: str
    calendar: str | None
    language: Language
    message_id: str
    links: Mapping[Purpose, str]

    @property
    def html(self) -> str:
        """The HTML twin of the text; made when it is asked for, since lists of letters show the text alone."""
        return twin(self.text, self.language, subject=self.subject)


def purposes(body: str) -> set[Purpose]:
    """What the personal addresses open for which the text has a mark."""
    return {Purpose(found[1]) for found in ANY_MARK.finditer(body)}


def addresses(session: Session, people: Collection[int], settings: Config) -> Addresses:
    """The personal addresses of these people that have been made; none while the programme has no address itself."""
    if not settings.public_url:
        return {}
    rows = session.exec(select(PersonalLink).where(col(PersonalLink.person_id).in_(people)))
    return {(one.person_id, one.edition_id, one.purpose): address_of(one, settings) for one in rows}


def make_links(session: Session, message: Message, body: str, settings: Config) -> Addresses:
    """The addresses that the text asks for, made where they are missing; raises `NotReachable` when it asks for one."""
    found: Addresses = {}
    for purpose in sorted(purposes(body)):
        reachable(settings)
        link = link_of(session, message.person_id, message.edition_id, purpose)
        found[message.person_id, message.edition_id, purpose] = address_of(link, settings)
    return found


def letter(message: Message, text: MessageText, known: Addresses, settings: Config) -> Letter:
    """The message with its addresses put in; a mark whose address is not made yet stays as it is."""
    own = {
        purpose: known[where]
        for purpose in sorted(purposes(text.body))
        if (where := (message.person_id, message.edition_id, purpose)) in known
    }
    body = ANY_MARK.sub(lambda found: own.get(Purpose(found[1]), found[0]), text.body)
    return Letter(
        name=message.name,
        mail=message.mail,
        subject=text.subject,
        text=body,
        calendar=text.calendar,
        language=message.language,
        message_id=message_id(message, settings),
        links=own,
    )


def is_whole(letter: Letter) -> bool:
    """Whether every mark has become an address: nobody gets a letter with a mark in it."""
    return ANY_MARK.search(letter.text) is None


def fingerprint(message: Message, text: MessageText) -> str:
    """Sixteen signs that differ when what is said, or to whom, differs."""
    whole = (message.id, message.name, message.mail, text.subject, text.body, text.calendar)
    return hashlib.sha256(repr(whole).encode(errors="surrogatepass")).hexdigest()[:16]


def message_id(message: Message, settings: Config) -> str:
    """The Message-ID of a message: always the same for it, and no other message's, nor another installation's.

    The number alone would not do: after a copy was put back it is given again.
    """
    which = repr((message.id, message.person_id, message.occasion.value, message.about, message.prepared_at))
    digest = hmac.new(settings.secret(), f"message {which}".encode(), hashlib.sha256).hexdigest()[:24]
    domain = settings.mail_from.rpartition("@")[2] or settings.public_host.partition(":")[0] or "mentoring.invalid"
    return f"<{digest}@{domain}>"
