"""Whom the training and the speed date concern, up to the preferences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.office.audiences.answers import chosen_sessions, replied, with_ballot
from core.office.audiences.outcomes import matter_of
from core.office.audiences.sources import Candidate
from core.people.rules import Side
from core.speeddate.rules import Settings as SpeedDate
from core.store.errors import Told
from core.training.rules import Settings as Training

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.office.audiences.sources import Sources


def training_date(sources: Sources) -> Iterator[Candidate]:
    """Mentees who have not chosen their session, where there is a choice and one is still to come."""
    if len(sources.rules(Training).mentee_sessions) > 1 and sources.to_come(Side.MENTEE):
        chosen = chosen_sessions(sources.session, sources.edition_id)
        for one in sources.participants(Side.MENTEE):
            if one.application_id not in chosen:
                yield Candidate(one, matter_of(one), Told("messages.why.no_date"))


def training_mentor(sources: Sources) -> Iterator[Candidate]:
    """All mentors, where a training for them is still to come."""
    if sources.to_come(Side.MENTOR):
        for one in sources.participants(Side.MENTOR):
            yield Candidate(one, matter_of(one), Told("messages.why.takes_part"))


def speed_date(sources: Sources) -> Iterator[Candidate]:
    """All participants, those first who have not said whether they come; nobody once the day is over."""
    day = sources.rules(SpeedDate).day
    if day is not None and day < sources.today:
        return
    said = replied(sources.session, sources.edition_id)
    for one in sorted(sources.participants(), key=lambda one: one.application_id in said):
        there = one.application_id in said
        why = Told("messages.why.replied" if there else "messages.why.no_reply")
        yield Candidate(one, matter_of(one), why, settled=there)


def ballot(sources: Sources) -> Iterator[Candidate]:
    """Mentees without preferences, from the day of the speed date until the pairs are published."""
    day = sources.rules(SpeedDate).day
    if day is None or sources.today < day or sources.published:
        return
    there = with_ballot(sources.session, sources.edition_id)
    for one in sources.participants(Side.MENTEE):
        if one.application_id not in there:
            yield Candidate(one, matter_of(one), Told("messages.why.no_ballot"))
