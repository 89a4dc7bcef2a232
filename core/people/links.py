"""Personal links: what a person without an account opens the own pages with.

Nothing secret is kept: a link is made of the installation's secret, the person, the edition, the purpose and a
generation. So the same link comes out whenever it is printed, mailed or reminded of, and raising the generation
makes all earlier ones worthless.

Not guarded: whoever calls has asked for a right, or opens the door with what a browser brought.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from core.accounts.rules import Actor, ActorKind
from core.language.text import Language
from core.people.models import Person, PersonalLink
from core.people.names import Named
from core.people.rules import Purpose
from core.store.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from core.store.config import Config

NUMBER = re.compile(r"[0-9]{1,9}")
DIGEST = 32
PLACES = {Purpose.PROGRAMME: "/mine/", Purpose.CONSENT: "/consent/", Purpose.CALENDAR: "/calendar/"}
"""Below which path each kind of link opens."""


class NotReachable(Refused):
    """The address that people type is not set, so a link would lead nowhere."""


@dataclass(frozen=True, slots=True)
class _Behind(Named):
    """A link with whom it belongs to."""

    id: int
    person_id: int
    edition_id: int
    purpose: Purpose
    generation: int
    until: datetime | None
    first_name: str
    last_name: str
    language: Language | None


COLUMNS: tuple[Any, ...] = (
    PersonalLink.id,
    PersonalLink.person_id,
    PersonalLink.edition_id,
    PersonalLink.purpose,
    PersonalLink.generation,
    PersonalLink.until,
    Person.first_name,
    Person.last_name,
    Person.language,
)
BEHIND = sa.select(*COLUMNS).join(Person).where(col(PersonalLink.id) == sa.bindparam("link"))
"""In the order of the fields; put together once: every light page asks it."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Who has come by a link, to which edition, and who the record names for it."""

    person_id: int
    edition_id: int
    name: str
    language: Language
    by: Actor
    chosen: bool = False
    """Whether somebody has chosen the language; else it is the programme's own."""


def link_of(
    session: Session, person_id: int, edition_id: int, purpose: Purpose, *, until: datetime | None = None
) -> PersonalLink:
    """The person's link for this purpose, made where there is none; `until` moves its end, None leaves it."""
    link = session.exec(
        select(PersonalLink).where(
            PersonalLink.person_id == person_id,
            PersonalLink.edition_id == edition_id,
            PersonalLink.purpose == purpose,
        )
    ).first() or PersonalLink(person_id=person_id, edition_id=edition_id, purpose=purpose)
    link.until = until or link.until
    session.add(link)
    session.flush()
    return link


def links_of(
    session: Session, people: Collection[int], edition_id: int, purpose: Purpose, *, until: datetime | None = None
) -> dict[int, PersonalLink]:
    """As `link_of`, for many people at once: their links by person."""
    found = session.exec(
        select(PersonalLink).where(
            PersonalLink.edition_id == edition_id,
            PersonalLink.purpose == purpose,
            col(PersonalLink.person_id).in_(people),
        )
    )
    links = {link.person_id: link for link in found}
    for person in people:
        link = links.setdefault(person, PersonalLink(person_id=person, edition_id=edition_id, purpose=purpose))
        link.until = until or link.until
    session.add_all(links.values())
    session.flush()
    return links


def token_of(link: PersonalLink | _Behind, secret: bytes) -> str:
    """What the link carries: its number and a keyed digest of 32 signs."""
    said = repr((link.id, link.person_id, link.edition_id, link.purpose.value, link.generation)).encode()
    return f"{link.id}-{hmac.new(secret, said, hashlib.sha256).hexdigest()[:DIGEST]}"


def address_of(link: PersonalLink, settings: Config) -> str:
    """The whole address to hand to the person; raises `NotReachable` where the programme has no public one."""
    return reachable(settings) + PLACES[link.purpose] + token_of(link, settings.secret())


def reachable(settings: Config) -> str:
    """The address that people type, without a slash at its end; raises `NotReachable` when it is not set."""
    if not settings.public_url:
        raise NotReachable
    return settings.public_url.rstrip("/")


def opened_by(session: Session, token: str, purpose: Purpose, secret: bytes, *, at: datetime) -> Visit | None:
    """Whose matters this link opens now; None when it is guessed, replaced, too old, or of another purpose."""
    number = token.partition("-")[0]
    row = session.connection().execute(BEHIND, {"link": int(number) if NUMBER.fullmatch(number) else 0}).first()
    link = _Behind(*row) if row else None
    if link is None or link.purpose is not purpose or (link.until is not None and at > link.until):
        return None
    if not hmac.compare_digest(token.encode(), token_of(link, secret).encode()):
        return None
    language = link.language or Language.ITALIAN
    by = Actor(ActorKind.LINK, link.spoken, language=language, person_id=link.person_id)
    return Visit(link.person_id, link.edition_id, link.spoken, language, by, chosen=link.language is not None)
