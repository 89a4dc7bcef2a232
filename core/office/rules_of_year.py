"""The rules of all phases, as an edition holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.certificates.rules import Settings as Certificates
from core.intake.rules import Settings as Intake
from core.matching.rules import Settings as Matching
from core.mentoring.rules import Settings as Mentoring
from core.selection.rules import Settings as Selection
from core.speeddate.rules import Settings as SpeedDate
from core.training.rules import Settings as Training

if TYPE_CHECKING:
    from core.edition.queries import Defaults

SETTINGS: tuple[type[Defaults], ...] = (Intake, Selection, Training, SpeedDate, Matching, Mentoring, Certificates)
