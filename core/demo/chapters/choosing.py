"""Motivations are read, the choice is made, and some of the chosen ones leave again."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from core.demo.chance import happens, in_bounds
from core.demo.chapters.answering import answer
from core.demo.dates import moment
from core.demo.story import shortly
from core.demo.taxonomy import taxonomy
from core.demo.team import REVIEWERS
from core.intake.actions import withdraw
from core.people.rules import Side
from core.selection.actions import decide, review
from core.selection.queries import ranking
from core.selection.rules import Outcome
from core.store import database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.demo.applications import Applicant
    from core.demo.story import Scene, Story
    from core.selection.queries.coordinators import RankedApplicant

READING_DAYS = (4, 18)
"""In which days after the last one for applications the motivations are read."""
WAITING = 15
POOR, GOOD = 2, 4.2
NOTES = {False: "Testo generico: mancano gli obiettivi.", True: "Obiettivi chiari e impegno credibile."}
REASONS = {
    Outcome.SELECTED: "In graduatoria entro i posti disponibili.",
    Outcome.WAITING: "Profilo adatto, posti esauriti: in lista d'attesa secondo la graduatoria.",
    Outcome.NOT_SELECTED: "Punteggio inferiore a quello dell'ultima persona in lista d'attesa.",
}
DOUBLED = "Seconda candidatura della stessa persona."
FROM_THE_LIST = "Subentra dalla lista d'attesa dopo una rinuncia."


def reviews(story: Story) -> Iterator[Scene]:
    """Each motivation is read once, a third of them twice, by reviewers who are not equally severe."""
    spread = taxonomy().distributions.reviewers
    severity = {who: story.lots("severity", who).gauss(0, spread.severity_sd) for who in REVIEWERS}
    for side in Side:
        for application, one in story.applied(side).items():
            rng = story.lots("review", side, one.person.mail)
            for who in rng.sample(REVIEWERS, 2 if happens(rng, spread.second_review_share) else 1):
                given = one.motivation.quality + severity[who] + rng.gauss(0, spread.noise_sd)
                day = story.year.closes_on + timedelta(days=rng.randint(*READING_DAYS))
                points = round(in_bounds(given, 1, 5))
                said = (points, _note(points, one.motivation.quality) if happens(rng, 0.5) else "")
                at = moment(day, rng.randrange(9, 19), rng.randrange(60))
                yield at, partial(_review, story, who, application, said)


def _note(points: int, quality: float) -> str:
    return NOTES[points > POOR] if quality < POOR or quality > GOOD else ""


def _review(story: Story, who: str, application: int, said: tuple[int, str], at: datetime) -> None:
    with database.writing() as session:
        review(
            session,
            edition_id=story.edition_id,
            application_id=application,
            points=said[0],
            note=said[1],
            seen=0,
            by=story.team[who],
            at=at,
        )


def decisions(story: Story) -> Iterator[Scene]:
    """One after another the selected, the waiting list and those who are not selected, by the ranking."""
    start = moment(story.year.decided_on, 10)
    for number, side in enumerate(Side):
        yield start + timedelta(hours=number), partial(_decide, story, side)


def _decide(story: Story, side: Side, at: datetime) -> None:
    counts = taxonomy().distributions.counts
    bounds = counts.mentees_selected if side is Side.MENTEE else counts.mentors_selected
    places = round(story.lots("places", side).randint(*bounds) * story.share)
    with database.reading() as session:
        ranked = ranking(session, story.edition_id, side=side, by=story.team["coordinator"])
    drawn = story.applied(side)
    twice = [one for one in ranked if drawn[one.application_id].twice]
    once = [one for one in ranked if not drawn[one.application_id].twice]
    parts = [
        (Outcome.SELECTED, REASONS[Outcome.SELECTED], once[:places]),
        (Outcome.WAITING, REASONS[Outcome.WAITING], once[places : places + WAITING]),
        (Outcome.NOT_SELECTED, REASONS[Outcome.NOT_SELECTED], once[places + WAITING :]),
        (Outcome.NOT_SELECTED, DOUBLED, twice),
    ]
    for number, (outcome, reason, chosen) in enumerate(parts):
        _give(story, outcome, reason, chosen, shortly(at, number))


def _give(story: Story, outcome: Outcome, reason: str, chosen: list[RankedApplicant], at: datetime) -> None:
    seen = {one.application_id: one.version for one in chosen}
    if not seen:
        return
    by = story.team["coordinator"]
    with database.writing() as session:
        decide(session, edition_id=story.edition_id, seen=seen, outcome=outcome, reason=reason, by=by, at=at)


def changes(story: Story) -> Iterator[Scene]:
    """Some give up their place and are replaced, some leave before the speed date, one mentor on its eve."""
    shares = taxonomy().distributions.withdrawals
    early = moment(story.year.decided_on + timedelta(days=6), 15)
    late = moment(story.year.speed_date - timedelta(days=9), 12)
    for side, at, share in (
        (Side.MENTEE, early, shares.mentee_before_training),
        (Side.MENTEE, late, shares.mentee_before_event),
        (Side.MENTOR, late, shares.mentor_before_event),
    ):
        leaving = _leaving(story, side, at, share)
        for number, application in enumerate(leaving):
            day = at + timedelta(days=number)
            if at is early:
                yield day, partial(answer, story, application, accepted=False)
                yield day + timedelta(hours=20), partial(_replace, story, side)
            else:
                yield day, partial(leave, story, application)
    remaining = sorted(story.taking_part(Side.MENTOR).items(), key=lambda one: one[1].person.mail)
    if remaining:
        eve = moment(story.year.speed_date - timedelta(days=1), 18)
        yield eve, partial(leave, story, remaining[0][0])


def _leaving(story: Story, side: Side, at: datetime, share: float) -> list[int]:
    people = story.taking_part(side)
    return [one for one, who in people.items() if happens(story.lots("leaves", at, who.person.mail), share)]


def leave(story: Story, application: int, at: datetime) -> None:
    """Somebody withdraws, if that has not happened already."""
    if any(application in story.taking_part(side) for side in Side):
        with database.writing() as session:
            withdraw(session, application, seen=story.version(application), by=story.team["coordinator"], at=at)


def _replace(story: Story, side: Side, at: datetime) -> None:
    with database.reading() as session:
        ranked = ranking(session, story.edition_id, side=side, by=story.team["coordinator"])
    waiting = [one for one in ranked if one.outcome is Outcome.WAITING]
    _give(story, Outcome.SELECTED, FROM_THE_LIST, waiting[:1], at)


def not_selected(story: Story) -> list[Applicant]:
    """The mentees who were not chosen, and who may apply again."""
    with database.reading() as session:
        ranked = ranking(session, story.edition_id, side=Side.MENTEE, by=story.team["coordinator"])
    drawn = story.applied(Side.MENTEE)
    told = [drawn[one.application_id] for one in ranked if one.outcome not in {None, Outcome.SELECTED}]
    return [one for one in told if not one.twice]
