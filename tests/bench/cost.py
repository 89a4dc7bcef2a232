"""How a measured cost stands to its limit."""

from __future__ import annotations

from dataclasses import dataclass

TOLERANCE = 1.5


@dataclass(frozen=True, slots=True)
class Cost:
    """What one page costs: units, processor ms a run, ms until it has finished, KB sent."""

    page: str
    units: float
    limit: float
    cpu_ms: float
    p50_ms: float
    p95_ms: float
    kilobytes: float

    @property
    def verdict(self) -> str:
        """How the page stands to its limit."""
        if self.units > TOLERANCE * self.limit:
            return "TOO DEAR"
        return "over its limit" if self.units > self.limit else ""

    @property
    def line(self) -> str:
        """The cost in a line of the table."""
        return (
            f"{self.page or '/':<30}{self.units:>8}{self.limit:>8}{self.cpu_ms:>9}{self.p50_ms:>9}{self.p95_ms:>9}"
            f"{self.kilobytes:>9}  {self.verdict}"
        )
