"""All who apply in one edition, with the rare cases that every year has, and when each of them sends it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.demo.applications import Applicant, mentee, mentor, mentor_again
from core.demo.chance import one_of
from core.demo.dates import end_of, moment
from core.demo.taxonomy import taxonomy
from core.people.rules import Side

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from core.demo.dates import Calendar
    from core.demo.people import Register

TWICE = 0.03
FEWEST_YEARS, MOST_YEARS = 2, 41
LATE_DAYS = 2
ARRIVAL = {"first": 0.12, "middle": 0.46, "last": 0.29, "hours": 0.09, "late": 0.04}
"""In the first three days, between, in the last three days, in the last six hours, too late."""


@dataclass(frozen=True, slots=True)
class Before:
    """Who may come back from last year: mentors who took part, mentees who were not selected."""

    mentors: Sequence[Applicant] = ()
    mentees: Sequence[Applicant] = ()


@dataclass(frozen=True, slots=True)
class Population:
    """Everybody of one edition, by side; `back` are the addresses of those who applied the year before."""

    mentees: list[Applicant] = field(default_factory=list[Applicant])
    mentors: list[Applicant] = field(default_factory=list[Applicant])
    back: frozenset[str] = frozenset()

    def of(self, side: Side) -> list[Applicant]:
        """The applicants of one side."""
        return self.mentees if side is Side.MENTEE else self.mentors

    @property
    def by_mail(self) -> Mapping[tuple[Side, str], Applicant]:
        """Each applicant by side and address."""
        return {(one.side, one.person.mail): one for one in (*self.mentees, *self.mentors)}


def population(
    rng: Random, year: Calendar, register: Register, *, share: float = 1.0, before: Before | None = None
) -> Population:
    """Draw the applicants of an edition; `share` of the taxonomy's numbers."""
    counts = taxonomy().distributions.counts
    known = before or Before()
    return Population(
        _mentees(rng, year, register, round(counts.mentee_applicants * share), known.mentees),
        _mentors(rng, year, register, round(counts.mentor_applicants * share), known.mentors),
        frozenset(one.person.mail for one in (*known.mentees, *known.mentors)),
    )


def sent_at(rng: Random, year: Calendar) -> datetime:
    """When an application is sent: many at once, few for a long time, most in the last days, some too late."""
    opens, closes = moment(year.opens_on, 8), end_of(year.closes_on)
    day, rush = timedelta(days=1), timedelta(hours=6)
    spans = {
        "first": (opens, opens + 3 * day),
        "middle": (opens + 3 * day, closes - 3 * day),
        "last": (closes - 3 * day, closes - rush),
        "hours": (closes - rush, closes),
        "late": (closes + rush, closes + LATE_DAYS * day),
    }
    first, last = spans[one_of(rng, ARRIVAL)]
    return (first + rng.random() * (last - first)).replace(microsecond=0)


def _mentees(
    rng: Random, year: Calendar, register: Register, wanted: int, before: Sequence[Applicant]
) -> list[Applicant]:
    spread = taxonomy().distributions.mentee
    again = _some(rng, before, round(wanted * spread.applied_before))
    found = [mentee(rng, one.person, sent_at(rng, year), one.programme) for one in again]
    found.append(mentee(rng, register.long_named(rng, Side.MENTEE), sent_at(rng, year)))
    twice = round(wanted * TWICE)
    while len(found) < wanted - twice:
        person = register.person(rng, Side.MENTEE, one_of(rng, spread.gender))
        found.append(mentee(rng, person, sent_at(rng, year)))
    doubled = [one for one in found if not one.person.first_name.isascii() or not one.person.last_name.isascii()]
    for one in (doubled + found[-twice:])[:twice]:
        other = register.other_address(one.person, Side.MENTEE)
        found.append(replace(one, person=other, sent_at=one.sent_at + timedelta(minutes=25), twice=True))
    return found


def _mentors(
    rng: Random, year: Calendar, register: Register, wanted: int, before: Sequence[Applicant]
) -> list[Applicant]:
    spread = taxonomy().distributions.mentor
    again = _some(rng, before, round(wanted * spread.returning_from_past_edition))
    found = [mentor_again(rng, one, sent_at(rng, year)) for one in again]
    rare = [FEWEST_YEARS, MOST_YEARS]
    while len(found) < wanted:
        person = register.person(rng, Side.MENTOR, one_of(rng, spread.gender))
        years = rare.pop() if rare else None
        found.append(mentor(rng, person, sent_at(rng, year), years))
    return found


def _some(rng: Random, people: Sequence[Applicant], wanted: int) -> list[Applicant]:
    """So many of these, fewer where there are fewer; in the order of their addresses before the lot is cast."""
    ordered = sorted(people, key=lambda one: one.person.mail)
    return rng.sample(ordered, min(wanted, len(ordered)))
