"""Which columns of a table name the mentee, the choices in their order, and the mentors who are not wanted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.people.names import search_key
from core.store.errors import Refused

VETO = re.compile(r"preferi\w* di no|rather not|\bveto|\bnon vorre|\bescl[ud]|\bno$")
CHOICE = re.compile(r"scelt|choice|preferen")
MAIL = re.compile(r"mail|posta elettronica")
NAME = re.compile(r"mentee|nome|name|studente")
ORDINALS = tuple(
    tuple(pair.split())
    for pair in (
        "prim first", "second second", "terz third", "quart fourth", "quint fifth",
        "sest sixth", "settim seventh", "ottav eighth", "non ninth", "decim tenth",
    )
)  # fmt: skip


class NoBallotColumns(Refused):
    """The headings name no mentee, or no choice."""


@dataclass(frozen=True, slots=True)
class BallotColumns:
    """Places of columns: of the mentee (the address before the name), of the choices by rank, of the vetoes."""

    mentee: tuple[int, ...]
    choices: tuple[int, ...]
    vetoes: tuple[int, ...]


def columns_of(headings: tuple[str, ...]) -> BallotColumns:
    """The columns by their headings; raises `NoBallotColumns`."""
    keys = [search_key(heading) for heading in headings]
    vetoes = [at for at, key in enumerate(keys) if VETO.search(key)]
    choices = [at for at, key in enumerate(keys) if at not in vetoes and CHOICE.search(key)]
    others = [at for at in range(len(keys)) if at not in {*vetoes, *choices} and "mentor" not in keys[at]]
    mails = [at for at in others if MAIL.search(keys[at])]
    names = [at for at in others if at not in mails and NAME.search(keys[at])]
    if not (mails or names) or not choices:
        raise NoBallotColumns
    choices.sort(key=lambda at: _rank(keys[at]))
    return BallotColumns((*mails, *names), tuple(choices), tuple(vetoes))


def _rank(key: str) -> int:
    """The rank that a heading names; the columns of those that name none keep their order."""
    number = re.search("[0-9]+", key)
    if number:
        return int(number[0])
    words = key.split()
    named = (at for at, roots in enumerate(ORDINALS, 1) if any(word.startswith(roots) for word in words))
    return next(named, 0)
