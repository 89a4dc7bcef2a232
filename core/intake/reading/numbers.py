"""Which number did the person write? Only clear forms are read; what is only about right is marked."""

from __future__ import annotations

import re

from core.intake.reading.fields import FinalMark
from core.intake.reading.problems import Code, Flaw, Found

NUMBER = r"(?P<n>\d{1,4}(?:[.,]\d+)?)"
ABOUT = (
    r"(?P<about>(?:circa|ca\.?|about|around|approx\.?|~|≈|>|≥"
    r"|oltre|più di|piu di|more than|over|almeno|at least)\s*)?"
)
MEAN = re.compile(
    ABOUT + NUMBER + r"(?:\s*(?:/|su|out of)\s*(?P<of>\d{2,3}))?(?P<honours>\s*(?:e\s*)?(?:l|lode|cum laude))?"
)
FINAL = re.compile(
    r"(?P<n>\d{1,3})(?:\s*(?:/|su|out of)\s*110)?"
    r"(?P<honours>\s*(?:e\s*|con\s*|with\s*)?(?:l|lode|cum laude|honours))?"
)
CREDITS = re.compile(r"(?P<n>\d{1,3})(?:[.,]0+)?(?:\s*/\s*\d{2,3})?(?:\s*(?:cfu|crediti|credits|ects))?")
YEARS = re.compile(
    ABOUT + NUMBER + r"\s*(?P<plus>\+)?\s*(?:anni|anno|years?|yrs?)?\s*(?P<more>\+|o più|e oltre|or more)?"
)
SPAN = re.compile(
    r"(?:da|from|tra|between)?\s*(?P<n>\d{1,2})\s*(?:a|to|e|and|-|–)\s*(?P<to>\d{1,2})\s*(?:anni|years?|yrs?)?"
)
COUNT = re.compile(r"(?P<n>\d{1,4})(?:[.,]0+)?(?:\s*(?:mentee|mentees|persone|people))?")
YEAR = re.compile(r"(?P<n>(?:19|20)\d{2})")
SCALE = re.compile(r"(?P<n>\d{1,4})(?:[.,]0+)?(?:\s*/\s*(?P<of>\d{1,2}))?(?:\s*[-–—=:)(.]\s*\D.*)?", re.DOTALL)
MEAN_RANGE = (18, 30)
FINAL_RANGE = (66, 110)


def mean(text: str) -> Found:
    """Read a mean of exams out of 30; a mark out of 110 in its place is told apart."""
    found = MEAN.fullmatch(text.lower())
    if not found:
        return _unreadable()
    value, of = _number(found["n"]), found["of"]
    low, high = FINAL_RANGE
    if of == "110" or low <= value <= high:
        return Found(None, (Flaw(Code.MEAN_LOOKS_LIKE_FINAL_MARK),))
    if of not in (None, "30"):
        return _unreadable()
    low, high = MEAN_RANGE
    if not low <= value <= high or (found["honours"] and value != high):
        return Found(None, (Flaw(Code.MEAN_OUT_OF_RANGE, {"low": low, "high": high}),))
    return Found(value, (Flaw(Code.NUMBER_APPROXIMATE),) if found["about"] else ())


def final_mark(text: str) -> Found:
    """Read a degree mark, 66 to 110 and honours."""
    found = FINAL.fullmatch(text.lower())
    if not found:
        return _unreadable()
    points, honours = int(found["n"]), bool(found["honours"])
    low, high = FINAL_RANGE
    if not low <= points <= high or (honours and points != high):
        return Found(None, (Flaw(Code.FINAL_MARK_OUT_OF_RANGE, {"low": low, "high": high}),))
    return Found(FinalMark(points, honours))


def university_credits(text: str, limits: tuple[int, int]) -> Found:
    """Read a number of credits, "96" or "96/120"."""
    return _within(CREDITS.fullmatch(text.lower()), limits)


def capacity(text: str, limits: tuple[int, int]) -> Found:
    """Read how many mentees a mentor takes."""
    return _within(COUNT.fullmatch(text.lower()), limits)


def years(text: str, limits: tuple[int, int]) -> Found:
    """Read years of experience; "10+", "> 20" and "5-10" count as their lower bound, and are marked."""
    plain = text.lower()
    found, about = YEARS.fullmatch(plain), False
    if found:
        about = any((found["about"], found["plus"], found["more"]))
    else:
        found = SPAN.fullmatch(plain)
        about = True
        if found and int(found["to"]) < int(found["n"]):
            found = None
    if not found:
        return _unreadable()
    value = _number(found["n"])
    low, high = limits
    if not low <= value <= high:
        return Found(None, (Flaw(Code.NUMBER_OUT_OF_RANGE, {"low": low, "high": high}),))
    return Found(value, (Flaw(Code.YEARS_APPROXIMATE),) if about else ())


def year(text: str) -> Found:
    """Read a calendar year of four digits."""
    found = YEAR.fullmatch(text)
    return Found(int(found["n"])) if found else Found(None, (Flaw(Code.YEAR_UNREADABLE),))


def scale(text: str, limits: tuple[int, int]) -> Found:
    """Read an answer on a scale: "4", "4/5", "4 - molto"."""
    low, high = limits
    found = SCALE.fullmatch(text)
    fits = found and low <= int(found["n"]) <= high and found["of"] in (None, str(high))
    if found and fits:
        return Found(int(found["n"]))
    return Found(None, (Flaw(Code.SCALE_OUT_OF_RANGE, {"low": low, "high": high}),))


def _within(found: re.Match[str] | None, limits: tuple[int, int]) -> Found:
    if not found:
        return _unreadable()
    low, high = limits
    value = int(found["n"])
    if not low <= value <= high:
        return Found(None, (Flaw(Code.NUMBER_OUT_OF_RANGE, {"low": low, "high": high}),))
    return Found(value)


def _number(text: str) -> int | float:
    value = float(text.replace(",", "."))
    return int(value) if value.is_integer() else value


def _unreadable() -> Found:
    return Found(None, (Flaw(Code.NUMBER_UNREADABLE),))
