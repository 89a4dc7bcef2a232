"""Editions, what is set for each, and what each has passed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.edition.rules import FIRST_YEAR, LAST_YEAR, Milestone
from core.store.table import Personal, Table, Versioned, between, document, key, moment, reference, text, unique, words


class Edition(Versioned, table=True):
    """One year of the programme."""

    __table_args__ = (between("year", FIRST_YEAR, LAST_YEAR),)

    id: int | None = key()
    name: str = text(Personal.KEEP, unique=True)
    year: int


class PhaseSettings(Versioned, table=True):
    """What is set for one phase of one edition; only the phase reads the document."""

    __table_args__ = (unique("edition_id", "phase"),)

    id: int | None = key()
    edition_id: int = reference("edition.id")
    phase: str = text(Personal.KEEP)
    document: dict[str, Any] = document(Personal.KEEP)


class Passed(Table, table=True):
    """A milestone that an edition has passed."""

    __table_args__ = (unique("edition_id", "milestone"),)

    id: int | None = key()
    edition_id: int = reference("edition.id")
    milestone: Milestone = words(Milestone)
    at: datetime = moment()
