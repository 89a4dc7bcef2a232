"""Which answer was chosen? Levels, ways of meeting, consents, languages, lists of options."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.intake.reading.fields import Level, Mode
from core.intake.reading.problems import Code, Flaw, Found

if TYPE_CHECKING:
    from collections.abc import Iterable

LEVELS = (
    (
        Level.GRADUATED,
        r"(?<!under-)(?<!post-)\bgraduated?\b(?! (?:student|programme|course))|laureat[oaie]\b|\balumn",
    ),
    (Level.CICLO_UNICO, r"ciclo unico|single[ -]cycle"),
    (Level.MAGISTRALE, r"magistrale|specialistica|\bmaster'?s?( degree)?\b|^lm$|second[ -]cycle"),
    (Level.TRIENNALE, r"triennale|bachelor|undergraduate|^l$|first[ -]cycle"),
)
# What may be named beside the level that counts: a "magistrale a ciclo unico" is of one cycle.
BESIDE = {
    Level.GRADUATED: frozenset(Level),
    Level.CICLO_UNICO: frozenset({Level.CICLO_UNICO, Level.MAGISTRALE}),
    Level.MAGISTRALE: frozenset({Level.MAGISTRALE}),
    Level.TRIENNALE: frozenset({Level.TRIENNALE}),
}
BESIDE_AT_MOST = 2
STILL_STUDIES = re.compile(r"\b(?:iscritt|studen|enrolled)")
MODES = (
    (
        Mode.EITHER,
        r"indifferent|entramb|either|both|\bmist[ao]\b|blended|ibrid|hybrid|no preference|nessuna preferenza",
    ),
    (Mode.ONLINE, r"on[ -]?line|remot|distan|virtual"),
    (Mode.IN_PERSON, r"presenza|person|\blive\b|dal vivo|face to face"),
)
YES = re.compile(r"s[iì]['’`]?|y|yes|x|1|true|vero|ok|✓|✔|accept(?:ed)?|accetto|acconsento|agree|i agree")
NO = re.compile(r"no?|0|false|falso")
GIVES = r"(?:acconsent|consent|accett|autorizz|agree|accept|presto il|do il|give my|ho letto|have read)"
GIVES_CONSENT = re.compile(rf"\b{GIVES}|^(?:s[iì]|yes)\b")
DENIES_CONSENT = re.compile(rf"\b(?:non|not|don['’]t)\s+(?:\w+\s+)?{GIVES}|\bdisagree|\bnego\b|^no\b")
NEGATION = re.compile(r"\b(?:non|not|ma|but|don['’]t)\b")
BETWEEN_LANGUAGES = re.compile(r"[;,/\n]|\s(?:e|and|&)\s")
BETWEEN_CHOICES = re.compile(r"[;\n]")


def level(text: str) -> Found:
    """Read which course a mentee attends; two of them, or a graduate who still studies, are not decided."""
    plain = text.lower()
    found = {value for value, words in LEVELS if re.search(words, plain)}
    value = next((value for value, _ in LEVELS if value in found), None)
    undecided = value is None or len(found) > BESIDE_AT_MOST or not found <= BESIDE[value]
    if undecided or (value is Level.GRADUATED and STILL_STUDIES.search(plain)):
        return Found(None, (Flaw(Code.OPTION_UNKNOWN),))
    return Found(value)


def mode(text: str) -> Found:
    """Read how a person would like to meet; both ways named is either."""
    found = {value for value, words in MODES if re.search(words, text.lower())}
    if Mode.EITHER in found or len(found) > 1:
        return Found(Mode.EITHER)
    return Found(found.pop()) if found else Found(None, (Flaw(Code.OPTION_UNKNOWN),))


def consent(text: str) -> Found:
    """Read a consent; only a clear yes is one."""
    plain = " ".join(text.lower().split()).rstrip(".")
    if YES.fullmatch(plain):
        return Found(value=True)
    if NO.fullmatch(plain) or DENIES_CONSENT.search(plain):
        return Found(value=False, flaws=(Flaw(Code.CONSENT_MISSING),))
    if GIVES_CONSENT.search(plain) and not NEGATION.search(plain):
        return Found(value=True)
    return Found(value=False, flaws=(Flaw(Code.CONSENT_UNCLEAR),))


def languages(text: str) -> Found:
    """Cut a list of languages, whatever stands between them."""
    return Found(_tidy(BETWEEN_LANGUAGES.split(text)))


def choice(text: str, options: tuple[str, ...]) -> Found:
    """Read one choice; with options known, another answer is kept and marked."""
    known = {_alike(option): option for option in options}
    value = known.get(_alike(text), text)
    return Found(value, (Flaw(Code.OPTION_UNKNOWN),) if options and value not in options else ())


def choices(text: str, options: tuple[str, ...], *, cut_at_semicolons: bool) -> Found:
    """Cut several choices joined in one cell.

    Options hold commas themselves: without the list of options only semicolons and line breaks cut, and a
    comma in a column without semicolons is not decided.
    """
    if options:
        return _known_choices(text, options)
    if not cut_at_semicolons and "," in text and "\n" not in text:
        return Found(None, (Flaw(Code.CHOICES_UNCLEAR),))
    return Found(_tidy(BETWEEN_CHOICES.split(text)))


def _known_choices(text: str, options: tuple[str, ...]) -> Found:
    """Find the options, the longest first; what stands between them is an answer of the person's own."""
    by_length = sorted(options, key=len, reverse=True)
    pattern = "|".join(re.sub(r"\\?\s+", r"\\s+", re.escape(option)) for option in by_length)
    ends = re.compile(rf"(?:^|(?<=[;,\n])\s*)(?P<option>{pattern})\s*(?=$|[;,\n])", re.IGNORECASE)
    known = {_alike(option): option for option in options}
    taken: list[str] = []
    strange: list[str] = []
    at = 0
    for found in (*ends.finditer(text), None):
        between = text[at : found.start() if found else len(text)].strip(" ,;\n")
        strange += (words := _tidy(BETWEEN_CHOICES.split(between)))
        taken += words
        if found:
            taken.append(known[_alike(found["option"])])
            at = found.end()
    return Found(_tidy(taken), tuple(Flaw(Code.OPTION_UNKNOWN, {"value": words}) for words in strange))


def _alike(text: str) -> str:
    return " ".join(text.casefold().split())


def _tidy(parts: Iterable[str]) -> tuple[str, ...]:
    """Drop what is empty or said twice."""
    return tuple(dict.fromkeys(stripped for part in parts if (stripped := part.strip())))
