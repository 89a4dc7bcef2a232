"""The resources of an edition's self-learning area."""

from __future__ import annotations

from core.learning.rules import Audience
from core.store.table import Personal, Travelling, between, check, key, reference, text, words


class Resource(Travelling, table=True):
    """Something to read or watch: a link, a text, or both, in Italian, in English, or in both languages.

    An empty title says that there is none in that language. `position` orders the list, the lowest first.
    """

    __table_args__ = (
        check("titled", "title_it <> '' OR title_en <> ''"),
        check("holds_something", "link <> '' OR text_it <> '' OR text_en <> ''"),
        between("position", 0, 100_000),
    )

    id: int | None = key()
    edition_id: int = reference("edition.id")
    audience: Audience = words(Audience)
    title_it: str = text(Personal.KEEP)
    title_en: str = text(Personal.KEEP)
    text_it: str = text(Personal.KEEP)
    text_en: str = text(Personal.KEEP)
    link: str = text(Personal.KEEP)
    shown: bool = False
    position: int = 0
