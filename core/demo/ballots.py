"""Whom a mentee would like: mentors drawn one after another, the more useful and sought after the sooner."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from core.demo.chance import happens, one_of
from core.demo.taxonomy import taxonomy
from core.speeddate.rules import Wishes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from core.demo.applications import Applicant

SECTOR, FACULTY, CHARM = 1.2, 0.5, 0.6


def ballot(rng: Random, mentee: Applicant, mentors: Mapping[int, Applicant]) -> Wishes:
    """The wishes of one mentee among these mentors (by application): Plackett-Luce, and now and then a veto."""
    spread = taxonomy().distributions.ballots
    worth = {number: utility(mentee, one) + _gumbel(rng) for number, one in sorted(mentors.items())}
    order = sorted(worth, key=lambda number: (-worth[number], number))
    chosen = order[: int(one_of(rng, spread.ranks_given))]
    vetoes = (rng.choice(order[len(chosen) :]),) if happens(rng, spread.veto_share) and order[len(chosen) :] else ()
    return Wishes(tuple((number,) for number in chosen), vetoes)


def utility(mentee: Applicant, mentor: Applicant) -> float:
    """What a mentor is worth to a mentee, but for chance: the sector, the field of study, the mentor's charm."""
    wanted = {sector.id for sector in mentee.sectors}
    in_sector = any(sector.id in wanted for sector in mentor.sectors)
    return SECTOR * in_sector + FACULTY * (mentee.faculty == mentor.faculty) + CHARM * mentor.charm


def _gumbel(rng: Random) -> float:
    return -math.log(rng.expovariate(1))
