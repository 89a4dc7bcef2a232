"""What the self-learning area offers, and to whom."""

from __future__ import annotations

from enum import StrEnum


class Audience(StrEnum):
    """Whom a resource is for."""

    BOTH = "both"
    MENTEES = "mentees"
    MENTORS = "mentors"
