"""How well two people suit each other, by what they wrote when applying."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from core.people.names import search_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.selection.participants import Participant

SAME_WAY = 0.5
"""Being able to meet counts half as much as one sector in common."""
EITHER = "either"


def sectors_in_common(mentee: Participant, mentor: Participant) -> list[str]:
    """The mentor's sectors that the mentee named too, as the mentor wrote them."""
    wanted = sectors(mentee)
    return [name for key, name in sectors(mentor).items() if key in wanted]


def can_meet(mentee: Participant, mentor: Participant) -> bool:
    """Whether both would meet in the same way, online or in person; who did not say would do either."""
    ways = {one.mode for one in (mentee, mentor)} - {None, EITHER}
    return len(ways) < len((mentee, mentor))


def fits(mentees: Sequence[Participant], mentors: Sequence[Participant]) -> list[list[float]]:
    """One row a mentee, one column a mentor: the sectors in common, and a half when they can meet."""
    offered = [(mentor, sectors(mentor).keys()) for mentor in mentors]
    table: list[list[float]] = []
    for mentee in mentees:
        wanted = sectors(mentee).keys()
        table.append([len(wanted & keys) + SAME_WAY * can_meet(mentee, mentor) for mentor, keys in offered])
    return table


def sectors(person: Participant) -> dict[str, str]:
    """The person's sectors by their keys, so that two spellings are the same."""
    named = (*([person.sector] if person.sector else []), *person.sectors)
    return {key: name for name in named if (key := _key(name))}


@lru_cache(maxsize=1024)
def _key(sector: str) -> str:
    """As `search_key`; the same few sectors come again and again."""
    return search_key(sector)
