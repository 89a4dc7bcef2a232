"""The address for phones in big letters and as a picture to point a camera at."""

from __future__ import annotations

import segno
import streamlit as st

from pages.shared.words import escape, t

WIDTH = 320
QUIET = 4
"""Modules of light around a code, without which cameras do not find it."""


def shown(address: str) -> None:
    """The address to type, and its QR code."""
    st.header(escape(address), anchor=False)
    code = segno.make(address, error="m", micro=False)
    picture = code.svg_inline(border=QUIET, scale=8, light="#ffffff", dark="#000000")
    st.image(picture, width=WIDTH, caption=t("speeddate.phone.code"))


def how_to_test() -> None:
    """The steps, and what it means when a phone does not get there."""
    st.subheader(t("speeddate.phone.how"))
    for step in ("network", "open", "see"):
        st.markdown(f"- {t(f'speeddate.phone.step.{step}')}")
    st.caption(t("speeddate.phone.fails"))
