"""When mentors and mentees are trained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from core.edition.rules import require_between, working_day
from core.store.clock import ROME


@dataclass(frozen=True, slots=True)
class Session:
    """One online session: its beginning, and how long it lasts in minutes."""

    starts_at: datetime
    minutes: int = 120

    def __post_init__(self) -> None:
        require_between(self.minutes, 15, 480, what="training.minutes")


@dataclass(frozen=True, slots=True)
class Settings:
    """Mentors attend every one of their sessions; mentees one of theirs."""

    mentor_sessions: tuple[Session, ...]
    mentee_sessions: tuple[Session, ...]

    @classmethod
    def defaults(cls, year: int) -> Settings:
        """Mentors: three evenings between 1 and 18 September; mentees: 2 or 18 September in the afternoon."""
        evenings = [working_day(date(year, 9, day)) for day in (1, 9, 16)]
        afternoons = [date(year, 9, 2), date(year, 9, 18)]
        return cls(
            mentor_sessions=tuple(Session(at(day, 18)) for day in evenings),
            mentee_sessions=tuple(Session(at(day, 14)) for day in afternoons),
        )


def at(day: date, hour: int) -> datetime:
    """A full hour of a day in Rome."""
    return datetime.combine(day, time(hour), tzinfo=ROME)
