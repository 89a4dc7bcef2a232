"""The matters, each read from its own phase: who takes the place, who has chosen which date, who comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.edition.queries import settings
from core.messages.rules import Occasion
from core.selection import queries as selection
from core.selection.rules import PlaceState
from core.speeddate import queries as speeddate
from core.speeddate.rules import Coming, ballots_open_at
from core.speeddate.rules import Settings as SpeedDate
from core.training import queries as training
from pages.messages.parts_asked import Asked, Matter, answer, shows
from pages.shared.words import plain, short_moment, t

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import Session

    from core.people.rules import Side
    from core.selection.queries import Places
    from core.training.queries import Chooser, Dated
    from pages.shared.staff import Staff

SAID = {
    PlaceState.ACCEPTED: True,
    PlaceState.DECLINED: False,
    PlaceState.WITHDRAWN: False,
    PlaceState.SILENT: None,
}


def places(session: Session, staff: Staff, side: Side) -> Asked:
    """Who takes the place that was given."""
    found = selection.places(session, staff.edition.id, side=side, by=staff.actor)
    words = {state: plain(f"messages.answers.place_{state}") for state in PlaceState}
    people = [
        answer(one, SAID[one.state], words[one.state], shows(SAID[one.state], yes=one.state is PlaceState.ACCEPTED))
        for one in found.given
    ]
    options = {True: words[PlaceState.ACCEPTED], False: words[PlaceState.DECLINED]}
    return Asked(people, _places_line(found), options, Occasion.CONFIRM, found.free, found.next)


def dates(session: Session, staff: Staff, side: Side) -> Asked:  # noqa: ARG001 - only mentees choose
    """Which training date each mentee has chosen."""
    found = training.choosing(session, staff.edition.id, by=staff.actor)
    options = {one.session.number: short_moment(one.session.starts_at) for one in found.dates}
    people = [
        answer(one, one.session, _date(one, options), shows(one.session, yes=True, wants=one.wants is not None))
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
        answer(
            one,
            one.coming,
            options[one.coming] if one.coming else "",
            shows(one.coming, yes=one.coming is not Coming.NO),
        )
        for one in speeddate.invited(session, staff.edition.id, by=staff.actor)
    ]
    counts = {coming: sum(one.said is coming for one in people) for coming in Coming}
    said = {f"{coming}": number for coming, number in counts.items()}
    lead = t("messages.answers.event_line", **said) + " · "
    lead += t("messages.answers.silent", n=sum(one.silent for one in people)) + " · "
    lead += t("messages.answers.event_on", at=begins) if begins else t("messages.answers.event_open")
    return Asked(people, lead, options, Occasion.SPEED_DATE)


READ = {Matter.PLACES: places, Matter.DATES: dates, Matter.EVENT: event}


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
