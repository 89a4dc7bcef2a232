"""Shares as a table of shaded cells, each with its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go
import streamlit as st

from pages.shared.charts import COLOURS, template

if TYPE_CHECKING:
    from collections.abc import Sequence

ROW, MARGIN = 34, 40
SCALE = ((0, "#e4ebf4"), (1, COLOURS[0]))


def heat(rows: Sequence[str], columns: Sequence[str], shares: Sequence[Sequence[float | None]], *, alt: str) -> None:
    """One row a group, one column a session; a share from 0 to 1 shades the cell, None leaves it empty."""
    figure = go.Figure(layout={"template": template(st.context.theme.type or "light")})
    figure.add_heatmap(
        x=columns,
        y=rows,
        z=shares,
        zmin=0,
        zmax=1,
        colorscale=SCALE,
        showscale=False,
        xgap=3,
        ygap=3,
        texttemplate="%{z:.0%}",
        hoverinfo="skip",
    )
    figure.update_xaxes(side="top", showgrid=False, type="category")
    figure.update_yaxes(autorange="reversed", showgrid=False, ticksuffix="  ", type="category")
    figure.update_layout(height=MARGIN + ROW * len(rows), margin={"l": 0, "r": 0, "t": 30, "b": 0})
    st.plotly_chart(figure, theme=None, config={"displayModeBar": False}, alt=alt)
