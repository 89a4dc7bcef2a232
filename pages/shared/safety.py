"""How safe the store is, said in the same words on the first page and on the page of the copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.store.clock import ROME, today
from pages.shared.words import t

if TYPE_CHECKING:
    from datetime import datetime

    from core.office.copies import Safety


def warn(safety: Safety) -> None:
    """A warning when the last good copy was made too long ago, or there is none."""
    if safety.late:
        st.warning(t("office.copies.late" if safety.last else "office.copies.none_late"), icon=":material/warning:")


def line(safety: Safety) -> str:
    """When the last good copy was made, in one calm line."""
    return _when(safety.last.at) if safety.last else t("office.copies.none")


def _when(at: datetime) -> str:
    local = at.astimezone(ROME)
    days = (today() - local.date()).days
    if days > 1:
        return t("office.copies.earlier", day=at)
    return t("office.copies.yesterday" if days else "office.copies.today", time=f"{local:%H:%M}")
