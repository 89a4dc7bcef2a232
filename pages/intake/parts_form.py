"""The fields of one side's form, each as the widget that suits its kind; the answers come back as a file holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.intake.reading.fields import Field, Kind, Level, Mode
from core.intake.reading.form import FORMS
from pages.shared.words import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.people.rules import Side

NOT_TYPED = frozenset({"full_name", "submitted_at", "self_assessment"})
YES, NO = "Sì", "No"


def answers(side: Side, sectors: Sequence[str], *, key: str) -> dict[str, str]:
    """Two columns of fields, the long texts below them."""
    fields = [field for field in FORMS[side] if field.name not in NOT_TYPED]
    fields.sort(key=lambda field: field.kind in (Kind.LONG_TEXT, Kind.CONSENT))
    short = [field for field in fields if field.kind not in (Kind.LONG_TEXT, Kind.CONSENT)]
    found: dict[str, str] = {}
    columns = st.columns(2)
    for index, field in enumerate(fields):
        with columns[index % 2] if index < len(short) else st.container():
            found[field.name] = _asked(field, sectors, f"{key} {field.name}")
    return found


def _asked(field: Field, sectors: Sequence[str], key: str) -> str:
    label = plain(f"intake.field.{field.name}") + (" *" if field.required else "")
    if field.kind is Kind.CONSENT:
        return YES if st.checkbox(plain("intake.by_hand.consent") + " *", key=key) else NO
    if field.kind is Kind.LONG_TEXT:
        return st.text_area(label, key=key)
    if field.kind is Kind.CHOICES:
        return ";".join(st.multiselect(label, sectors, placeholder=plain("intake.by_hand.choose"), key=key))
    if field.kind in CLOSED or field.kind is Kind.CHOICE:
        options = sectors if field.kind is Kind.CHOICE else list(CLOSED[field.kind])
        chosen = st.selectbox(
            label, options, index=None, placeholder=plain("intake.by_hand.choose"), format_func=_named, key=key
        )
        return chosen or ""
    return st.text_input(label, help=plain("intake.by_hand.date") if field.kind is Kind.MOMENT else None, key=key)


CLOSED = {Kind.LEVEL: Level, Kind.MODE: Mode}


def _named(option: str) -> str:
    return plain(f"intake.answer.{option}") if option in (*Level, *Mode) else option
