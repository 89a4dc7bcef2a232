"""One application as a reviewer sees it, and the fields of a review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.selection.rules import HIGHEST_POINTS, LOWEST_POINTS
from pages.shared import fields
from pages.shared.words import escape, number, plain, short_day, t

if TYPE_CHECKING:
    from core.selection.queries import BlindApplication, Queue


def choose(queue: Queue, *, key: str) -> int | None:
    """The application to read: the next of the queue unless another is chosen or it is skipped."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            plain("selection.scoring.choose"),
            queue.everything,
            index=0 if queue.waiting else None,
            format_func=lambda one: _title(queue, one),
            placeholder="",
            key=key,
            width=320,
        )
        following = queue.after(chosen)
        if following not in {None, chosen}:
            label = "skip" if chosen in queue.waiting else "resume"
            st.button(t(f"selection.scoring.{label}"), on_click=_choose, args=(key, following))
    return chosen


def motivation(application: BlindApplication) -> None:
    """The text, each line a paragraph of its own."""
    st.subheader(t("selection.scoring.motivation"))
    with st.container(border=True):
        for paragraph in (application.motivation or plain("selection.scoring.no_motivation")).splitlines():
            st.markdown(escape(paragraph.strip()))


def background(application: BlindApplication) -> None:
    """What is known of studies and, for mentors, of work."""
    st.subheader(t("selection.scoring.facts"))
    known = [(name, value) for name, value in _facts(application).items() if value is not None]
    lines = [t("selection.scoring.fact", label=plain(f"intake.field.{name}"), value=value) for name, value in known]
    st.markdown("  \n".join(lines))
    if not known:
        st.caption(t("selection.scoring.no_facts"))


def points(application: BlindApplication) -> float | None:
    """From 1 to 5, beside what each stands for; a typed number, because radio buttons swallow Ctrl+Enter."""
    anchors = [t(f"selection.scoring.anchor.{one}") for one in range(LOWEST_POINTS, HIGHEST_POINTS + 1)]
    st.markdown("  \n".join(anchors))
    return fields.open_number(
        st.container(),
        "selection.scoring.points",
        application.points,
        key=f"points {application.application_id}",
        example=plain("selection.scoring.from_to", low=LOWEST_POINTS, high=HIGHEST_POINTS),
    )


def _choose(key: str, application: int) -> None:
    st.session_state[key] = application


def _title(queue: Queue, application: int) -> str:
    state = "scored" if application in queue.scored else "to_score"
    return plain(f"selection.scoring.{state}", number=str(application))


def _facts(application: BlindApplication) -> dict[str, str | None]:
    """By the name of the form's field; None where nothing is known."""
    return {
        "level": None if application.level is None else plain(f"intake.answer.{application.level}"),
        "course": application.course,
        "degree": application.degree,
        "degree_year": None if application.degree_year is None else str(application.degree_year),
        "mean_30": None if application.mean_30 is None else number(application.mean_30),
        "final_mark": _mark(application),
        "cfu": None if application.cfu is None else number(application.cfu),
        "graduation_date": None if application.graduation_date is None else short_day(application.graduation_date),
        "years_experience": None if application.years is None else number(application.years),
    }


def _mark(application: BlindApplication) -> str | None:
    if application.honours:
        return plain("intake.applicants.honours")
    return None if application.final_mark is None else number(application.final_mark)
