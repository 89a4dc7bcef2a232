"""Locks, and what was published: the pairs, and how they came about."""

from __future__ import annotations

from datetime import datetime

from core.matching.rules import LockKind, Policy
from core.store.table import (
    Personal,
    Table,
    between,
    check,
    document,
    key,
    moment,
    reference,
    text,
    unique,
    words,
)


class Lock(Table, table=True):
    """These two: yes, whatever the ballots say, or never."""

    __table_args__ = (unique("mentee_id", "mentor_id"),)

    id: int | None = key()
    edition_id: int = reference("edition.id")
    mentee_id: int = reference("application.id")
    mentor_id: int = reference("application.id")
    kind: LockKind = words(LockKind)
    account_id: int | None = reference("account.id", null=True)
    made_at: datetime = moment()


class Publication(Table, table=True):
    """The one act that made an edition's pairs; with the same inputs, policy and seed they come out again.

    `profile` counts the mentees with their 1st, 2nd, ... choice, `unlisted` those outside their list, `unmatched`
    those without a mentor; `inputs` is the SHA-256 of all that decided the pairs.
    """

    __table_args__ = (
        between("unlisted", 0, 100_000),
        between("unmatched", 0, 100_000),
        check("inputs_digest", "length(inputs) = 64"),
    )

    id: int | None = key()
    edition_id: int = reference("edition.id", unique=True)
    policy: Policy = words(Policy)
    seed: int
    profile: list[int] = document(Personal.KEEP)
    unlisted: int
    unmatched: int
    inputs: str = text(Personal.KEEP)
    account_id: int | None = reference("account.id", null=True)
    published_at: datetime = moment()


class Pair(Table, table=True):
    """A mentee and a mentor who were published together; `rank` is the mentee's, None outside the list."""

    __table_args__ = (unique("publication_id", "mentee_id"), between("rank", 1, 9999))

    id: int | None = key()
    publication_id: int = reference("publication.id")
    mentee_id: int = reference("application.id")
    mentor_id: int = reference("application.id")
    rank: int | None = None
