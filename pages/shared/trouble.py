"""What people see when the programme itself is wrong: one calm sentence with a code that finds it in the log."""

from __future__ import annotations

import streamlit as st

from core.store import log
from core.store.errors import Refused
from pages.shared.words import refusal, t


def calm_sentence(error: Exception) -> bool:
    """Say a refusal; log anything else and show its code. Always handled: no stack trace reaches people."""
    if isinstance(error, Refused):
        st.error(refusal(error), icon=":material/block:")
    else:
        st.error(t("store.trouble", code=log.report(error)), icon=":material/error:")
    return True
