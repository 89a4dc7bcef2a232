"""How far the training has come, and the whole list to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.people.rules import Side
from pages.shared.downloads import offer_sheet
from pages.shared.words import plain, short_moment, t

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from core.training.queries import Roll


def figures(side: Side, roll: Roll, now: datetime) -> None:
    """How many take part, have completed the training, and still have to; beside them the sessions one by one."""
    everybody, completed = len(roll.people), sum(one.completed for one in roll.people)
    counts = {"participants": everybody, "completed": completed, "open": everybody - completed}
    *columns, last = st.columns([2, 2, 2, 5], vertical_alignment="center")
    for column, (name, count) in zip(columns, counts.items(), strict=True):
        column.metric(t(f"training.attendance.{name}"), count)
    last.caption("  \n".join(_by_session(side, roll, now)))


def _by_session(side: Side, roll: Roll, now: datetime) -> Iterator[str]:
    """How many mentors miss a session, how many mentees were there; then those that have not begun."""
    for one in (one for one in roll.sessions if one.begun(now)):
        there = sum(one.number in person.attended for person in roll.people)
        if side is Side.MENTEE:
            yield t("training.attendance.present", n=there, when=one.starts_at)
        elif there < len(roll.people):
            yield t("training.attendance.absent", n=len(roll.people) - there, when=one.starts_at)
    if ahead := [one.starts_at for one in roll.sessions if not one.begun(now)]:
        yield t("training.attendance.ahead", n=len(ahead), when=ahead)


def offer_list(side: Side, roll: Roll) -> None:
    """Everybody of this side with each session and whether the training is completed, as a file."""
    yes = plain("training.attendance.yes")
    columns: dict[str, list[str]] = {
        plain("training.attendance.name"): [one.listed for one in roll.people],
        plain("training.attendance.mail"): [one.mail for one in roll.people],
    }
    for session in roll.sessions:
        there = [yes if session.number in one.attended else "" for one in roll.people]
        columns[_unlike(short_moment(session.starts_at), columns)] = there
    columns[plain("training.attendance.completed")] = [yes if one.completed else "" for one in roll.people]
    offer_sheet(t("training.attendance.sheet"), plain(f"training.attendance.sheet_name_{side}"), columns)


def _unlike(heading: str, columns: dict[str, list[str]]) -> str:
    """Two sessions may begin at the same moment: each keeps a column of its own."""
    return heading if heading not in columns else _unlike(f"{heading} ", columns)
