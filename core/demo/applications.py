"""Who applies: marks, years of work, sectors, self-assessment, and when each application is sent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from core.demo.chance import from_bell, happens, in_bounds, one_of, weighted
from core.demo.motivation import About, Motivation, motivation
from core.demo.taxonomy import taxonomy
from core.people.rules import Side

if TYPE_CHECKING:
    from random import Random

    from core.demo.people import Person
    from core.demo.taxonomy import Programme, Sector

CREDITS = {"L": 180, "LM": 120, "LMCU": 300}
FULL_MARKS, LEAST_MARKS = 110, 66
STUDENT, RECENT = "final_year_student", "graduate_within_12_months"
STRAIGHT, INCOMPLETE, REVERSED = 0.06, 0.04, 0.03
YEARS_A_STEP = 8


@dataclass(frozen=True, slots=True)
class Applicant:
    """One application as it is drawn; what a side is not asked stays None.

    `faculty` and `sectors` (by id) decide who suits whom, `charm` how sought after a mentor is.
    """

    person: Person
    side: Side
    sent_at: datetime
    age: int
    faculty: str
    programme: Programme
    sectors: tuple[Sector, ...]
    mode: str
    motivation: Motivation
    languages: tuple[str, ...]
    answers: dict[str, int] = field(default_factory=dict[str, int])
    mean_30: float | None = None
    mark: int | None = None
    honours: bool = False
    credits: int | None = None
    graduation: date | None = None
    company: str = ""
    job_title: str = ""
    years: int | None = None
    degree_year: int | None = None
    capacity: int | None = None
    city: str = ""
    charm: float = 0.0
    twice: bool = False
    """Whether the same person has applied by another address too."""


def mentee(rng: Random, person: Person, sent_at: datetime, programme: Programme | None = None) -> Applicant:
    """Draw a mentee's application."""
    spread = taxonomy().distributions.mentee
    studied = programme or weighted(rng, ((one, one.weight) for one in taxonomy().degree_programmes))
    status = one_of(rng, spread.status)
    student = status == STUDENT
    wanted = _interests(rng, studied.faculty)
    mean = round(from_bell(rng, spread.exam_mean_30[studied.level]), 1)
    mark = None if student else round(from_bell(rng, spread.degree_mark_110[studied.level]))
    about = About(Side.MENTEE, person.gender, studied.name, (wanted[0].it, wanted[0].en), not student)
    given = credits_done(rng, studied.level) if student else None
    return Applicant(
        person=person,
        side=Side.MENTEE,
        sent_at=sent_at,
        age=round(from_bell(rng, spread.age[studied.level])),
        faculty=studied.faculty,
        programme=studied,
        sectors=wanted,
        mode=one_of(rng, spread.mode_preference),
        motivation=motivation(rng, about),
        languages=_languages(rng),
        answers=self_assessment(rng, Side.MENTEE),
        mean_30=in_bounds(mean, 18, 30) if student or happens(rng, 0.7) else None,
        mark=None if mark is None else int(in_bounds(mark, LEAST_MARKS, FULL_MARKS)),
        honours=mark is not None and mark >= FULL_MARKS and happens(rng, spread.lode_share_if_110),
        credits=given,
        graduation=_graduation(rng, sent_at.date(), status),
    )


