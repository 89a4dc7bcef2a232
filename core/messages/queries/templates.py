"""What is written on each occasion: the text as staff have changed it, else the programme's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.accounts.guard import query
from core.accounts.rules import Actor, Right
from core.language.text import OFFERED, Language
from core.messages.models import Template
from core.messages.own_texts import own_text
from core.messages.templating import Wording

if TYPE_CHECKING:
    from core.messages.rules import Occasion


@dataclass(frozen=True, slots=True)
class Kept:
    """The text that serves, and the version to hand back when saving; `own` says that it is the programme's."""

    wording: Wording
    version: int
    own: bool


@query(Right.MESSAGES)
def texts(session: Session, edition_id: int, occasion: Occasion, *, by: Actor) -> dict[Language, Kept]:
    """The text of an occasion in each language."""
    rows = session.exec(select(Template).where(Template.edition_id == edition_id, Template.occasion == occasion))
    held = {row.language: row for row in rows}
    return {language: _kept(occasion, language, held.get(language)) for language in OFFERED}


@query(Right.MESSAGES)
def changed_texts(session: Session, edition_id: int, *, by: Actor) -> frozenset[tuple[Occasion, Language]]:
    """The texts that staff have written themselves."""
    found = select(Template).where(Template.edition_id == edition_id, col(Template.body) != "")
    return frozenset((row.occasion, row.language) for row in session.exec(found))


def _kept(occasion: Occasion, language: Language, row: Template | None) -> Kept:
    """A row without a text is what is left of one that was taken back: only its version counts on."""
    if row is None or not row.body:
        return Kept(own_text(occasion, language), row.version if row else 0, own=True)
    return Kept(Wording(row.subject, row.body), row.version, own=False)
