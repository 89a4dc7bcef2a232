"""What has happened with a person, in one edition after the other.

Not guarded: the query that asks is (`core.office.queries.person`). What somebody would rather not, and what was
written in confidence, is never among the lines.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

from core.certificates.earning import Together, earned_at
from core.messages.rules import MessageState
from core.office.happened import By, Happened, What
from core.store.clock import ROME
from core.store.errors import Told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from core.certificates.rules import Settings as Certificates
    from core.mentoring.met import Met, Partner
    from core.messages.models import Message
    from core.people.models import Consent, ContactChange
    from core.people.rules import Side
    from core.selection.rules import Outcome
    from core.speeddate.rules import Coming
    from core.training.rules import Settings as Training


class Row(NamedTuple):
    """An application with what has come of it: the answers, the arrival, the ballot; None where there is nothing."""

    application_id: int
    edition_id: int
    edition: str
    year: int
    side: Side
    submitted_at: datetime | None
    withdrawn_at: datetime | None
    outcome: Outcome | None
    reason: str | None
    decided_at: datetime | None
    decided_by: int | None
    accepted: bool | None
    accepted_at: datetime | None
    accepted_by: int | None
    date: int | None
    date_wanted: int | None
    date_at: datetime | None
    date_by: int | None
    coming: Coming | None
    replied_at: datetime | None
    replied_by: int | None
    came_at: datetime | None
    came_by: int | None
    ballot_at: datetime | None
    ballot_by: int | None


class Life(NamedTuple):
    """Everything that the lines are made from."""

    rows: Sequence[Row]
    attended: Mapping[int, Sequence[int]]
    partners: Sequence[Partner]
    meetings: Sequence[Met]
    trainings: Mapping[int, Training]
    certificates: Mapping[int, Certificates]
    letters: Sequence[Message]
    consents: Sequence[Consent]
    changes: Sequence[ContactChange]


def lines(life: Life) -> list[Happened]:
    """What has happened, the latest first."""
    found = [
        *(line for row in life.rows for line in _applied(row)),
        *(line for row in life.rows for line in _answered(row)),
        *(line for row in life.rows for line in _followed(row, life)),
        *(line for letter in life.letters for line in _letter(letter)),
        *(line for change in life.changes for line in _change(change)),
        *(line for consent in life.consents for line in _consent(consent)),
    ]
    order = list(What)
    return sorted(found, key=lambda one: (one.at, order.index(one.what)), reverse=True)


def _applied(row: Row) -> Iterator[Happened]:
    side = {"side": Told(f"office.happened.as_{row.side}")}
    if row.submitted_at is not None:
        yield Happened(row.submitted_at, What.APPLIED, side, row.edition_id, By.PERSON)
    if row.outcome is not None and row.decided_at is not None:
        told = {"outcome": Told(f"selection.outcome.{row.outcome}"), "reason": row.reason or "", **side}
        yield _of(row, row.decided_at, What.DECIDED, told, row.decided_by, by=By.STAFF)
    if row.withdrawn_at is not None:
        yield _of(row, row.withdrawn_at, What.WITHDREW, side, None, by=By.NOBODY)
    if row.came_at is not None:
        yield _of(row, row.came_at, What.CAME, {}, row.came_by, by=By.STAFF)
    if row.ballot_at is not None:
        yield _of(row, row.ballot_at, What.BALLOT, {}, row.ballot_by)


def _answered(row: Row) -> Iterator[Happened]:
    if row.accepted_at is not None:
        what = What.PLACE_TAKEN if row.accepted else What.PLACE_GIVEN_UP
        yield _of(row, row.accepted_at, what, {}, row.accepted_by)
    if row.replied_at is not None:
        coming = {"coming": Told(f"speeddate.coming.{row.coming}")}
        yield _of(row, row.replied_at, What.REPLIED, coming, row.replied_by)


def _followed(row: Row, life: Life) -> Iterator[Happened]:
    """The training and what came of the pairs."""
    sessions = life.trainings[row.edition_id].of(row.side)
    begins = {one.number: one.starts_at for one in sessions}
    if row.date_at is not None and row.date in begins:
        yield _of(row, row.date_at, What.DATE_CHOSEN, {"when": begins[row.date]}, row.date_by)
        if row.date_wanted in begins:
            yield _of(row, row.date_at, What.DATE_WANTED, {"when": begins[row.date_wanted]}, row.date_by)
    there = [number for number in life.attended.get(row.application_id, ()) if number in begins]
    for number in there:
        yield Happened(begins[number], What.TRAINED, {}, row.edition_id)
    pairs = [one for one in life.partners if one.application_id == row.application_id]
    for pair in pairs:
        yield Happened(pair.since, What.PAIRED, {"partner": pair.partner}, row.edition_id)
    meetings = [one for one in life.meetings if one.application_id == row.application_id]
    for met in meetings:
        told = {"partner": met.partner, "minutes": met.minutes}
        yield Happened(midnight(met.on), What.MET, told, row.edition_id, whole_day=True)
    held = [Together(midnight(met.on), met.pair_id, met.minutes) for met in meetings]
    rules = life.certificates[row.edition_id]
    earned = earned_at(rules, row.side, sessions=sessions, attended=there, pairs=len(pairs), meetings=held)
    if earned is not None:
        yield Happened(earned, What.EARNED, {}, row.edition_id, whole_day=True)


def _letter(one: Message) -> Iterator[Happened]:
    about = {"occasion": Told(f"messages.occasion.{one.occasion}")}
    yield Happened(one.prepared_at, What.LETTER_PREPARED, about, one.edition_id, By.STAFF, one.prepared_by)
    if one.approved_at is not None:
        yield Happened(one.approved_at, What.LETTER_APPROVED, about, one.edition_id, By.STAFF, one.approved_by)
        if one.state in {MessageState.FAILED, MessageState.UNSURE}:
            yield Happened(one.approved_at, What.LETTER_FAILED, about, one.edition_id)
    if one.sent_at is not None:
        by = By.STAFF if one.sent_by else By.NOBODY
        yield Happened(one.sent_at, What.LETTER_SENT, about, one.edition_id, by, one.sent_by)
        if one.state is MessageState.RETURNED:
            yield Happened(one.sent_at, What.LETTER_RETURNED, about, one.edition_id)


def _change(one: ContactChange) -> Iterator[Happened]:
    yield Happened(one.asked_at, What.CORRECTION_ASKED, by=By.PERSON)
    if one.settled_at is not None:
        what = What.CORRECTION_TAKEN if one.accepted else What.CORRECTION_LEFT
        yield Happened(one.settled_at, what, by=By.STAFF, account_id=one.account_id)


def _consent(one: Consent) -> Iterator[Happened]:
    about = {"consent": Told(f"people.consent.{one.kind}")}
    by = By.STAFF if one.wording is None else By.PERSON
    yield Happened(one.given_at, What.CONSENT_GIVEN, about, by=by)
    if one.withdrawn_at is not None:
        yield Happened(one.withdrawn_at, What.CONSENT_WITHDRAWN, about)


def _of(
    row: Row, at: datetime, what: What, values: Mapping[str, Any], account_id: int | None, *, by: By | None = None
) -> Happened:
    """A line of an application; unless told otherwise the person did it where no member of staff did."""
    who = by or (By.PERSON if account_id is None else By.STAFF)
    return Happened(at, what, values, row.edition_id, who, account_id)


def midnight(day: date) -> datetime:
    """The beginning of a day in Rome."""
    return datetime.combine(day, time(), tzinfo=ROME)
