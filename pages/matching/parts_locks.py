"""The locks: what binds, what is wrong with it, and who is to be bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.matching.rules import Infeasible, LockKind
from pages.shared.words import escape, plain, t

if TYPE_CHECKING:
    from core.matching.gathering import Inputs


def conflict(inputs: Inputs, trouble: Infeasible[int]) -> None:
    """Why the locks cannot be kept: these people, this rule."""
    names = {one.application_id: one.listed for one in (*inputs.mentees, *inputs.mentors)}
    for lock in inputs.locks:
        names |= {lock.mentee_id: lock.mentee, lock.mentor_id: lock.mentor}
    people = tuple(escape(names[one]) for one in trouble.people)
    st.error(t(f"matching.conflict.{trouble.rule}", people=people), icon=":material/lock:")


def locks_title(inputs: Inputs) -> str:
    """How many locks there are of each kind."""
    return t("matching.locks.title", yes=inputs.locked(LockKind.YES), never=inputs.locked(LockKind.NEVER))


def choose_two(inputs: Inputs) -> tuple[int | None, int | None, LockKind | None]:
    """A mentee, a mentor, and what binds them."""
    columns = st.columns([3, 3, 2], vertical_alignment="bottom")
    chosen: list[int | None] = []
    for column, side, people in zip(columns, ("mentee", "mentor"), (inputs.mentees, inputs.mentors), strict=False):
        names = {one.application_id: one.listed for one in people}
        chosen.append(
            column.selectbox(
                plain(f"matching.proposal.{side}"),
                list(names),
                index=None,
                format_func=names.__getitem__,
                placeholder=plain("matching.locks.choose"),
                key=f"matching.lock.{side}",
            )
        )
    kind = columns[2].segmented_control(
        plain("matching.locks.kind"),
        list(LockKind),
        default=LockKind.YES,
        required=True,
        format_func=lambda one: plain(f"matching.locks.{one}"),
        key="matching.lock.kind",
    )
    return chosen[0], chosen[1], kind


def choose_lock(inputs: Inputs) -> int | None:
    """One of the locks there are, to be removed; None where there is none."""
    if not inputs.locks:
        return None
    lines = {
        one.id: plain(
            "matching.locks.line", mentee=one.mentee, mentor=one.mentor, kind=plain(f"matching.locks.{one.kind}")
        )
        for one in inputs.locks
    }
    return st.selectbox(
        plain("matching.locks.which"), list(lines), format_func=lines.__getitem__, key="matching.lock.held"
    )
