"""Shares as a table of shaded cells, each with its number."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pages.shared.charts import COLOURS, Drawn, show, template, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

ROW, MARGIN = 34, 40
SCALE = ((0, "#e4ebf4"), (1, COLOURS[0]))


def heat(rows: Sequence[str], columns: Sequence[str], shares: Sequence[Sequence[float | None]], *, alt: str) -> None:
    """One row a group, one column a session; a share from 0 to 1 shades the cell, None leaves it empty."""
    show(_heat(tuple(rows), tuple(columns), tuple(map(tuple, shares)), theme()), alt=alt)


@lru_cache(maxsize=16)
def _heat(
    rows: tuple[str, ...], columns: tuple[str, ...], shares: tuple[tuple[float | None, ...], ...], theme: str
) -> Drawn:
    """Made once for the same shares, as the bars are."""
    figure = Drawn(layout={"template": template(theme)})
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
    return figure
