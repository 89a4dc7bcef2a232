"""Who has earned a certificate, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from core.edition.rules import require_between


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What one side must reach: a share of its training (percent), a number of meetings, and hours in them."""

    training: int
    meetings: int = 6
    hours: float = 9

    def __post_init__(self) -> None:
        require_between(self.training, 0, 100, what="certificates.training")
        require_between(self.meetings, 0, 30, what="certificates.meetings")
        require_between(self.hours, 0, 200, what="certificates.hours")


@dataclass(frozen=True, slots=True)
class Settings:
    """The thresholds of both sides."""

    mentees: Thresholds
    mentors: Thresholds

    @classmethod
    def defaults(cls, year: int) -> Settings:  # noqa: ARG003 - every phase's settings are made for a year
        """Mentees attended their session, mentors two of three; six meetings and nine hours together."""
        return cls(mentees=Thresholds(training=100), mentors=Thresholds(training=66))

    def moved(self, years: int) -> Settings:  # noqa: ARG002 - nothing here has a day
        """The thresholds stay."""
        return self
