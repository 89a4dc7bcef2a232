"""When somebody had done all that a certificate asks for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from core.certificates.rules import Facts, missing
from core.training.rules import followed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from core.certificates.rules import Settings
    from core.people.rules import Side
    from core.training.rules import Session


class Together(NamedTuple):
    """A meeting of one of somebody's pairs."""

    at: datetime
    pair_id: int
    minutes: int


def earned_at(
    rules: Settings,
    side: Side,
    *,
    sessions: Sequence[Session],
    attended: Collection[int],
    pairs: int,
    meetings: Sequence[Together],
) -> datetime | None:
    """The moment of the session or meeting after which nothing was missing; None while something is.

    `attended` holds numbers of `sessions`, `pairs` is how many partners there are.
    """
    heard = [(one.starts_at, one) for one in sessions if one.number in attended]
    moments = sorted({at for at, _ in heard} | {one.at for one in meetings})
    for moment in moments:
        there = frozenset(one.number for at, one in heard if at <= moment)
        held = [one for one in meetings if one.at <= moment]
        facts = Facts(
            *followed(side, sessions, there),
            partners=pairs,
            meetings=max(Counter(one.pair_id for one in held).values(), default=0),
            minutes=sum(one.minutes for one in held),
        )
        if not missing(rules.of(side), facts):
            return moment
    return None
