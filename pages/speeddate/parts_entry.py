"""Entering one ballot by the keyboard: whose it is, what is typed, and what that says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.speeddate.rules import Wishes
from core.speeddate.typed import Slipped, read, written
from pages.shared import memory
from pages.shared.words import escape, plain, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.speeddate.names import Listed
    from core.speeddate.queries import MenteeBallot, Turn

ENTRY = "speeddate.entry"
FORM = "speeddate.ballot."


def choose_mentee(ballots: Sequence[MenteeBallot], turn: Turn) -> MenteeBallot:
    """Whose ballot it is: the one whose turn it is, unless somebody is picked from the list."""
    by_id = {one.person.application_id: one for one in ballots}
    picked = st.selectbox(
        plain("speeddate.ballots.mentee"),
        list(by_id),
        index=list(by_id).index(turn.mentee),
        format_func=lambda one: _called(by_id[one]),
        filter_mode="contains",
        key=f"speeddate.mentee.{turn.after}",
    )
    return by_id[picked]


def fill(ballot: MenteeBallot, number_of: dict[int, int]) -> int:
    """Write into the field what the ballot says, whenever its form is drawn anew; the version that was written there.

    The field keeps its key, and so the focus, from one ballot to the next: what it was filled for tells whether it
    is to be filled again. Text and version are of one run, so nobody saves over a ballot that was not in the field.
    """
    mentee = ballot.person.application_id
    drawn = hash((mentee, memory.generation(FORM)))
    if memory.seen(ENTRY, drawn, field=ENTRY) != drawn:
        del st.session_state[ENTRY]
        memory.seen(ENTRY, drawn, field=ENTRY)
    seen = memory.seen(f"{FORM}{mentee}", ballot.version, field=ENTRY)
    if ENTRY not in st.session_state:
        st.session_state[ENTRY] = written(ballot.wishes or Wishes(), number_of)
    return seen


def type_wishes(mentors: Sequence[Listed], *, most: int) -> Wishes | None:
    """What is typed, read back with the names while it is typed; None while there is nothing to save."""
    typed = st.text_input(
        plain("speeddate.ballots.entry"),
        key=ENTRY,
        live=True,
        placeholder=plain("speeddate.ballots.entry_example"),
        autocomplete="off",
    )
    st.caption(t("speeddate.ballots.entry_rules"))
    said = read(typed or "", {one.number: one.application_id for one in mentors if one.number}, most=most)
    if isinstance(said, Slipped):
        st.warning(t(f"speeddate.slip.{said.slip}", value=said.value), icon=":material/edit:")
        return None
    if said == Wishes():
        st.markdown(t("speeddate.ballots.nothing_typed"))
        return None
    _read_back(said, mentors)
    return said


def _read_back(said: Wishes, mentors: Sequence[Listed]) -> None:
    names = {one.application_id: _named(one) for one in mentors}
    lines = [
        t("speeddate.ballots.rank", rank=rank, names=tuple(sorted(names[one] for one in group)))
        for rank, group in enumerate(said.ranks, start=1)
    ]
    if said.vetoes:
        lines.append("\n" + t("speeddate.ballots.rather_not", names=tuple(sorted(names[one] for one in said.vetoes))))
    st.markdown("\n".join(lines))


def _named(mentor: Listed) -> str:
    return escape(mentor.listed) if mentor.takes_part else t("speeddate.ballots.left", name=mentor.listed)


def _called(ballot: MenteeBallot) -> str:
    name = ballot.person.listed
    return name if ballot.wishes is None else plain("speeddate.ballots.has_one", name=name)
