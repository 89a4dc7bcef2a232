"""The mentors to thank: the list with their consents, and the names for the website."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import streamlit as st

from core.certificates.acknowledgement import snippet
from pages.shared import tables
from pages.shared.downloads import offer_sheet
from pages.shared.words import plain, short_day, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.certificates.queries import Thanked

LONG, TALL, MOST = 14, 560, 200
WIDTHS = (122, 182, 105, 100, 94, 84)
SHOWS = {"all": (True, False), "given": (True,), "open": (False,)}


def choose(mentors: Sequence[Thanked], *, key: str) -> list[Thanked]:
    """The mentors of the filter as a table; gives the chosen ones. Another key begins with nobody chosen."""
    show = st.segmented_control(
        plain("certificates.thanks.show"),
        list(SHOWS),
        default="all",
        required=True,
        format_func=lambda one: plain(f"certificates.thanks.show_{one}"),
        label_visibility="collapsed",
        key="thanks.show",
    )
    found = [one for one in mentors if one.consents in SHOWS[show]][:MOST]
    if not found:
        st.info(t("certificates.thanks.none_shown"), icon=":material/search_off:")
        return []
    st.caption(t("certificates.thanks.choose"))
    columns = _columns(found)
    event = st.dataframe(
        columns,
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        column_config=tables.at_least(columns, WIDTHS),
        height=TALL if len(found) > LONG else "content",
        key=f"{key} {show}",
    )
    return [found[row] for row in event["selection"]["rows"] if row < len(found)]


def offer(mentors: Sequence[Thanked]) -> None:
    """The whole list as a file, for writing to those who were not asked yet."""
    offer_sheet(t("certificates.thanks.sheet"), plain("certificates.thanks.sheet_name"), _columns(mentors))


def website(mentors: Sequence[Thanked]) -> None:
    """The names of those who consented, ready to be copied, and as a file."""
    agreed = [one for one in mentors if one.consents]
    if not agreed:
        st.info(t("certificates.thanks.website_nobody"))
        return
    st.caption(t("certificates.thanks.website_how", n=len(agreed)))
    text = snippet(agreed)
    st.code(text, language=None, wrap_lines=True)  # coloured, some of it is too pale to be read
    mark = hashlib.sha256(text.encode()).hexdigest()[:8]
    st.download_button(
        t("certificates.thanks.website_file"),
        data=text,
        file_name=f"{plain('certificates.thanks.sheet_name')}-{mark}.html",
        mime="text/html",
        icon=":material/code:",
        on_click="ignore",
    )


def _columns(mentors: Sequence[Thanked]) -> dict[str, list[str]]:
    return {
        plain("certificates.thanks.mentor"): [one.listed for one in mentors],
        plain("certificates.thanks.mail"): [one.mail for one in mentors],
        plain("certificates.thanks.job_title"): [one.job_title or "" for one in mentors],
        plain("certificates.thanks.company"): [one.company or "" for one in mentors],
        plain("certificates.thanks.consent"): [plain(f"certificates.thanks.state.{one.state}") for one in mentors],
        plain("certificates.thanks.since"): [short_day(one.since) if one.since else "" for one in mentors],
    }
