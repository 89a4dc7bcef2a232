"""Preparing drafts: one for each person, filled and kept in one act; nothing leaves the house by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import Session, select

from core.accounts.guard import act
from core.accounts.rules import Actor, Right
from core.messages import queries
from core.messages.letters import FreeTextMissing, letter_to
from core.messages.models import Message, MessageText
from core.messages.rules import MessageState
from core.messages.templating import Wording, purposes_in
from core.people.links import links_of, reachable
from core.people.rules import Purpose
from core.store.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from core.messages.recipients import Recipient
    from core.messages.rules import Occasion
    from core.store.config import Config


class NobodyToWrite(Refused):
    """None of these people can be written to now on this occasion."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """How many drafts were made, and how many people were left out: told already, without an address or a field."""

    n: int
    skipped: int


class _Letter(NamedTuple):
    to: Recipient
    wording: Wording


@act(Right.MESSAGES)
def prepare(
    session: Session,
    *,
    edition_id: int,
    occasion: Occasion,
    recipients: Sequence[Recipient],
    settings: Config,
    links_until: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Prepared:
    """Make a draft for each of these people whom nobody has told the same before.

    Who cannot be written to is left out, and the others go on. The links that a text holds are made, and end at
    `links_until`, but for that to a consent. Raises `NobodyToWrite`, `FreeTextMissing`, `NotReachable`.
    """
    texts = queries.texts(session, edition_id, occasion, by=by)
    told = _told(session, edition_id, occasion)
    fresh = {(one.person_id, one.about): one for one in recipients if (one.person_id, one.about) not in told}
    tried = [(one, letter_to(occasion, texts, one)) for one in fresh.values()]
    letters = [_Letter(one, wording) for one, wording in tried if isinstance(wording, Wording)]
    if not letters:
        raise next((why for _, why in tried if isinstance(why, FreeTextMissing)), NobodyToWrite())
    _make_links(session, edition_id, letters, settings, links_until)
    messages = [_draft(edition_id, occasion, one.to, by, at) for one in letters]
    session.add_all(messages)
    session.flush()
    session.add_all(
        MessageText(message_id=message.id or 0, subject=wording.subject, body=wording.body, calendar=to.calendar)
        for message, (to, wording) in zip(messages, letters, strict=True)
    )
    return Prepared(len(letters), len(recipients) - len(letters))


def _told(session: Session, edition_id: int, occasion: Occasion) -> set[tuple[int, str]]:
    rows = session.exec(
        select(Message.person_id, Message.about).where(Message.edition_id == edition_id, Message.occasion == occasion)
    )
    return set(rows.all())


def _make_links(
    session: Session, edition_id: int, letters: Collection[_Letter], settings: Config, until: datetime | None
) -> None:
    wanted = {
        purpose: [to.person_id for to, wording in letters if purpose in purposes_in(wording)] for purpose in Purpose
    }
    for purpose, people in wanted.items():
        if people:
            reachable(settings)
            ends = None if purpose is Purpose.CONSENT else until
            links_of(session, people, edition_id, purpose, until=ends)


def _draft(edition_id: int, occasion: Occasion, to: Recipient, by: Actor, at: datetime) -> Message:
    return Message(
        edition_id=edition_id,
        person_id=to.person_id,
        occasion=occasion,
        about=to.about,
        language=to.language,
        name=to.spoken,
        mail=to.mail,
        state=MessageState.DRAFT,
        prepared_at=at,
        prepared_by=by.account_id,
    )
