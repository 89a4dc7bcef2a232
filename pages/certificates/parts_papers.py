"""The certificates as files: in which language, one alone, or all of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core.certificates import archive, pdf
from core.language.text import OFFERED, Language
from pages.shared import memory
from pages.shared.words import escape, plain, refusal, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.certificates.paper import Paper
    from core.people.rules import Side

NAMES = {Language.ITALIAN: "italian", Language.ENGLISH: "english"}


def choose_language() -> Language:
    """The language of the papers, at first the one that the page speaks."""
    spoken = memory.language()
    return st.radio(
        plain("certificates.earned.language"),
        OFFERED,
        index=OFFERED.index(spoken) if spoken in OFFERED else 0,
        format_func=lambda one: plain(f"certificates.earned.{NAMES[one]}"),
        horizontal=True,
        key="certificates.language",
    )


def offer_one(paper: Paper, language: Language, logo: bytes | None) -> None:
    """The certificate of one person; the reason why, when it cannot be printed."""
    for _, reason in archive.refused([paper]):
        st.error(refusal(reason), icon=":material/block:")
        return
    st.download_button(
        t("certificates.earned.one"),
        data=partial(pdf.document, [paper], language, logo=logo),
        file_name=archive.file_name(paper, language),
        mime="application/pdf",
        icon=":material/picture_as_pdf:",
        on_click="ignore",
    )


def offer_all(papers: Sequence[Paper], side: Side | None, language: Language, logo: bytes | None) -> None:
    """All of them in a ZIP, and who is left out of it and why."""
    if not papers:
        st.caption(t("certificates.earned.nobody"))
        return
    st.caption(t("certificates.earned.papers_how", which=plain(f"certificates.earned.which_{side or 'both'}")))
    refused = archive.refused(papers)
    if refused:
        told = [t("certificates.earned.left_out", n=len(refused))]
        told += [f"- {escape(paper.listed)}: {refusal(reason)}" for paper, reason in refused]
        st.warning("\n".join(told), icon=":material/warning:")
    without = {id(paper) for paper, _ in refused}
    if printed := [paper for paper in papers if id(paper) not in without]:
        name = f"{plain('certificates.zip.name')}-{archive.fingerprint(papers, language, logo)}"
        st.download_button(
            t("certificates.earned.all", n=len(printed)),
            data=partial(archive.bundle, papers, language, logo=logo),
            file_name=f"{name}.zip",
            mime="application/zip",
            icon=":material/folder_zip:",
            on_click="ignore",
            type="primary",
        )
        st.download_button(
            t("certificates.earned.print"),
            data=partial(pdf.document, printed, language, logo=logo),
            file_name=f"{name}.pdf",
            mime="application/pdf",
            icon=":material/print:",
            on_click="ignore",
        )
