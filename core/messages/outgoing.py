"""A message as it leaves the house: its marks replaced by the person's own addresses, and its HTML twin.

Not guarded: whoever calls has asked for a right.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.messages.marks import purposes_in, with_addresses
from core.messages.twin import twin
from core.people.links import address_of, link_of, reachable
from core.people.models import PersonalLink

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from core.language.text import Language
    from core.messages.models import Message, MessageText
    from core.people.rules import Purpose
    from core.store.config import Config

Addresses = dict[tuple[int, int, "Purpose"], str]
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


def addresses(session: Session, people: Collection[int], settings: Config) -> Addresses:
    """The personal addresses of these people that have been made; none while the programme has no address itself."""
    if not settings.public_url:
        return {}
    rows = session.exec(select(PersonalLink).where(col(PersonalLink.person_id).in_(people)))
    return {(one.person_id, one.edition_id, one.purpose): address_of(one, settings) for one in rows}


def make_links(session: Session, message: Message, body: str, settings: Config) -> Addresses:
    """The addresses that the text asks for, made where they are missing; raises `NotReachable` when it asks for one."""
    found: Addresses = {}
    for purpose in sorted(purposes_in(body)):
        reachable(settings)
        link = link_of(session, message.person_id, message.edition_id, purpose)
        found[message.person_id, message.edition_id, purpose] = address_of(link, settings)
    return found


def letter(message: Message, text: MessageText, known: Addresses, settings: Config) -> Letter:
    """The message with its addresses put in; a mark whose address is not made yet stays as it is."""
    own = {
        purpose: known[where]
        for purpose in sorted(purposes_in(text.body))
        if (where := (message.person_id, message.edition_id, purpose)) in known
    }
    return Letter(
        name=message.name,
        mail=message.mail,
        subject=text.subject,
        text=with_addresses(text.body, own),
        calendar=text.calendar,
        language=message.language,
        message_id=message_id(message, settings),
        links=own,
    )


def is_whole(letter: Letter) -> bool:
    """Whether every mark has become an address: nobody gets a letter with a mark in it."""
    return not purposes_in(letter.text)


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
