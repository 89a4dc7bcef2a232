"""What the theme cannot set: room at both sides of a page, and chosen segments that can be read in the dark."""

from __future__ import annotations

import streamlit as st

STYLE = """
<style>
[data-testid="stBaseButton-segmented_controlActive"], [data-testid="stBaseButton-pillsActive"],
[data-testid="stBaseButton-segmented_controlActive"] p, [data-testid="stBaseButton-pillsActive"] p {
  color: inherit !important; font-weight: 600;
}
@media (max-width: 1280px) {
  [data-testid="stMainBlockContainer"] { padding-left: 2rem; padding-right: 2rem; }
}
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding: 4.4rem 1rem 4rem; }
}
</style>
"""
SIDEBAR = 236
"""Pixels of the navigation: its longest title fits."""


def fit() -> None:
    """Leave less room at the sides of narrow screens."""
    st.html(STYLE)
