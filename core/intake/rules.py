"""When applications are taken, and what an application is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from core.edition.rules import require_order, same_day
from core.store.errors import Refused

SECTORS = (
    "Banche, finanza e assicurazioni",
    "Consulenza",
    "Studi legali e notarili",
    "Pubblica amministrazione, no profit",
    "Organizzazioni internazionali",
    "Sanità e farmaceutica",
    "Informatica, dati e IA",
    "Comunicazione, editoria e cultura",
    "Istruzione e formazione",
    "Ricerca e università",
    "Industria e manifattura",
    "Alimentare e agricoltura",
    "Energia e ambiente",
    "Commercio e beni di consumo",
    "Turismo, eventi e sport",
    "Risorse umane",
    "Trasporti e logistica",
    "Edilizia e immobiliare",
)


class NoSectors(Refused):
    """The form offers at least one sector."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The window in which people apply, both days included, and the sectors that the form offers.

    The offered sectors are needed to cut an answer that holds several: sectors hold commas themselves.
    """

    opens_on: date
    closes_on: date
    sectors: tuple[str, ...] = SECTORS

    def __post_init__(self) -> None:
        require_order(self.opens_on, self.closes_on, what="edition.year.opens_on")
        if not self.sectors:
            raise NoSectors

    @classmethod
    def defaults(cls, year: int) -> Settings:
        """From 1 May to 15 July of the edition's first year."""
        return cls(date(year, 5, 1), date(year, 7, 15))

    def moved(self, years: int) -> Settings:
        """The window keeps its days of the month."""
        return replace(self, opens_on=same_day(self.opens_on, years), closes_on=same_day(self.closes_on, years))
