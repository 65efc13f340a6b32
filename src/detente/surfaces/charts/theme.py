"""Colours, type and number style that all charts share.

A side keeps its colour, dash and shape in every chart: no figure is told by colour alone.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

FIRST = "#1f5a92"
SECOND = "#b8651b"
INK = "#1b1b19"
MUTED = "#5e5d57"
RULE = "#dddbd3"
ZERO = "#8a8880"
FAINT = "#b5b3aa"
PAPER = "#fffefb"
SHADE = "#f3f1e9"

PALETTE = (FIRST, SECOND, INK, MUTED, RULE, ZERO, FAINT, PAPER, SHADE)
"""Every colour a chart may use; the page's style sheet has a dark counterpart for each."""

FONT = "sans-serif"
"""Generic on purpose: the page's style sheet sets the family."""

NARROW = 340
WIDE = 720
"""The two widths charts are drawn in, pixels."""

Row = dict[str, Any]

Layers = alt.LayerChart | alt.FacetChart
"""What Altair's `layer` says it returns; here always a `LayerChart`."""


@dataclass(frozen=True)
class SideStyle:
    """How one side is drawn everywhere.

    Attributes:
        color: One of `PALETTE`.
        shape: A Vega symbol, the second channel of dots.
    """

    color: str
    shape: str


def side_styles(pair: Sequence[str]) -> dict[str, SideStyle]:
    """Return the style of each side of a pair.

    Args:
        pair: The two states in the order of the answer.

    Examples:
        >>> side_styles(("USA", "CHN"))["CHN"].shape
        'diamond'
    """
    first, second = pair
    return {first: SideStyle(FIRST, "circle"), second: SideStyle(SECOND, "diamond")}


def signed(value: float) -> str:
    """Write a figure with its sign and two decimals.

    Args:
        value: Any finite number.

    Returns:
        Text with a true minus sign; no sign where it rounds to zero.

    Examples:
        >>> signed(0.746), signed(-1.2), signed(-0.001)
        ('+0.75', '−1.20', '0.00')
    """
    if round(value, 2) == 0:
        return "0.00"
    return f"{value:+.2f}".replace("-", "−")


def plain(value: float) -> str:
    """Write an interval's bound: two decimals, a true minus sign, no plus.

    Args:
        value: Any finite number.

    Examples:
        >>> plain(-0.5), plain(1.25)
        ('−0.50', '1.25')
    """
    text = f"{value:.2f}".replace("-", "−")
    return "0.00" if text == "−0.00" else text


def span_of(values: Sequence[float], least: float = 2.0, most: float = 8.0) -> tuple[float, float]:
    """Return whole numbers below and above all values and zero, so that nothing is cut.

    Args:
        values: Bounds of the intervals to draw.
        least: Reach on either side of zero where the values need less.
        most: Reach that is never passed.

    Examples:
        >>> span_of([-0.4, 2.2])
        (-2.0, 3.0)
    """
    low = min([-least, *values])
    high = max([least, *values])
    return max(-most, float(math.floor(low))), min(most, float(math.ceil(high)))


def layer(rows: Sequence[Row]) -> alt.Chart:
    """Return a chart with its data inline.

    Args:
        rows: One dictionary per mark.
    """
    return alt.Chart(alt.InlineData(values=list(rows)))


def texts(rows: Sequence[Row]) -> Layers:
    """Return labels at pixels, each over a halo of paper so that lines do not cross it.

    Args:
        rows: x, y, text, color, and if wished align, size, weight, style.
    """
    full = [
        {"align": "left", "size": 11, "weight": "normal", "style": "normal", **row} for row in rows
    ]
    return alt.layer(_text(full, halo=True), _text(full, halo=False))


def _text(rows: Sequence[Row], *, halo: bool) -> alt.Chart:
    mark = layer(rows).mark_text(
        x=alt.ExprRef("datum.x"),
        y=alt.ExprRef("datum.y"),
        baseline="middle",
        align=alt.ExprRef("datum.align"),
        fontWeight=alt.ExprRef("datum.weight"),
        fontStyle=alt.ExprRef("datum.style"),
        fontSize=alt.ExprRef("datum.size"),
        stroke=PAPER if halo else None,
        strokeWidth=3 if halo else 0,
        strokeJoin="round",
    )
    ink = alt.value(PAPER) if halo else alt.Color("color:N", scale=None)
    labelled: alt.Chart = mark.encode(text="text:N", color=ink)
    return labelled


def config() -> dict[str, Any]:
    """Return the Vega-Lite configuration of all charts."""
    axis: Mapping[str, Any] = {
        "labelColor": MUTED,
        "labelFontSize": 11,
        "titleColor": MUTED,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "gridColor": RULE,
        "domain": False,
        "tickColor": RULE,
    }
    return {
        "font": FONT,
        "aria": False,
        "background": None,
        "view": {"stroke": None},
        "axis": axis,
        "title": {"color": INK, "fontSize": 13, "anchor": "start"},
    }
