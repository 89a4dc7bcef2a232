"""What the self-learning area offers, to whom, and what can be put into it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from core.store.errors import Refused, Told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.language.format import Tongue

TONGUES: tuple[Tongue, Tongue] = ("it", "en")
TITLE_LENGTH, TEXT_LENGTH, LINK_LENGTH = 120, 20_000, 2_000
SCHEMES = ("https", "http")


class Audience(StrEnum):
    """Whom a resource is for."""

    BOTH = "both"
    MENTEES = "mentees"
    MENTORS = "mentors"


class TitleMissing(Refused):
    """A resource has a title in one language at least."""


class TitleTooLong(Refused):
    """A title has at most 120 characters."""


class TextTooLong(Refused):
    """A text has at most 20,000 characters."""


class TextWithoutTitle(Refused):
    """There is a text in a language in which there is no title."""


class NothingInside(Refused):
    """There is neither a link nor a text."""


class LinkNotValid(Refused):
    """The link is no address of the web."""


class LinkTooLong(Refused):
    """A link has at most 2,000 characters."""


class Titled:
    """Whatever has a title in one language or in both; an empty one says that there is none in that language."""

    __slots__ = ()
    title_it: str
    title_en: str

    def title(self, tongue: Tongue) -> str:
        """The title in this language, else in the other one."""
        return (self.title_it or self.title_en) if tongue == "it" else (self.title_en or self.title_it)

    @property
    def languages(self) -> tuple[Tongue, ...]:
        """The languages that it is there in."""
        return tuple(one for one, title in zip(TONGUES, (self.title_it, self.title_en), strict=True) if title)


@dataclass(frozen=True, slots=True)
class Draft(Titled):
    """What is typed of a resource."""

    audience: Audience = Audience.BOTH
    title_it: str = ""
    title_en: str = ""
    text_it: str = ""
    text_en: str = ""
    link: str = ""
    shown: bool = False

    def checked(self) -> Draft:
        """The same without needless blanks.

        Raises `TitleMissing`, `TitleTooLong`, `TextTooLong`, `TextWithoutTitle`, `NothingInside`, `LinkTooLong`,
        `LinkNotValid`.
        """
        clean = replace(
            self,
            title_it=" ".join(self.title_it.split()),
            title_en=" ".join(self.title_en.split()),
            text_it=_text(self.text_it),
            text_en=_text(self.text_en),
            link=self.link.strip(),
        )
        if not clean.title_it and not clean.title_en:
            raise TitleMissing
        for language, title, text in zip(TONGUES, *clean.written, strict=True):
            _require_language(language, title, text)
        if not (clean.link or clean.text_it or clean.text_en):
            raise NothingInside
        if clean.link:
            _require_link(clean.link)
        return clean

    @property
    def written(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """The titles and the texts, each in the order of the languages."""
        return (self.title_it, self.title_en), (self.text_it, self.text_en)


def reaches(audience: Audience, side: Audience) -> bool:
    """Whether a resource for these is seen by this side; BOTH as the side stands for everybody."""
    return Audience.BOTH in (audience, side) or audience is side


def rising(positions: Iterable[int]) -> list[int]:
    """Positions in order and no two alike: those that stand apart stay, one that is taken moves up."""
    return list(accumulate(sorted(positions), lambda last, wanted: max(wanted, last + 1)))


def _text(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _require_language(language: Tongue, title: str, text: str) -> None:
    tongue = Told(f"learning.tongue_{language}")
    if len(title) > TITLE_LENGTH:
        raise TitleTooLong(tongue=tongue, length=len(title), most=TITLE_LENGTH)
    if len(text) > TEXT_LENGTH:
        raise TextTooLong(tongue=tongue, length=len(text), most=TEXT_LENGTH)
    if text and not title:
        raise TextWithoutTitle(tongue=tongue)


def _require_link(link: str) -> None:
    if len(link) > LINK_LENGTH:
        raise LinkTooLong(length=len(link), most=LINK_LENGTH)
    if not _leads_somewhere(link):
        raise LinkNotValid


def _of_the_web(host: str | None) -> bool:
    """Whether a host has names parted by dots: one without leads to the reader's own machine or network."""
    names = (host or "").removesuffix(".").split(".")
    return len(names) > 1 and all(names)


def _leads_somewhere(link: str) -> bool:
    """Whether this is https:// or http:// and a host, with nothing that browsers would read otherwise."""
    if not link.isprintable() or any(sign in link for sign in ' "<>\\^`{|}'):
        return False
    try:
        parts = urlsplit(link)
        return parts.scheme in SCHEMES and _of_the_web(parts.hostname) and parts.username is None and parts.port != 0
    except ValueError:  # no number where the port stands, or a bracket that is not closed
        return False
