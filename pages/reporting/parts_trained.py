"""The attendance at the training by sector: in words, as a heat map, and as a table to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.store.clock import ROME
from pages.shared.charts.heat import heat
from pages.shared.downloads import offer_sheet
from pages.shared.words import percent, plain, short_day, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.reporting.meetings import Group
    from core.store.sheets import Value
    from core.training.rules import Session


def in_words(lessons: Sequence[Session], groups: Sequence[Group]) -> str:
    """What the figures say: the share of all shown people at each session that has begun."""
    people = sum(one.people for one in groups)
    said: list[str] = []
    for place, lesson in enumerate(lessons):
        shares = [(one.shares[place], one.people) for one in groups]
        if all(share is None for share, _ in shares):
            said.append(t("reporting.trained.ahead", day=_day(lesson)))
        else:
            share = sum((share or 0) * size for share, size in shares) / people
            said.append(t("reporting.trained.was", day=_day(lesson), share=percent(share)))
    return t("reporting.trained.sentence", sessions=tuple(said))


def chart(lessons: Sequence[Session], groups: Sequence[Group]) -> None:
    """The share of each group at each session."""
    heat(
        [plain("reporting.trained.group", sector=_sector(one), n=one.people) for one in groups],
        [_day(one) for one in lessons],
        [one.shares for one in groups],
        alt=plain("reporting.trained.chart"),
    )


def table(lessons: Sequence[Session], groups: Sequence[Group]) -> None:
    """The numbers beside the chart, and as a file."""
    first: dict[str, list[Value]] = {
        plain("reporting.trained.sector"): [_sector(one) for one in groups],
        plain("reporting.trained.people"): [one.people for one in groups],
    }
    told = {
        _day(lesson): ["" if share is None else percent(share) for share in _column(groups, place)]
        for place, lesson in enumerate(lessons)
    }
    st.dataframe(
        first | told,
        hide_index=True,
        height="content",
        column_config={name: st.column_config.TextColumn(alignment="right") for name in told},
    )
    shares: dict[str, list[Value]] = {
        _day(lesson): list(_column(groups, place)) for place, lesson in enumerate(lessons)
    }
    offer_sheet(t("reporting.trained.sheet"), plain("reporting.trained.sheet_name"), first | shares)


def _column(groups: Sequence[Group], place: int) -> list[float | None]:
    return [one.shares[place] for one in groups]


def _day(lesson: Session) -> str:
    return short_day(lesson.starts_at.astimezone(ROME).date())


def _sector(one: Group) -> str:
    return one.sector or plain("reporting.trained.others")
