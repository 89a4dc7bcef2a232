"""The list of accounts, one of which can be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from pages.shared import tables
from pages.shared.words import plain, short_moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.accounts.queries import Colleague


WIDTHS = (110, 60, 90, 105)


def chosen(colleagues: Sequence[Colleague]) -> Colleague | None:
    """Show all accounts; the one whose row is ticked."""
    table = pd.DataFrame(
        {
            plain("accounts.staff.person"): [one.name for one in colleagues],
            plain("accounts.staff.state"): [plain(f"accounts.state.{one.state}") for one in colleagues],
            plain("accounts.staff.roles"): [
                ", ".join(plain(f"accounts.role.{role}") for role in one.roles) for one in colleagues
            ],
            plain("accounts.staff.last_here"): [
                short_moment(one.last_here) if one.last_here else "—" for one in colleagues
            ],
        }
    )
    picked = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config=tables.at_least(table, WIDTHS),
        key="colleagues",
    )
    rows = picked["selection"]["rows"]
    return colleagues[rows[0]] if rows and rows[0] < len(colleagues) else None
