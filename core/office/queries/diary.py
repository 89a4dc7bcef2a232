"""One's own dates, for a calendar that asks again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.accounts.guard import query
from core.accounts.rules import Actor, Right
from core.office import diary

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from core.language.text import Language


@query(Right.OWN)
def calendar_of(session: Session, *, edition_id: int, at: datetime, language: Language, by: Actor) -> bytes:
    """The dates of whoever asks, in this edition, as an iCalendar file; without dates one that is empty.

    What it says does not depend on the moment `at` which it is asked: as long as nothing changes it stays the same.
    """
    goers = diary.goers_of(session, edition_id, by.person_id, language)
    found = diary.calendars(session, edition_id, goers)
    return found.get(by.person_id or 0) or diary.empty_calendar(session, edition_id, language)
