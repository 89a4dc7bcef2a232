"""The copies that lie there, and how one is put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.store.backup.copies import DAYS, OTHERS, WEEKS, last_good
from pages.shared.words import number, plain, short_moment, t

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from core.store.backup.copies import Copy


def megabytes(copy: Copy) -> str:
    """The size of a copy."""
    return number(copy.size / 1_000_000, decimals=1)


def listed(copies: Sequence[Copy]) -> None:
    """All copies, the newest first."""
    size = plain("accounts.backups.size")
    st.dataframe(
        {
            plain("accounts.backups.when"): [short_moment(copy.at) for copy in copies],
            plain("accounts.backups.kind"): [plain(f"accounts.backups.kind_{copy.kind}") for copy in copies],
            size: [megabytes(copy) for copy in copies],
            plain("accounts.backups.good"): [
                plain("accounts.backups.yes" if copy.good else "accounts.backups.no") for copy in copies
            ],
        },
        column_config={size: st.column_config.TextColumn(alignment="right")},
        hide_index=True,
    )
    st.caption(t("accounts.backups.plan", days=DAYS, weeks=WEEKS, others=OTHERS))


def way_back(folder: Path, copies: Sequence[Copy]) -> None:
    """Where the copies lie, and the command that puts the last good one back."""
    last = last_good(copies)
    if last is not None:
        st.subheader(t("accounts.backups.way_back"))
        st.caption(t("accounts.backups.restore"))
        st.code(f'python3 start.py restore "{last.file.resolve()}"', language=None, wrap_lines=True)
    st.caption(t("accounts.backups.place", folder=str(folder.resolve())))
