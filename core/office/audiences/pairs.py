"""Whom the pairs concern: one letter for each pair and person: a mentor of several reads of each apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.certificates.standing import standing
from core.mentoring.rules import Settings as Mentoring
from core.messages.fields import Field
from core.office.audiences.outcomes import matter_of
from core.office.audiences.sources import Applied, Candidate
from core.people.rules import Side
from core.store.errors import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.mentoring.queries import Followed
    from core.office.audiences.sources import Sources


def paired(side: Side) -> Callable[[Sources], Iterator[Candidate]]:
    """The people of one side, once for each of their pairs."""

    def found(sources: Sources) -> Iterator[Candidate]:
        for pair in sources.pairs:
            yield _member(sources, pair, side, "paired")

    return found


def first_contact(sources: Sources) -> Iterator[Candidate]:
    """Both people of each pair that has not met, until the last day of the meetings."""
    running = sources.today <= sources.rules(Mentoring).last_day
    return _both(sources, "not_met", lambda pair: running and not pair.meetings)


def silent_pair(sources: Sources) -> Iterator[Candidate]:
    """Both people of each pair that has met, and whose next meeting is late."""
    return _both(sources, "late", lambda pair: bool(pair.meetings) and pair.outlook.late)


def midway(sources: Sources) -> Iterator[Candidate]:
    """Both people of each pair; they wait from half of the time on, and until its end."""
    rules = sources.rules(Mentoring)
    half = rules.first_day + (rules.last_day - rules.first_day) / 2
    return _both(sources, "met", lambda _: True, settled=not half <= sources.today <= rules.last_day)


def certificate(sources: Sources) -> Iterator[Candidate]:
    """Who has earned a certificate."""
    if not any(pair.meetings for pair in sources.pairs):
        return
    for one in standing(sources.session, sources.edition_id, by=sources.by):
        if one.earned and one.application_id in sources.by_application:
            own = {Field.MEETINGS_DONE: one.done.meetings, Field.HOURS: one.facts.hours}
            applied = sources.by_application[one.application_id]
            yield Candidate(applied, matter_of(applied), Told("messages.why.earned"), own)


def thanks(sources: Sources) -> Iterator[Candidate]:
    """Mentors with a pair, once each however many mentees they have; they wait when the time is over."""
    over = sources.today > sources.rules(Mentoring).last_day
    for one in sources.participants(Side.MENTOR):
        if held := sources.pairs_of.get(one.application_id):
            own = {
                Field.MEETINGS_DONE: sum(len(pair.meetings) for pair in held),
                Field.HOURS: round(sum(pair.hours for pair in held), 2),
            }
            partners = [sources.by_application[pair.pair.mentee_id].spoken for pair in held]
            why = Told("messages.why.mentored", {"partners": partners})
            yield Candidate(one, matter_of(one), why, own, settled=not over)


def _both(
    sources: Sources, why: str, wanted: Callable[[Followed], bool], *, settled: bool = False
) -> Iterator[Candidate]:
    for pair in sources.pairs:
        if wanted(pair):
            for side in Side:
                yield _member(sources, pair, side, why, settled=settled)


def _member(sources: Sources, pair: Followed, side: Side, why: str, *, settled: bool = False) -> Candidate:
    mentee, mentor = (sources.by_application[one] for one in (pair.pair.mentee_id, pair.pair.mentor_id))
    one, partner = (mentee, mentor) if side is Side.MENTEE else (mentor, mentee)
    told = Told(f"messages.why.{why}", {"partner": partner.spoken, "n": pair.outlook.held, "day": pair.outlook.due})
    return Candidate(one, f"pair {pair.pair.id}", told, _of_pair(pair, partner), settled)


def _of_pair(pair: Followed, partner: Applied) -> dict[Field, object]:
    return {
        Field.PARTNER_NAME: partner.spoken,
        Field.PARTNER_MAIL: partner.mail,
        Field.PARTNER_ROLE: partner.role,
        Field.PARTNER_COURSE: partner.course,
        Field.MEETINGS_DONE: pair.outlook.held,
        Field.MEET_BY: pair.outlook.last_call,
    }
