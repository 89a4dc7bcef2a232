"""How people will see a resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.learning.rules import TONGUES
from pages.shared.words import t

if TYPE_CHECKING:
    from core.learning.rules import Draft


def preview(draft: Draft, *, link: str = "") -> None:
    """How people will see it: plain text with its lines, nothing of it read as Markdown or fetched from anywhere.

    `link` is the one that was kept: what is only typed has not been looked at and leads nowhere.
    """
    with st.expander(t("learning.materials.preview"), icon=":material/visibility:"):
        for column, tongue, title, text in zip(st.columns(2), TONGUES, *draft.written, strict=True):
            with column:
                st.caption(t(f"learning.materials.in_{tongue}"))
                if title.strip() or text.strip():
                    st.text(title)
                    st.text(text)
                else:
                    st.caption(t("learning.materials.preview_empty"))
        if link:
            st.link_button(t("learning.materials.open_link"), link, icon=":material/open_in_new:")
