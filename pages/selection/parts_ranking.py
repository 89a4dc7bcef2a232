"""The ranking as a table with ticks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from zlib import crc32

import streamlit as st

from core.language.text import known
from core.people.rules import Side
from core.selection.rules import Criterion, Outcome
from core.selection.scoring import Place
from pages.shared import tables
from pages.shared.words import numbers, plain, t

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from streamlit.elements.lib.column_types import ColumnConfig

    from core.selection.queries import Counts, RankedApplicant

MOST_ROWS = 200
"""So many are sent to the browser at once."""
DIGITS = 3  # before the decimals of the greatest number, 100
WHOLE_ROWS, HEIGHT = 20, 460  # rows shown to the last one; pixels within which a longer table scrolls
PINNED = ("rank", "tie", "name")
WIDTHS = {"outcome": 125, "missing": 150, "reason": 220, "notes": 220}
"""Of texts that change; the others fit themselves to what they hold."""
NUMBERS = ("total", "academic", "years", "self_assessment", "motivation", "spread")


def figures(counts: Counts) -> None:
    """How far the choice has come."""
    names = ("applicants", "selected", "waiting", "not_selected", "undecided")
    for column, name in zip(st.columns(len(names)), names, strict=True):
        column.metric(t(f"selection.ranking.{name}"), getattr(counts, name))


def choose_part(ranking: Sequence[RankedApplicant]) -> Sequence[RankedApplicant]:
    """The whole ranking, or one part of a long one."""
    starts = range(0, len(ranking), MOST_ROWS)
    if len(starts) == 1:
        return ranking
    start = st.selectbox(
        plain("selection.ranking.part"),
        starts,
        format_func=lambda one: plain(
            "selection.ranking.part_label", first=one + 1, last=min(one + MOST_ROWS, len(ranking))
        ),
        width=260,
    )
    return ranking[start : start + MOST_ROWS]


def table(shown: Sequence[RankedApplicant], side: Side, seen: Mapping[int, int], *, wanted: int) -> list[int]:
    """The ranking; gives the applications that are ticked.

    The ticks belong to what was seen: when the order or one's own decisions change, the table is another one
    and nothing is ticked, so that no tick can slip to a neighbour.
    """
    key = f"ranking {crc32(repr(list(seen.items())).encode())}"
    _offer_ticks(shown, key)
    event = st.dataframe(
        tables.table({_heading(name): values for name, values in _columns(shown, side, wanted).items()}),
        column_config={_heading(name): _configured(name) for name in (*PINNED, *NUMBERS, *WIDTHS)},
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        key=key,
        height=height(len(shown)),
        placeholder="–",
        alt=plain("selection.ranking.table"),
    )
    return [shown[row].application_id for row in event["selection"]["rows"]]


def height(rows: int) -> int | Literal["content"]:
    """A short table ends with its last row; a long one leaves the decision below it in sight."""
    return "content" if rows <= WHOLE_ROWS else HEIGHT


def _offer_ticks(shown: Sequence[RankedApplicant], key: str) -> None:
    undecided = [row for row, one in enumerate(shown) if one.outcome is None]
    within = [row for row in undecided if shown[row].placing.place is Place.WITHIN]
    with st.container(horizontal=True):
        if within and st.button(t("selection.ranking.tick_within", n=len(within)), key="tick_within"):
            _tick(key, within)
        if undecided and st.button(t("selection.ranking.tick_undecided", n=len(undecided)), key="tick_all"):
            _tick(key, undecided)
        if st.button(t("selection.ranking.tick_none"), key="tick_none", type="tertiary"):
            _tick(key, [])


def _tick(key: str, rows: list[int]) -> None:
    st.session_state[key] = {"selection": {"rows": rows, "columns": [], "cells": []}}


def _written(values: Sequence[float | None]) -> list[str | None]:
    """Numbers as the page's language writes them, not the browser's; blanks before them let them sort as numbers."""
    texts = numbers(value for value in values if value is not None)
    return [None if value is None else " " * (DIGITS - len(str(int(value)))) + texts[value] for value in values]


def _heading(name: str) -> str:
    return plain(f"selection.ranking.column.{name}")


def _configured(name: str) -> ColumnConfig:
    """How a column shows its numbers, and what its heading means."""
    key = f"selection.ranking.help.{name}"
    told = plain(key) if known(key) else None
    if name in NUMBERS:
        return st.column_config.TextColumn(help=told, alignment="right")
    if name in WIDTHS:
        return st.column_config.Column(width=WIDTHS[name])
    return st.column_config.Column(help=told, pinned=True)


def _columns(shown: Sequence[RankedApplicant], side: Side, wanted: int) -> dict[str, list]:
    """By the name of the column's heading; each word is looked up once, not once a row."""
    places = {place: plain(f"selection.place.{place}") for place in Place}
    outcomes = {one: plain(f"selection.outcome.{one or 'none'}") for one in (None, *Outcome)}
    criteria = {one: plain(f"selection.criterion.{one}") for one in Criterion}
    reviews = {n: plain("selection.ranking.reviews", given=n, wanted=wanted) for n in {one.reviews for one in shown}}
    columns: dict[str, list] = {
        "rank": [one.placing.rank for one in shown],
        "tie": ["=" if one.placing.sharing > 1 else "" for one in shown],
        "name": [one.listed for one in shown],
        "total": [one.score.total for one in shown],
        "place": [places[one.placing.place] for one in shown],
        "outcome": [outcomes[one.outcome] for one in shown],
        "academic": [_tenths(one.score.points.get(Criterion.ACADEMIC)) for one in shown],
        "years": [one.years for one in shown],
        "self_assessment": [_tenths(one.self_assessment) for one in shown],
        "motivation": [_tenths(one.motivation) for one in shown],
        "spread": [one.spread for one in shown],
        "reviews": [reviews[one.reviews] for one in shown],
        "missing": [", ".join(criteria[name] for name in one.score.missing) for one in shown],
        "reason": [one.reason or "" for one in shown],
        "notes": [" · ".join(one.notes) for one in shown],
    }
    if side is Side.MENTEE:
        del columns["years"]
    return {name: _written(values) if name in NUMBERS else values for name, values in columns.items()}


def _tenths(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
