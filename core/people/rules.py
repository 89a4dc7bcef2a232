"""The two sides of the programme, what became of a person in an edition, and what a person may consent to."""

from __future__ import annotations

from enum import StrEnum


class Side(StrEnum):
    """On which side a person applies."""

    MENTEE = "mentee"
    MENTOR = "mentor"


class Result(StrEnum):
    """What became of a person in an edition that is over."""

    NOT_SELECTED = "not_selected"
    WAITED = "waited"
    WITHDRAWN = "withdrawn"
    SELECTED = "selected"
    """Took part, and got no partner."""
    PAIRED = "paired"


class Purpose(StrEnum):
    """What a personal link opens."""

    PROGRAMME = "programme"
    """What the person can see and answer in one edition."""
    CONSENT = "consent"
    """Giving and taking back a consent: it serves as long as the person is known."""
    CALENDAR = "calendar"
    """The person's own dates, for a calendar that asks again and again."""


class ConsentKind(StrEnum):
    """What a person may consent to, beyond the data that an application needs."""

    ACKNOWLEDGEMENT = "acknowledgement"
    """Being named and thanked on the programme's website."""
