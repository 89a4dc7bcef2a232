"""The two sides of the programme."""

from __future__ import annotations

from enum import StrEnum


class Side(StrEnum):
    """On which side a person applies."""

    MENTEE = "mentee"
    MENTOR = "mentor"
