"""How the house draws charts: its colours on transparent ground, so that light and dark both work."""

from __future__ import annotations

from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go
import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COLOURS = ("#1d4f91", "#d98c1f", "#2a8c6e", "#b5485d", "#6b6fb3", "#8a8f98")
"""In this order; colour-blind people tell them apart."""
TEXT = {"light": "#1c2430", "dark": "#e6e9ec"}
LINES = "rgba(138, 143, 152, .35)"
FONT, FONT_SIZE = "Source Sans, Source Sans Pro, sans-serif", 15
BAR_HEIGHT = 30
ROOM_FOR_TEXT = 1.5


class Drawn(go.Figure):
    """A figure that is finished once it is shown.

    What is sent to the browser is put together once: to do it costs as much as all else on a page, and a figure is
    kept between the reruns of everybody's pages.
    """

    @cached_property
    def _sent(self) -> dict[str, Any]:
        return super().to_dict()

    def to_dict(self) -> dict[str, Any]:
        """Its traces and its layout as Streamlit sends them; only read."""
        return self._sent


@cache
def template(theme: str) -> go.layout.Template:
    """The look of all charts, with the text colour of a light or a dark theme."""
    text = TEXT[theme]
    axis = {"gridcolor": LINES, "zerolinecolor": LINES, "fixedrange": True, "automargin": True}
    return go.layout.Template(
        data={"bar": [go.Bar(marker={"line": {"color": text, "width": 0.5}})]},
        layout={
            "colorway": COLOURS,
            "font": {"family": FONT, "size": FONT_SIZE, "color": text},
            "paper_bgcolor": "rgba(0, 0, 0, 0)",
            "plot_bgcolor": "rgba(0, 0, 0, 0)",
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "xaxis": axis,
            "yaxis": axis,
            "hovermode": False,
            "showlegend": False,
        },
    )


def theme() -> str:
    """Whether the page is light or dark."""
    return st.context.theme.type or "light"


def show(figure: Drawn, *, alt: str) -> None:
    """The figure as it is, without the tools above it; `alt` says it to whoever does not see it."""
    st.plotly_chart(figure, theme=None, config={"displayModeBar": False}, alt=alt)


def bars(stages: Sequence[str], sides: Mapping[str, Sequence[int | None]], *, alt: str) -> None:
    """Horizontal bars, one group a stage from the top, one bar a side; each says its name and its number."""
    told = tuple((side, tuple(people)) for side, people in sides.items())
    show(_bars(tuple(stages), told, theme()), alt=alt)


@lru_cache(maxsize=32)
def _bars(stages: tuple[str, ...], sides: tuple[tuple[str, tuple[int | None, ...]], ...], theme: str) -> Drawn:
    """Made once for the same numbers. Streamlit's own cache would spend longer on reading the question."""
    figure = Drawn(layout={"template": template(theme), "barmode": "group", "bargap": 0.3, "bargroupgap": 0.06})
    for side, people in sides:
        figure.add_bar(
            orientation="h",
            x=[count or 0 for count in people],
            y=stages,
            text=["" if count is None else f"{side} {count}" for count in people],
            textposition="outside",
            cliponaxis=False,
        )
    longest = max(count or 0 for _, people in sides for count in people)
    figure.update_xaxes(visible=False, range=[0, longest * ROOM_FOR_TEXT])
    figure.update_yaxes(autorange="reversed", ticksuffix="  ", showgrid=False)
    figure.update_layout(height=BAR_HEIGHT * len(stages) * len(sides))
    return figure
