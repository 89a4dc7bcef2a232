"""Whether the record is whole: the chain of its entries, and each image against its digest."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.store.audit import AuditChange, AuditEntry, chain_digest, image_digest

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_ONCE = 500
"""Rows read at a time: the record may be longer than the memory."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many acts hold, the first of all, and the first that does not hold."""

    acts: int
    first: AuditEntry | None
    broken: AuditEntry | None


def verified(session: Session) -> Verdict:
    """Compute the whole chain anew; an act that was altered, removed or put in shows where it stood."""
    first, previous, acts = None, "", 0
    changes = groupby(_changes(session), key=lambda one: one.entry_id)
    owner, group = next(changes, (None, iter(())))
    for entry in session.exec(
        select(AuditEntry).order_by(col(AuditEntry.id)), execution_options={"yield_per": AT_ONCE}
    ):
        first = first or entry
        own = list(group) if owner == entry.id else []
        if owner == entry.id:
            owner, group = next(changes, (None, iter(())))
        whole = chain_digest(entry, [one.digest for one in own]) == entry.digest and all(map(_holds, own))
        if not whole or entry.previous != previous:
            return Verdict(acts, first, entry)
        acts, previous = acts + 1, entry.digest
    return Verdict(acts, first, None)


def _changes(session: Session) -> Iterator[AuditChange]:
    ordered = select(AuditChange).order_by(col(AuditChange.entry_id), col(AuditChange.id))
    yield from session.exec(ordered, execution_options={"yield_per": AT_ONCE})


def _holds(change: AuditChange) -> bool:
    """Whether the images are those of the digest; blanked ones are vouched for by the chain alone."""
    return change.salt is None or image_digest(change.salt, change.before, change.after) == change.digest
