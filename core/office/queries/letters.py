"""Whom staff can write to on an occasion, why, and who has been told already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from core.accounts.guard import query
from core.accounts.rules import SYSTEM, Actor, Right
from core.messages.models import Message
from core.messages.recipients import Recipient, about, matter
from core.office.audiences import AUDIENCES, values
from core.office.audiences.sources import Candidate, Sources
from core.store.remembered import remembered

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from core.language.text import Language
    from core.messages.fields import Field
    from core.messages.rules import MessageState, Occasion
    from core.people.rules import Side
    from core.store.errors import Told

AFTER = timedelta(days=60)
"""So long after the last day of the meetings personal links still open."""
TOLD = (
    sa.select(
        col(Message.occasion),
        col(Message.person_id),
        col(Message.about),
        col(Message.state),
        sa.func.coalesce(col(Message.sent_at), col(Message.prepared_at)),
    )
    .where(col(Message.edition_id) == sa.bindparam("edition"))
    .order_by(col(Message.id))
)


class Earlier(NamedTuple):
    """A message that is there already: about what, how far it has come, and when it was sent, else prepared."""

    about: str
    state: MessageState
    at: datetime


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody whom an occasion is meant for, with the reason and the last message about the same matter.

    `settled`: there is no need to write, or not now. `again`: the same can be told once more (see `REMINDING`).
    """

    recipient: Recipient
    side: Side
    why: Told
    settled: bool
    told: Earlier | None
    again: bool

    @property
    def waits(self) -> bool:
        """Whether nobody has told this person, and somebody should."""
        return self.told is None and not self.settled


@query(Right.MESSAGES)
def recipients(session: Session, edition_id: int, occasion: Occasion, *, today: date, by: Actor) -> list[Addressee]:
    """Everybody whom the occasion is meant for, with all that a text of it can say."""
    sources = Sources(session, edition_id, today=today, by=by)
    told = _told(session, edition_id)
    words = _Words(sources, occasion)
    return [
        _addressee(one, words, occasion, told.get((occasion, one.one.person_id, one.matter)), today)
        for one in AUDIENCES[occasion](sources)
    ]


@query(Right.MESSAGES)
def waiting(session: Session, edition_id: int, *, today: date, by: Actor) -> Mapping[Occasion, int]:
    """How many people wait for a word on each occasion: not told yet, and without an answer of their own."""
    return _waiting(session, edition_id, today)


@remembered
def _waiting(session: Session, edition_id: int, today: date) -> Mapping[Occasion, int]:
    """As `waiting`: everybody is counted anew for it, which costs more than the rest of the page that shows it."""
    sources = Sources(session, edition_id, today=today, by=SYSTEM)
    told = _told(session, edition_id)
    return MappingProxyType(
        {
            occasion: sum(
                (occasion, one.one.person_id, one.matter) not in told and not one.settled for one in audience(sources)
            )
            for occasion, audience in AUDIENCES.items()
        }
    )


@query(Right.MESSAGES)
def links_end(session: Session, edition_id: int, *, today: date, by: Actor) -> datetime:
    """Until when the personal links of an edition open something."""
    return values.links_end(Sources(session, edition_id, today=today, by=by), after=AFTER)


class _Words:
    """The fields of people in their own languages; what many share is put into words once."""

    def __init__(self, sources: Sources, occasion: Occasion) -> None:
        self.occasion = occasion
        self.of_people = values.of_people(sources, occasion)
        common = values.shared(sources, occasion)
        self.of_side = {side: {**common, **own} for side, own in values.of_side(sources, occasion).items()}
        self.said: dict[tuple[Side, Language], Mapping[Field, str]] = {}

    def of(self, candidate: Candidate) -> dict[Field, str]:
        """All fields of one letter."""
        one, language = candidate.one, candidate.one.language
        if (one.side, language) not in self.said:
            shared = values.in_words(self.of_side[one.side], language)
            self.said[one.side, language] = {**shared, **values.signature(language)}
        own = {**values.own(candidate, self.occasion), **self.of_people.get(one.application_id, {})}
        return {**self.said[one.side, language], **values.names(one), **values.in_words(own, language)}


def _addressee(candidate: Candidate, words: _Words, occasion: Occasion, told: Earlier | None, today: date) -> Addressee:
    one = candidate.one
    recipient = Recipient(
        one.person_id,
        one.first_name,
        one.last_name,
        one.mail,
        one.language,
        about(occasion, candidate.matter, today),
        words.of(candidate),
    )
    again = told is None or told.about != recipient.about
    return Addressee(recipient, one.side, candidate.why, candidate.settled, told, again)


def _told(session: Session, edition_id: int) -> dict[tuple[Occasion, int, str], Earlier]:
    """The last message about each matter, by occasion and person."""
    rows = session.connection().execute(TOLD, {"edition": edition_id})
    return {
        (occasion, person, matter(occasion, said)): Earlier(said, state, at)
        for occasion, person, said, state, at in rows
    }
