"""The list of thanks for the programme's website."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.certificates.queries import Thanked


def snippet(mentors: Iterable[Thanked]) -> str:
    """A list in HTML of those who consented, in their order: the name, then job title and company where known.

    Everything that people wrote is escaped: nothing of it can become a tag, a link or a script.
    """
    lines = [f"  <li>{_line(one)}</li>" for one in mentors if one.consents]
    return "\n".join(["<ul>", *lines, "</ul>"]) + "\n"


def _line(one: Thanked) -> str:
    facts = [escape(" ".join(fact.split())) for fact in (one.job_title, one.company) if fact and fact.strip()]
    return ", ".join([f"<strong>{escape(' '.join(one.spoken.split()))}</strong>", *facts])
