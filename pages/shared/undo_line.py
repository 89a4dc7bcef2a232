"""The line below the page after an act, always in sight: what was done, and a button that takes it back."""

from __future__ import annotations

import streamlit as st

from core.office import actions
from pages.shared import memory
from pages.shared.act import acting
from pages.shared.words import plain, t


def undo_line(page: str) -> None:
    """What was done last on this page, until the next act or another page."""
    done = memory.done_on(page)
    if done is None:
        return
    entry, message = done
    with st.bottom, st.container(horizontal=True, vertical_alignment="center"):
        st.caption(message, width="content")
        pressed = st.button(t("office.undo.act"), icon=":material/undo:", key=f"undo {entry}")
    if pressed:
        memory.remember_done(None, "")  # refused or not, it is no longer offered
        take_back(entry, message)


def take_back(entry: int, what: str) -> None:
    """Undo an act of the record (`what` says it, safe for Markdown); every form begins from the store again."""
    with acting(plain("office.undo.done", what=what)) as act:
        actions.undo_act(act.session, entry_id=entry, by=act.by, at=act.at)
        act.afterwards.append(memory.renew_all)
