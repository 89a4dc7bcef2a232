"""The record as pages show it: acts in a list, and one of them opened with what it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from core.accounts.guard import words_of
from core.accounts.rules import SYSTEM
from core.language.text import known
from core.office import queries
from core.office.lines import Step
from core.store import database
from pages.shared import tables
from pages.shared.act import explained
from pages.shared.undo_line import take_back
from pages.shared.values import shown
from pages.shared.words import escape, field_name, plain, refusal, short_moment, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.accounts.rules import Actor
    from core.office.lines import Line
    from core.office.queries import Act


WIDTHS = {3: (112, 150, 112), 4: (112, 130, 62, 55)}
"""By the number of columns."""


def act_name(name: str) -> str:
    """An act in words; one that the programme no longer has is called as it was written down."""
    return plain(words_of(name)) if known(words_of(name)) else name


def actor(name: str) -> str:
    """Who did something; the programme itself has a word in each language."""
    return plain("accounts.acts.programme") if name == SYSTEM.name else name


def what(act: Act) -> str:
    """What was done, and whether it was taken back since."""
    done = act_name(act.name) if act.undoes is None else plain("office.record.undoes", what=act_name(act.undoes))
    return plain("office.record.undone", what=done) if act.undone else done


def columns(acts: Sequence[Act], *, of_all: bool) -> dict[str, list[Any]]:
    """The list of acts, a column each of what there is to know; one's own need no name."""
    kinds = {(one.name, one.undoes, one.undone): one for one in acts}
    told = {kind: what(one) for kind, one in kinds.items()}
    return {
        plain("office.record.when"): [short_moment(one.at) for one in acts],
        plain("office.record.what"): [told[one.name, one.undoes, one.undone] for one in acts],
        **({plain("office.record.who"): [actor(one.who) for one in acts]} if of_all else {}),
        plain("office.record.edition"): [one.edition or "" for one in acts],
        plain("office.record.rows"): [one.rows for one in acts],
    }


def choose(acts: Sequence[Act], shown: dict[str, list[Any]], *, key: str) -> Act | None:
    """The acts as a table of these columns; gives the chosen one. Another key begins with none chosen."""
    event = st.dataframe(
        shown,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config=tables.at_least(shown, WIDTHS[len(shown)]),
        key=key,
    )
    rows = event["selection"]["rows"]
    return acts[rows[0]] if rows and rows[0] < len(acts) else None


def card(chosen: Act | None, me: Actor) -> None:
    """The chosen act with its fields before and after, and the button that takes it back or the reason why not."""
    if chosen is None:
        st.info(t("office.record.choose"), icon=":material/left_click:")
        return
    with explained(), database.reading() as session:
        opened = queries.opened(session, chosen.id, by=me)
    act = opened.act
    st.subheader(escape(what(act)))
    st.caption(t("office.record.done", at=act.at, who=actor(act.who)))
    if opened.refused is not None:
        st.info(refusal(opened.refused), icon=":material/info:")
    elif st.button(t("office.undo.this"), icon=":material/undo:", key=f"take back {act.id}"):
        take_back(act.id, escape(what(act)))
    if len(things := {_thing(one) for one in opened.lines}) == 1:
        st.text(things.pop())
    st.dataframe(_fields(opened.lines), hide_index=True)
    if not opened.whole:
        st.caption(t("office.record.cut", shown=len(opened.lines), rows=act.rows))


def _fields(lines: Sequence[Line]) -> dict[str, list[str]]:
    """The fields before and after; of what was only made or only deleted one of the two is enough.

    The column of what they are fields of is left out when it is one thing: the line above says it then.
    """
    steps = {one.step for one in lines}
    things = [_thing(one) for one in lines]
    columns = {plain("office.record.thing"): things} if len(set(things)) > 1 else {}
    columns[plain("office.record.field")] = [" · ".join(map(field_name, one.field)) for one in lines]
    if steps != {Step.MADE}:
        columns[plain("office.record.before")] = [shown(one.before, one.field) for one in lines]
    if steps != {Step.DELETED}:
        columns[plain("office.record.after")] = [shown(one.after, one.field) for one in lines]
    return columns


def _thing(line: Line) -> str:
    table = plain(f"{line.phase}.table.{line.table}") if line.phase else line.table
    return f"{table} · {shown(line.row)}"
