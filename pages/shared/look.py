"""What the theme cannot set: room at the sides, what is chosen and captions read at 4.5 to 1, buttons for thumbs."""

from __future__ import annotations

import streamlit as st

STYLE = """
<style>
[data-testid="stButtonGroup"] [role="radio"][aria-checked="true"] { color: inherit !important; }
[data-testid="stButtonGroup"] [role="radio"][aria-checked="true"] * { color: inherit !important; font-weight: 600; }
[data-testid="stCaptionContainer"] { opacity: .72 !important; }
@media (max-width: 1280px) {
  [data-testid="stMainBlockContainer"] { padding-left: 2rem; padding-right: 2rem; }
}
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding: 4.4rem 1rem 4rem; }
  [data-testid="stMain"] button:not([role="tab"]):not([aria-label]), [data-testid="stMain"] form button[type="submit"] {
    min-height: 44px;
  }
  [data-testid="stMain"] [data-testid="stTextInputRootElement"] { min-height: 44px; }
  .st-key-lanes { overflow-x: auto; }
  .st-key-lanes > * { min-width: 800px; }
}
</style>
"""
SIDEBAR = 236
"""Pixels of the navigation: its longest title fits."""


def fit() -> None:
    """Leave less room at the sides of narrow screens."""
    st.html(STYLE)
