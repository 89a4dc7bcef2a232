"""What the reviewers said and what was decided."""

from __future__ import annotations

from datetime import datetime

from core.selection.rules import Outcome
from core.store.table import Personal, Versioned, between, check, key, moment, reference, text, unique, words


class Review(Versioned, table=True):
    """The points that one reviewer gave to one motivation."""

    __table_args__ = (unique("application_id", "account_id"), between("points", 1, 5))

    id: int | None = key()
    application_id: int = reference("application.id")
    account_id: int = reference("account.id")
    points: int
    note: str | None = text(Personal.BLANK, null=True)
    given_at: datetime = moment()


class Decision(Versioned, table=True):
    """The outcome of one application, by a person, with the reason."""

    __table_args__ = (check("reasoned", "trim(reason) <> ''"),)

    id: int | None = key()
    application_id: int = reference("application.id", unique=True)
    outcome: Outcome = words(Outcome)
    reason: str = text(Personal.BLANK)
    account_id: int | None = reference("account.id", null=True)
    decided_at: datetime = moment()


class PlaceAnswer(Versioned, table=True):
    """Whether a selected applicant takes the place; `account_id` names the member of staff who wrote it down.

    Who declines has withdrawn as well (`Application.withdrawn_at`): one fact for all that follows.
    """

    id: int | None = key()
    application_id: int = reference("application.id", unique=True)
    accepted: bool
    answered_at: datetime = moment()
    account_id: int | None = reference("account.id", null=True)
