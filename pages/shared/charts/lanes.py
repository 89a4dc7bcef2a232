"""One lane a pair: a mark for each meeting on the line of the days."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pages.shared.charts import COLOURS, Drawn, show, template, theme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    Marks = tuple[str, tuple[tuple[int, date], ...]]

LANE, MARGIN = 24, 70
CLOSED = "rgba(138, 143, 152, .18)"
MARKS = ("circle", "diamond")


class Span(NamedTuple):
    """Days from the first to the last, both included."""

    first: date
    last: date


def lanes(
    names: Sequence[str],
    marks: Mapping[str, Sequence[tuple[int, date]]],
    *,
    span: Span,
    closed: Sequence[Span],
    today: date,
    alt: str,
) -> None:
    """The lanes from the top; `marks`: for each kind of meeting the lane (by its place) and the day of each.

    Kinds differ in form and colour and are named above; closed days are grey, a line stands at today.
    """
    told = tuple((kind, tuple(found)) for kind, found in marks.items())
    show(_lanes(tuple(names), told, span, tuple(closed), today=today, theme=theme()), alt=alt)


@lru_cache(maxsize=16)
def _lanes(
    names: tuple[str, ...], marks: tuple[Marks, ...], span: Span, closed: tuple[Span, ...], *, today: date, theme: str
) -> Drawn:
    """Made once for the same meetings, as the bars are."""
    figure = Drawn(layout={"template": template(theme)})
    for (kind, found), symbol, colour in zip(marks, MARKS, COLOURS, strict=False):
        figure.add_scatter(
            name=kind,
            mode="markers",
            x=[on for _, on in found],
            y=[lane for lane, _ in found],
            marker={"symbol": symbol, "size": 10, "color": colour},
        )
    for period in closed:
        figure.add_vrect(x0=period.first, x1=period.last, fillcolor=CLOSED, line_width=0)
    if span.first <= today <= span.last:
        figure.add_vline(x=today, line={"color": COLOURS[3], "width": 1.5, "dash": "dot"})
    figure.update_xaxes(range=[span.first, span.last], side="top", tickformat="%d/%m/%y", showgrid=True)
    figure.update_yaxes(
        tickvals=list(range(len(names))), ticktext=names, range=[len(names) - 0.5, -0.5], ticksuffix="  "
    )
    figure.update_layout(
        height=MARGIN + LANE * len(names),
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1, "yref": "container", "yanchor": "top"},
        margin={"l": 0, "r": 0, "t": 60, "b": 0},
    )
    return figure
