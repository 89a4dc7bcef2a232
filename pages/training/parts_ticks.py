"""The table in which presences are ticked.

The ticks live in the table until they are saved. The table goes on from what it was drawn with, whatever others save
meanwhile, and only what was changed in it is carried to the store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import pandas as pd
import streamlit as st

from pages.shared.words import plain, short_moment, t

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.people.rules import Side
    from core.training.queries import Attender
    from core.training.rules import Session

LONG, TALL = 10, 395  # rows shown to the last one; pixels within which a longer table scrolls, the button in sight
NAME, STATE = "name", "state"


class Drawn(NamedTuple):
    """What the table was drawn with; sessions with these numbers had begun."""

    side: Side
    sessions: tuple[Session, ...]
    begun: frozenset[int]
    people: tuple[Attender, ...]


class Changes(NamedTuple):
    """What differs from what the table was drawn with: applications with numbers of sessions."""

    added: frozenset[tuple[int, int]]
    removed: frozenset[tuple[int, int]]

    @property
    def n(self) -> int:
        """How many presences there are to save."""
        return len(self.added) + len(self.removed)


def drawn(side: Side, sessions: tuple[Session, ...], people: Sequence[Attender], now: datetime) -> Drawn:
    """What the table is to be drawn with at this moment."""
    begun = frozenset(one.number for one in sessions if one.begun(now))
    return Drawn(side, sessions, begun, tuple(people))


def editor(table: Drawn, key: str) -> Changes:
    """The table; gives what was ticked or unticked in it."""
    columns = {str(one.number): [one.number in person.attended for person in table.people] for one in table.sessions}
    states = {left: _state(table.side, left) for left in {len(one.missing) for one in table.people}}
    edited = st.data_editor(
        pd.DataFrame(
            {
                NAME: [one.listed for one in table.people],
                **columns,
                STATE: [states[len(one.missing)] for one in table.people],
            }
        ),
        column_config={
            NAME: st.column_config.TextColumn(plain("training.attendance.name"), pinned=True),
            STATE: st.column_config.TextColumn(plain("training.attendance.state")),
            **{
                str(one.number): st.column_config.CheckboxColumn(_heading(one, table), required=True)
                for one in table.sessions
            },
        },
        disabled=[NAME, STATE, *(str(one.number) for one in table.sessions if one.number not in table.begun)],
        hide_index=True,
        height=_height(len(table.people)),
        alt=plain("training.attendance.table"),
        key=key,
    )
    now = {
        (person.application_id, one.number)
        for one in table.sessions
        for person, there in zip(table.people, edited[str(one.number)].tolist(), strict=True)
        if there is True
    }
    before = {(person.application_id, number) for person in table.people for number in person.attended}
    return Changes(frozenset(now - before), frozenset(before - now))


def told(changes: Changes) -> None:
    """What is not saved yet, and what waits for it."""
    if changes.n:
        added, removed = len(changes.added), len(changes.removed)
        st.warning(t("training.attendance.unsaved", added=added, removed=removed), icon=":material/edit:")
    else:
        st.caption(t("training.attendance.how"))


def _state(side: Side, missing: int) -> str:
    return plain(f"training.attendance.misses_{side}", n=missing) if missing else plain("training.attendance.done")


def _heading(one: Session, table: Drawn) -> str:
    when = short_moment(one.starts_at)
    return when if one.number in table.begun else plain("training.attendance.session_ahead", when=when)


def _height(rows: int) -> int | Literal["content"]:
    return "content" if rows <= LONG else TALL
