"""The line below every page: what the law and good manners ask for, as far as the installation has set it."""

from __future__ import annotations

from html import escape

import streamlit as st

from core.store import database
from core.store.config import LINKS
from pages.shared.words import plain

FOOTER = """
<footer style="margin-top:3rem;padding-top:.8rem;border-top:1px solid rgba(138,143,152,.35);font-size:.85rem">
{links}</footer>
"""
LINK = '<a href="{target}" target="_blank" rel="noopener noreferrer" style="margin-right:1.6rem">{label}</a>'


def footer() -> None:
    """The links that are set; nothing where none is."""
    settings = database.current().config
    links = [
        LINK.format(target=escape(_target(link)), label=escape(plain(f"language.footer.{name}")))
        for name in LINKS
        if (link := str(getattr(settings, name)))
    ]
    if links:
        st.html(FOOTER.format(links="".join(links)))


def _target(link: str) -> str:
    return link if "://" in link else f"mailto:{link}"
