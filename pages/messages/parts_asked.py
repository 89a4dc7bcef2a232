"""What is asked of people in each matter, read as one kind of list: who has said what, when, and through whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from core.edition.queries import settings
from core.messages.rules import Occasion
from core.people.rules import Side
from core.selection import queries as selection
from core.selection.rules import PlaceState
from core.speeddate import queries as speeddate
from core.speeddate.rules import Coming, ballots_open_at
from core.speeddate.rules import Settings as SpeedDate
from core.training import queries as training
from pages.shared.words import plain, short_moment, t

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlmodel import Session

    from core.selection.queries import Places, RankedApplicant
    from core.training.queries import Chooser, Dated
    from pages.shared.staff import Staff


class Matter(StrEnum):
    """What people are asked."""

    PLACES = "places"
    DATES = "dates"
    EVENT = "event"
    CONTACTS = "contacts"


class Show(StrEnum):
    """Which of the people are shown."""

    EVERY = "every"
    SILENT = "silent"
    YES = "yes"
    NO = "no"
    WANTS = "wants"
    """Would like another date than the one that they have."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody has said: `said` is one of the matter's options (None: nothing), `told` says it in words."""

    application_id: int
    person_id: int
    listed: str
    spoken: str
    mail: str
    said: Any
    told: str
    shows: frozenset[Show]
    answered_at: datetime | None
    by_staff: bool
    version: int
    side: Side

    @property
    def silent(self) -> bool:
        """Whether nothing was said yet."""
        return Show.SILENT in self.shows


@dataclass(frozen=True, slots=True)
class Asked:
    """A matter: the people, the counts in a line, what can be said, and the letter to those who have not.

    `free` and `next` are of the places: how many nobody holds, and who stands first on the waiting list.
    """

    people: Sequence[Answer]
    lead: str
    options: Mapping[Any, str]
    occasion: Occasion
    free: int = 0
    next: RankedApplicant | None = None


def places(session: Session, staff: Staff, side: Side) -> Asked:
    """Who takes the place that was given."""
    found = selection.places(session, staff.edition.id, side=side, by=staff.actor)
    words = {state: plain(f"messages.answers.place_{state}") for state in PlaceState}
    people = [
        _answer(one, SAID[one.state], words[one.state], _shows(SAID[one.state], yes=one.state is PlaceState.ACCEPTED))
        for one in found.given
    ]
    options = {True: words[PlaceState.ACCEPTED], False: words[PlaceState.DECLINED]}
    return Asked(people, _places_line(found), options, Occasion.CONFIRM, found.free, found.next)


def dates(session: Session, staff: Staff, side: Side) -> Asked:  # noqa: ARG001 - only mentees choose
    """Which training date each mentee has chosen."""
    found = training.choosing(session, staff.edition.id, by=staff.actor)
    options = {one.session.number: short_moment(one.session.starts_at) for one in found.dates}
    people = [
        _answer(one, one.session, _date(one, options), _shows(one.session, yes=True, wants=one.wants is not None))
        for one in found.people
    ]
    silent = sum(one.silent for one in people)
    lead = " · ".join([*map(_date_line, found.dates), t("messages.answers.silent", n=silent)])
    return Asked(people, lead, options, Occasion.TRAINING_DATE)


def event(session: Session, staff: Staff, side: Side) -> Asked:  # noqa: ARG001 - both sides are invited
    """Who says to come to the speed date."""
    begins = ballots_open_at(settings(session, staff.edition.id, SpeedDate, by=staff.actor))
    options = {coming: plain(f"speeddate.coming.{coming}") for coming in Coming}
    people = [
        _answer(
            one,
            one.coming,
            options[one.coming] if one.coming else "",
            _shows(one.coming, yes=one.coming is not Coming.NO),
        )
        for one in speeddate.invited(session, staff.edition.id, by=staff.actor)
    ]
    counts = {coming: sum(one.said is coming for one in people) for coming in Coming}
    said = {f"{coming}": number for coming, number in counts.items()}
    lead = t("messages.answers.event_line", **said) + " · "
    lead += t("messages.answers.silent", n=sum(one.silent for one in people)) + " · "
    lead += t("messages.answers.event_on", at=begins) if begins else t("messages.answers.event_open")
    return Asked(people, lead, options, Occasion.SPEED_DATE)


SAID = {
    PlaceState.ACCEPTED: True,
    PlaceState.DECLINED: False,
    PlaceState.WITHDRAWN: False,
    PlaceState.SILENT: None,
}
READ = {Matter.PLACES: places, Matter.DATES: dates, Matter.EVENT: event}


def _answer(one: Any, said: object, told: str, shows: frozenset[Show]) -> Answer:  # noqa: ANN401 - a place, a choice, an invitation
    return Answer(
        one.application_id,
        one.person_id,
        one.listed,
        one.spoken,
        one.mail,
        said,
        told or plain("messages.answers.nothing"),
        shows,
        one.answered_at,
        one.by_staff,
        one.version,
        getattr(one, "side", Side.MENTEE),
    )


def _shows(said: object, *, yes: bool, wants: bool = False) -> frozenset[Show]:
    if said is None:
        return frozenset({Show.EVERY, Show.SILENT})
    return frozenset({Show.EVERY, Show.YES if yes else Show.NO, *([Show.WANTS] if wants else [])})


def _date(one: Chooser, options: Mapping[int, str]) -> str:
    has, wanted = options.get(one.session or 0, ""), options.get(one.wants or 0)
    return plain("messages.answers.wants", has=has, wanted=wanted) if wanted else has


def _places_line(found: Places) -> str:
    counts = {state: sum(one.state is state for one in found.given) for state in PlaceState}
    gone = counts[PlaceState.DECLINED] + counts[PlaceState.WITHDRAWN]
    parts = [t("messages.answers.places_line", seats=found.seats, accepted=counts[PlaceState.ACCEPTED], gone=gone)]
    parts.append(t("messages.answers.silent", n=counts[PlaceState.SILENT]))
    over = len(found.given) - gone - found.seats
    parts.append(t("messages.answers.over", n=over) if over > 0 else t("messages.answers.free", n=found.free))
    if found.answer_by is not None:
        parts.append(t("messages.answers.until", day=found.answer_by))
    return " · ".join(parts)


def _date_line(one: Dated) -> str:
    when, most = one.session.starts_at, one.session.places
    if not most:
        return t("messages.answers.date_open", at=when, taken=one.taken)
    line = t("messages.answers.date_line", at=when, taken=one.taken, places=most)
    return line if one.taken <= most else f"{line} ({t('messages.answers.over', n=one.taken - most)})"
