"""Whom each occasion is meant for.

Not guarded: the queries that ask (`core.office.queries.letters`) want the right to write messages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.messages.rules import Occasion
from core.office.audiences import before_pairs, outcomes, pairs
from core.people.rules import Side
from core.selection.rules import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.office.audiences.sources import Candidate, Sources

AUDIENCES: dict[Occasion, Callable[[Sources], Iterator[Candidate]]] = {
    Occasion.SELECTED_MENTEE: outcomes.outcome(Outcome.SELECTED, Side.MENTEE),
    Occasion.SELECTED_MENTOR: outcomes.outcome(Outcome.SELECTED, Side.MENTOR),
    Occasion.WAITING: outcomes.outcome(Outcome.WAITING, None),
    Occasion.NOT_SELECTED_MENTEE: outcomes.outcome(Outcome.NOT_SELECTED, Side.MENTEE),
    Occasion.NOT_SELECTED_MENTOR: outcomes.outcome(Outcome.NOT_SELECTED, Side.MENTOR),
    Occasion.CONFIRM: outcomes.confirm,
    Occasion.TRAINING_DATE: before_pairs.training_date,
    Occasion.TRAINING_MENTOR: before_pairs.training_mentor,
    Occasion.SPEED_DATE: before_pairs.speed_date,
    Occasion.BALLOT: before_pairs.ballot,
    Occasion.PAIRED_MENTEE: pairs.paired(Side.MENTEE),
    Occasion.PAIRED_MENTOR: pairs.paired(Side.MENTOR),
    Occasion.FIRST_CONTACT: pairs.first_contact,
    Occasion.SILENT_PAIR: pairs.silent_pair,
    Occasion.MIDWAY: pairs.midway,
    Occasion.CERTIFICATE: pairs.certificate,
    Occasion.THANKS: pairs.thanks,
    Occasion.REAPPLY: outcomes.reapply,
    Occasion.FREE: outcomes.free,
}
"""In the order of the year."""
