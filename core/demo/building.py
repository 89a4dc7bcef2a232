"""The demo's store, made from nothing: last year's edition to its end, then this year's as far as is wanted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.demo.chance import lots
from core.demo.chapters import CHAPTERS
from core.demo.chapters.choosing import not_selected
from core.demo.dates import calendar, moment
from core.demo.people import Register
from core.demo.population import Before, population
from core.demo.story import Story, play
from core.demo.team import hire, sign_out
from core.office.actions import begin_edition
from core.people.rules import Side
from core.store import database

if TYPE_CHECKING:
    from datetime import datetime

    from core.demo.dates import Calendar, Until
    from core.demo.team import Access, Team

LAST_YEAR = 0.8
"""Last year's edition was so much smaller."""


def build(until: Until, *, seed: int, now: datetime, rounds: int, share: float = 1.0) -> tuple[Access, ...]:
    """Fill the empty store in use; the same seed and moment give the same content. Returns who can sign in.

    Nothing is dated after `now`; `rounds` is the cost of the passwords' hashes, `share` that of the taxonomy's numbers.
    """
    this_year = calendar(until, now)
    year_before = this_year.a_year_before()
    register = Register()
    hired_at = moment(year_before.opens_on - timedelta(days=21), 9)
    team = hire(lots(seed, "team"), register, rounds=rounds, at=hired_at)
    people = population(lots(seed, "people", "before"), year_before, register, share=share * LAST_YEAR)
    edition = _edition(team, year_before)
    first = Story(edition, year_before, people, team, f"{seed} before", share * LAST_YEAR)
    play(first, CHAPTERS, now)
    before = Before(list(first.taking_part(Side.MENTOR).values()), not_selected(first))
    people = population(lots(seed, "people"), this_year, register, share=share, before=before)
    second = Story(_edition(team, this_year, like=edition), this_year, people, team, str(seed), share)
    play(second, CHAPTERS, now)
    sign_out(team)
    return team.accesses


def _edition(team: Team, year: Calendar, *, like: int | None = None) -> int:
    at = moment(year.opens_on - timedelta(days=14), 10)
    with database.writing() as session:
        return begin_edition(session, year=year.year, like=like, by=team["admin"], at=at)
