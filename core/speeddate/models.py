"""Who says to come to the speed date and who came, the numbers of the mentors on its list, and the ballots."""

from __future__ import annotations

from datetime import datetime

from core.speeddate.rules import Coming
from core.store.table import Personal, Table, Versioned, between, key, moment, reference, text, unique, words


class CheckIn(Table, table=True):
    """A participant was there at the speed date."""

    id: int | None = key()
    application_id: int = reference("application.id", unique=True)
    at: datetime = moment()
    account_id: int | None = reference("account.id", null=True)


class Reply(Versioned, table=True):
    """What a participant has said beforehand about coming to the speed date."""

    id: int | None = key()
    application_id: int = reference("application.id", unique=True)
    coming: Coming = words(Coming)
    answered_at: datetime = moment()
    account_id: int | None = reference("account.id", null=True)


class MentorNumber(Table, table=True):
    """The short number of a mentor on this edition's list: given once, never changed, never given again."""

    __table_args__ = (unique("edition_id", "number"), between("number", 1, 9999))

    id: int | None = key()
    edition_id: int = reference("edition.id")
    mentor_id: int = reference("application.id", unique=True)
    number: int


class Ballot(Versioned, table=True):
    """The ballot of one mentee, as last entered.

    `choices` repeats the ranked mentors by their numbers ("3, 7=12"), so that whoever saves second can be told
    what changed; what a mentee would rather not is never part of it. A ballot that is taken away stays as an empty
    row, without choices and vetoes: its version goes on, and nobody who saw it before can save over what comes after.
    """

    id: int | None = key()
    mentee_id: int = reference("application.id", unique=True)
    choices: str = text(Personal.BLANK)
    entered_at: datetime = moment()
    account_id: int | None = reference("account.id", null=True)


class Choice(Table, table=True):
    """One mentor on a ballot; mentors of the same rank are tied."""

    __table_args__ = (unique("ballot_id", "mentor_id"), between("rank", 1, 9999))

    id: int | None = key()
    ballot_id: int = reference("ballot.id")
    mentor_id: int = reference("application.id")
    rank: int


class Veto(Table, table=True):
    """A mentor whom a mentee would rather not have: read by coordinators only."""

    __table_args__ = (unique("ballot_id", "mentor_id"),)

    id: int | None = key()
    ballot_id: int = reference("ballot.id")
    mentor_id: int = reference("application.id")