def mentor(rng: Random, person: Person, sent_at: datetime, years: int | None = None) -> Applicant:
    """Draw a mentor's application; `years` of work when they are not left to chance."""
    spread = taxonomy().distributions.mentor
    graduated = from_bell(rng, spread.graduation_age)
    age = from_bell(rng, spread.age) if years is None else graduated + years + 1
    worked = max(1, int(age - graduated - rng.lognormvariate(0.3, 0.6))) if years is None else years
    studied = weighted(rng, ((one, one.weight) for one in taxonomy().degree_programmes))
    sector = weighted(rng, ((one, _suits(one, studied.faculty)) for one in taxonomy().sectors))
    steps = sector.roles_by_seniority
    about = About(Side.MENTOR, person.gender, studied.name, (sector.it, sector.en), graduate=True)
    return Applicant(
        person=person,
        side=Side.MENTOR,
        sent_at=sent_at,
        age=round(age),
        faculty=studied.faculty,
        programme=studied,
        sectors=(sector,),
        mode=one_of(rng, spread.mode_preference),
        motivation=motivation(rng, about),
        languages=_languages(rng),
        answers=self_assessment(rng, Side.MENTOR),
        company=employer(rng, sector.id),
        job_title=steps[min(worked // YEARS_A_STEP, len(steps) - 1)],
        years=worked,
        degree_year=sent_at.year - round(age - graduated),
        capacity=int(one_of(rng, spread.capacity)),
        city=weighted(rng, taxonomy().places.mentor_work_city),
        charm=rng.gauss(0, 1),
    )


def mentor_again(rng: Random, before: Applicant, sent_at: datetime) -> Applicant:
    """The application of a mentor who comes back: a year later, with another text."""
    sector = before.sectors[0]
    about = About(Side.MENTOR, before.person.gender, before.programme.name, (sector.it, sector.en), graduate=True)
    told = motivation(rng, about, in_english=before.motivation.in_english)
    return replace(before, sent_at=sent_at, age=before.age + 1, years=(before.years or 0) + 1, motivation=told)


def self_assessment(rng: Random, side: Side) -> dict[str, int]:
    """Answers from 1 to 5 by question; some give the same everywhere, some read the scale backwards, some stop."""
    questions = taxonomy().items(side)
    person = rng.gauss(0, 1)
    dimensions = [rng.gauss(0, 1) for _ in range(0, len(questions), 3)]
    drawn = [3.6 + 0.75 * person + 0.45 * dimensions[at // 3] + 0.6 * rng.gauss(0, 1) for at in range(len(questions))]
    answers = [round(in_bounds(one, 1, 5)) for one in drawn]
    kind = rng.random()
    if kind < STRAIGHT:
        answers = [max(answers[0], 3)] * len(answers)
    elif kind < STRAIGHT + INCOMPLETE:
        questions = questions[: rng.randrange(4, len(questions) - 1)]
    elif kind < STRAIGHT + INCOMPLETE + REVERSED:
        answers = [6 - one for one in answers]
    return dict(zip(questions, answers, strict=False))


def credits_done(rng: Random, level: str) -> int:
    """How many credits a student has, in steps of three."""
    share = rng.betavariate(*taxonomy().distributions.mentee.credits_done_share["beta"])
    return 3 * int(CREDITS[level] * share / 3)


def employer(rng: Random, sector: str) -> str:
    """An invented employer of a sector."""
    halves = taxonomy().fictional_employers
    kind, name = rng.choice(halves.b.get(sector, halves.b["default"])), rng.choice(halves.a)
    first = kind in {"Banca", "Ospedale", "Clinica", "Studio Legale", "Fondazione"}
    return f"{kind} {name}" if first else f"{name} {kind}"


def _interests(rng: Random, faculty: str) -> tuple[Sector, ...]:
    """Two or three sectors, most of them where graduates of this faculty go."""
    left = list(taxonomy().sectors)
    found: list[Sector] = []
    for _ in range(rng.choice((2, 2, 3))):
        found.append(weighted(rng, ((one, _suits(one, faculty)) for one in left)))
        left.remove(found[-1])
    return tuple(found)


def _suits(sector: Sector, faculty: str) -> float:
    return sector.weight * (1 if faculty in sector.faculties else 0.08)


def _graduation(rng: Random, sent_on: date, status: str) -> date:
    """A student's expected day, within the year; a graduate's day, a year ago at most or longer."""
    if status == STUDENT:
        return sent_on + timedelta(days=rng.randrange(30, 330))
    return sent_on - timedelta(days=rng.randrange(20, 360) if status == RECENT else rng.randrange(380, 720))


def _languages(rng: Random) -> tuple[str, ...]:
    english = f"English {one_of(rng, taxonomy().languages.english)}"
    return (english, *rng.sample(taxonomy().languages.other, rng.choice((0, 0, 1, 1, 2))))
