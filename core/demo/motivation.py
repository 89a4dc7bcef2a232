"""Why somebody applies, put together from fragments; some in English, some that a reviewer will not like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.demo.chance import happens
from core.demo.taxonomy import mentor_fragments, taxonomy
from core.people.rules import Side

if TYPE_CHECKING:
    from random import Random

    from core.demo.taxonomy import Fragments

IN_ENGLISH, WEAK = 0.2, 0.08
OF_GRADUATES = ("laureata", "graduated")
OF_STUDENTS = ("ultimo anno", "Studio ", "Dopo la tesi", "Frequento", "final year", "I moved to")
FEMININE = {"laureata": "laureato", "formata": "formato"}
MASCULINE = {"preparato": "preparata"}
BEST, WORST = 4.6, 1.6


@dataclass(frozen=True, slots=True)
class Motivation:
    """A text, whether it is in English, and how good it is, 1 to 5."""

    text: str
    in_english: bool
    quality: float


@dataclass(frozen=True, slots=True)
class About:
    """Who speaks: the side, the gender, what was studied, which sector, and whether the studies are over."""

    side: Side
    gender: str
    programme: str
    sector: tuple[str, str]
    graduate: bool


def motivation(rng: Random, about: About, *, in_english: bool | None = None) -> Motivation:
    """Draw a text; a longer one is a better one, most of the time."""
    english = happens(rng, IN_ENGLISH) if in_english is None else in_english
    fragments = mentor_fragments() if about.side is Side.MENTOR else taxonomy().motivation_fragments
    offered = fragments.en if english else fragments.it
    if happens(rng, WEAK):
        return Motivation(rng.choice(offered.weak), english, rng.uniform(1, WORST + 0.6))
    parts = [_opener(rng, offered, about), *rng.sample(offered.reason, rng.choice((1, 1, 2)))]
    parts.append(rng.choice(offered.goal))
    if happens(rng, 0.4):
        parts.append(rng.choice(offered.fear))
    parts.append(rng.choice(offered.close))
    sector = about.sector[1 if english else 0]
    text = " ".join(parts).format(programme=about.programme, sector=sector[:1].lower() + sector[1:])
    quality = rng.gauss(2.9 + 0.35 * (len(parts) - 3), 0.7)
    return Motivation(_agreeing(text, about.gender), english, min(max(quality, WORST), BEST))


def _opener(rng: Random, offered: Fragments, about: About) -> str:
    out_of_place = OF_STUDENTS if about.graduate else OF_GRADUATES
    fitting = [one for one in offered.opener if not any(word in one for word in out_of_place)]
    return rng.choice(offered.opener if about.side is Side.MENTOR else fitting)


def _agreeing(text: str, gender: str) -> str:
    """The text in the speaker's own gender; who gives neither keeps the fragments' own."""
    for word, other in {"m": FEMININE, "f": MASCULINE}.get(gender, {}).items():
        text = text.replace(word, other)
    return text
