"""The fields of a decision."""

from __future__ import annotations

import streamlit as st

from core.language.text import known
from core.selection.rules import REASON_LENGTH, Outcome
from pages.shared.words import plain, t


def choose_outcome(*, key: str) -> Outcome:
    """What is decided."""
    return Outcome(
        st.segmented_control(
            plain("selection.ranking.outcome"),
            list(Outcome),
            default=Outcome.SELECTED,
            required=True,
            format_func=lambda one: plain(f"selection.outcome.{one}"),
            key=key,
        )
    )


def ask_reason(outcome: Outcome) -> str:
    """The reason, in one's own words or beginning with a frequent one."""
    keys = [f"selection.ranking.suggestion.{outcome}_{number}" for number in range(1, 4)]
    frequent = st.pills(
        plain("selection.ranking.suggestions"), [plain(key) for key in keys if known(key)], key=f"frequent {outcome}"
    )
    return st.text_input(
        plain("selection.ranking.reason"), frequent or "", key=f"reason {outcome} {frequent}", max_chars=REASON_LENGTH
    )


def to_record(outcome: Outcome, number: int) -> str:
    """What the button does, with how many it concerns."""
    return t(f"selection.ranking.record.{outcome}", n=number) if number else t("selection.ranking.record_none")


def recorded(outcome: Outcome, number: int) -> str:
    """What was done."""
    return t(f"selection.ranking.recorded.{outcome}", n=number)
