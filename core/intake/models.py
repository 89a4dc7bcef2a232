"""One application: what a person said when applying in one edition, on one side."""

from __future__ import annotations

from datetime import date, datetime

from core.intake.reading.fields import Level, Mode
from core.people.rules import Side
from core.store.table import (
    Personal,
    Versioned,
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


class Application(Versioned, table=True):
    """The answers of both sides' forms; what a side is not asked stays empty."""

    __table_args__ = (
        unique("edition_id", "person_id", "side"),
        between("mean_30", 18, 30),
        between("final_mark", 66, 110),
        between("cfu", 0, 400),
        between("years_experience", 0, 60),
        between("capacity", 0, 20),
        between("degree_year", 1900, 2100),
        check("honours_only_with_110", "honours = 0 OR final_mark = 110"),
    )

    id: int | None = key()
    edition_id: int = reference("edition.id")
    person_id: int = reference("person.id")
    side: Side = words(Side)
    submitted_at: datetime | None = moment(null=True)
    consent: bool = False
    student_id: str | None = text(Personal.BLANK, null=True)
    level: Level | None = words(Level, null=True)
    course: str | None = text(Personal.KEEP, null=True)
    class_code: str | None = text(Personal.KEEP, null=True)
    mean_30: float | None = None
    final_mark: int | None = None
    honours: bool = False
    cfu: int | None = None
    graduation_date: date | None = None
    company: str | None = text(Personal.BLANK, null=True)
    job_title: str | None = text(Personal.BLANK, null=True)
    sector: str | None = text(Personal.KEEP, null=True)
    sectors: list[str] = document(Personal.KEEP)
    years_experience: float | None = None
    degree: str | None = text(Personal.BLANK, null=True)
    degree_year: int | None = None
    capacity: int | None = None
    linkedin: str | None = text(Personal.BLANK, null=True)
    languages: list[str] = document(Personal.KEEP)
    mode: Mode | None = words(Mode, null=True)
    city: str | None = text(Personal.BLANK, null=True)
    motivation: str | None = text(Personal.BLANK, null=True)
    cv_url: str | None = text(Personal.BLANK, null=True)
    self_assessment: dict[str, int] = document(Personal.KEEP)
    withdrawn_at: datetime | None = moment(null=True)
