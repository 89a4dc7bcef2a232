"""The applications as a form tool exports them: a CSV file that the programme reads as it reads any other."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from core.demo.chance import lots
from core.demo.taxonomy import taxonomy
from core.people.rules import Side
from core.store.clock import ROME

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from core.demo.applications import Applicant

LEVELS = {
    "L": "Laurea triennale",
    "LM": "Laurea magistrale",
    "LMCU": "Laurea magistrale a ciclo unico",
}
GRADUATE = "Laureato/a"
MODES = {"in_person": "In presenza", "online": "Online", "either": "Indifferente"}
MEANS = ("{:.1f}", "{:.1f}", "{:.2f}", "{:.1f}/30")
MARKS = ("{}", "{}", "{}/110")
WITH_HONOURS = ("110 e lode", "110L", "110/110L")


def export(applicants: Sequence[Applicant], side: Side) -> bytes:
    """The file with these applications, in the order in which they were sent.

    Telephone numbers, LinkedIn profiles and student numbers are not asked for: an invented one may be somebody's.
    """
    rows = [_row(one) for one in sorted(applicants, key=lambda one: (one.sent_at, one.person.mail))]
    headings = list(dict.fromkeys([*rows[0], *(_item(question) for question in taxonomy().items(side))]))
    written = io.StringIO()
    writer = csv.DictWriter(written, headings, delimiter=";", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def _row(one: Applicant) -> dict[str, str]:
    rng = lots("form", one.person.mail, one.sent_at)
    own = _of_mentee(rng, one) if one.side is Side.MENTEE else _of_mentor(one)
    return {
        "Data invio": one.sent_at.astimezone(ROME).strftime("%Y-%m-%d %H:%M:%S"),
        "Email": one.person.mail,
        "Nome": one.person.first_name,
        "Cognome": one.person.last_name,
        **own,
        "Lingue": ";".join(one.languages),
        "Modalità di incontro": MODES[one.mode],
        "Motivazione": one.motivation.text,
        "Privacy": "Sì",
        **{_item(question): str(answer) for question, answer in one.answers.items()},
    }


def _of_mentee(rng: Random, one: Applicant) -> dict[str, str]:
    return {
        "Livello": GRADUATE if one.mark else LEVELS[one.programme.level],
        "Corso di laurea": one.programme.name,
        "Classe di laurea": one.programme.code or "",
        "Media ponderata": _mean(rng, one.mean_30),
        "Voto di laurea": _mark(rng, one),
        "CFU": str(one.credits or ""),
        "Data di laurea": str(one.graduation or ""),
        "Settori di interesse": ";".join(sector.it for sector in one.sectors),
    }


def _of_mentor(one: Applicant) -> dict[str, str]:
    return {
        "Azienda": one.company,
        "Ruolo": one.job_title,
        "Settore": one.sectors[0].it,
        "Anni di esperienza": str(one.years or 0),
        "Laurea": one.programme.name,
        "Anno di laurea": str(one.degree_year or ""),
        "Numero di mentee": str(one.capacity or ""),
        "Città": one.city,
    }


def _mean(rng: Random, mean: float | None) -> str:
    """Written as people do: with a comma or a point, out of 30 or not."""
    if mean is None:
        return ""
    text = rng.choice(MEANS).format(mean)
    return text.replace(".", ",") if rng.random() < 0.6 else text  # noqa: PLR2004 - most Italians write a comma


def _mark(rng: Random, one: Applicant) -> str:
    if one.mark is None:
        return ""
    return rng.choice(WITH_HONOURS) if one.honours else rng.choice(MARKS).format(one.mark)


def _item(question: str) -> str:
    return f"Autovalutazione [{question}]"
