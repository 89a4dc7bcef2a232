"""Writing the text of an occasion, and going back to the programme's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import Session, select

from core.accounts.guard import act
from core.accounts.rules import Actor, Right
from core.messages.models import Template
from core.messages.own_texts import own_text
from core.messages.templating import Wording, checked
from core.store import versions
from core.store.errors import NotFound

if TYPE_CHECKING:
    from datetime import datetime

    from core.language.text import Language
    from core.messages.rules import Occasion


@act(Right.MESSAGES)
def save_text(
    session: Session,
    *,
    edition_id: int,
    occasion: Occasion,
    language: Language,
    subject: str,
    body: str,
    seen: int,
    by: Actor,
    at: datetime,
) -> None:
    """Keep a text as it is typed; raises `Changed`, `NotFound` and what `checked` raises.

    `seen` is the version that the person looked at, 0 where there was none.
    """
    wording = checked(occasion, subject, body)
    held = _held(session, edition_id, occasion, language)
    if held is None and seen:
        raise NotFound
    if held is not None:
        held = _seen(session, held, seen, wording)
    kept = held or Template(edition_id=edition_id, occasion=occasion, language=language, subject="", body="")
    kept.subject, kept.body = wording
    session.add(kept)


@act(Right.MESSAGES)
def reset_text(
    session: Session, *, edition_id: int, occasion: Occasion, language: Language, seen: int, by: Actor, at: datetime
) -> None:
    """Let the programme's own text serve again; raises `Changed`, `NotFound`.

    The row stays, without a text: its version goes on, and nobody who saw it before can save over what comes after.
    """
    held = _held(session, edition_id, occasion, language)
    if held is None or not held.body:
        raise NotFound
    held = _seen(session, held, seen, Wording("", ""))
    held.subject, held.body = "", ""


def _held(session: Session, edition_id: int, occasion: Occasion, language: Language) -> Template | None:
    return session.exec(
        select(Template).where(
            Template.edition_id == edition_id, Template.occasion == occasion, Template.language == language
        )
    ).first()


def _seen(session: Session, held: Template, seen: int, wanted: Wording) -> Template:
    """The row in the version that was seen, else who changed it and how; before it was kept, the own text served."""
    own = own_text(held.occasion, held.language)
    return versions.get(
        session, Template, held.id or 0, seen=seen, wanted=dict(wanted._asdict()), before=dict(own._asdict())
    )
