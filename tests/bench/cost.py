"""How a measured cost stands to its limit."""

from __future__ import annotations

from dataclasses import dataclass

TOLERANCE = 1.5
HEADINGS = f"{'page':<30}{'phase':<12}{'units':>8}{'limit':>8}{'cpu ms':>9}{'p50 ms':>9}{'p95 ms':>9}{'KB':>9}"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one page costs in one phase: units, processor ms a run, ms until it has finished, KB sent."""

    page: str
    phase: str
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
            f"{self.page or '/':<30}{self.phase:<12}{self.units:>8}{self.limit:>8}{self.cpu_ms:>9}{self.p50_ms:>9}"
            f"{self.p95_ms:>9}{self.kilobytes:>9}  {self.verdict}"
        )
