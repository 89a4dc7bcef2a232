"""What is missing, and how long people were together, as texts that are said in either language."""

from __future__ import annotations

from core.certificates.rules import HOUR, Lack, Missing
from core.store.errors import Told


def spent(minutes: int) -> tuple[Told, ...]:
    """Hours and minutes, each only where there are any; inside a sentence they are joined: 2 ore e 30 minuti."""
    hours, rest = divmod(minutes, HOUR)
    parts = ("certificates.time.hours", hours), ("certificates.time.minutes", rest)
    return tuple(Told(key, {"n": n}) for key, n in parts if n) or (Told("certificates.time.minutes", {"n": 0}),)


def told(missing: Missing) -> Told:
    """One thing that is missing."""
    if missing.lack is Lack.TRAINING:
        return _training(missing)
    if missing.lack is Lack.TIME:
        alone = missing.short in (1, HOUR)
        return Told("certificates.missing.time", {"n": 1 if alone else missing.short, "time": spent(missing.short)})
    return Told(f"certificates.missing.{missing.lack}", {"n": missing.short, "of": missing.of})


def brief(missing: Missing) -> Told:
    """The same in a word or two, for a table that says beside it what there is already."""
    if missing.lack is Lack.TIME:
        return Told("certificates.lack.time", {"time": spent(missing.short)})
    return Told(f"certificates.lack.{missing.lack}", {"n": missing.short})


def _training(missing: Missing) -> Told:
    if missing.done:
        values = {"n": missing.done, "of": missing.of, "needed": missing.needed}
        return Told("certificates.missing.training", values)
    if missing.of == 1:
        return Told("certificates.missing.training_alone")
    return Told("certificates.missing.training_none", {"n": missing.needed, "of": missing.of})
