"""The kinds of things that happen with a person, each as a line with its moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class What(StrEnum):
    """What can have happened; on one day in this order."""

    APPLIED = "applied"
    DECIDED = "decided"
    LETTER_PREPARED = "letter_prepared"
    LETTER_APPROVED = "letter_approved"
    LETTER_SENT = "letter_sent"
    LETTER_RETURNED = "letter_returned"
    LETTER_FAILED = "letter_failed"
    PLACE_TAKEN = "place_taken"
    PLACE_GIVEN_UP = "place_given_up"
    WITHDREW = "withdrew"
    DATE_CHOSEN = "date_chosen"
    DATE_WANTED = "date_wanted"
    REPLIED = "replied"
    CORRECTION_ASKED = "correction_asked"
    CORRECTION_TAKEN = "correction_taken"
    CORRECTION_LEFT = "correction_left"
    CONSENT_GIVEN = "consent_given"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    TRAINED = "trained"
    CAME = "came"
    BALLOT = "ballot"
    PAIRED = "paired"
    MET = "met"
    EARNED = "earned"


class By(StrEnum):
    """Who did it, where it matters."""

    NOBODY = "nobody"
    PERSON = "person"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Happened:
    """One line: when, what, with the values of its sentence; `account` names the member of staff who did it.

    Of a `whole_day` the hour is not known.
    """

    at: datetime
    what: What
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    edition_id: int | None = None
    by: By = By.NOBODY
    account_id: int | None = None
    whole_day: bool = False
