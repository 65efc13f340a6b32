"""Dots with intervals on rows, labelled in place: the shape two charts share."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import altair as alt

from detente.surfaces.charts.frame import SIGNED
from detente.surfaces.charts.theme import (
    INK,
    MUTED,
    PAPER,
    RULE,
    ZERO,
    Layers,
    Row,
    SideStyle,
    layer,
    span_of,
    texts,
)

AXIS = 34
"""Room the scale takes beneath the plot, pixels."""


@dataclass(frozen=True)
class Strip:
    """One figure on its row.

    Attributes:
        y: Pixels from the top of the plot.
        value: Log-odds.
        low: Lower end of the interval.
        high: Upper end.
        style: Of the side.
        is_open: Drawn hollow, for a figure shown beside the main one.
    """

    y: float
    value: float
    low: float
    high: float
    style: SideStyle
    is_open: bool = False


@dataclass
class Board:
    """Strips and labels of one chart on a plot of fixed size.

    Attributes:
        width: Of the whole chart, pixels.
        left: Room for labels left of the plot.
        right: Room for labels right of it.
        top: Room above it.
    """

    width: int
    left: int
    right: int
    top: int
    strips: list[Strip] = field(default_factory=list)
    labels: list[Row] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)
    """Heights of thin rules that part groups of rows."""
    height: float = 0.0
    below: float = 0.0
    """Room for rows of words beneath the scale, pixels."""

    @property
    def plot(self) -> int:
        """Width of the plot, pixels."""
        return self.width - self.left - self.right

    def say(self, x: float, y: float, text: str, **style: object) -> None:
        """Add a label.

        Args:
            x: Pixels from the left edge of the plot; negative is left of it.
            y: Pixels from its top.
            text: The label.
            **style: color, align, size, weight, style.
        """
        self.labels.append({"x": x, "y": y, "text": text, "color": INK, **style})

    def domain(self) -> tuple[float, float]:
        """Return the ends of the scale, whole log-odds."""
        return span_of([b for s in self.strips for b in (s.low, s.high)])

    def pixel(self, value: float) -> float:
        """Return where a value lies.

        Args:
            value: Log-odds.
        """
        low, high = self.domain()
        return (value - low) / (high - low) * self.plot

    def draw(self) -> Layers:
        """Return the chart; without any strip it is its labels alone."""
        grid = [self._grid()] if self.strips else []
        chart = alt.layer(*grid, *self._separators(), *self._marks(), texts(self.labels))
        return chart.properties(
            width=self.plot,
            height=self.height,
            autosize=alt.AutoSizeParams(type="none"),
            padding={
                "left": self.left,
                "right": self.right,
                "top": self.top,
                "bottom": AXIS + self.below,
            },
        )

    def _grid(self) -> Layers:
        low, high = self.domain()
        ticks = [{"at": t} for t in range(int(low), int(high) + 1)]
        x = alt.X(
            "at:Q",
            scale=alt.Scale(domain=[low, high], nice=False),
            axis=alt.Axis(
                values=[t["at"] for t in ticks],
                labelExpr=SIGNED,
                grid=False,
                ticks=False,
                title="log-odds",
                titleAnchor="end",
                titlePadding=2,
            ),
        )
        tall = {"y": alt.value(0), "y2": alt.value(self.height)}
        zero = layer([{"at": 0}]).mark_rule(color=ZERO, strokeWidth=1.5).encode(x=x, **tall)
        return alt.layer(layer(ticks).mark_rule(color=RULE).encode(x=x, **tall), zero)

    def _separators(self) -> list[alt.Chart]:
        if not self.rules:
            return []
        rows = [{"y": y} for y in self.rules]
        return [
            layer(rows)
            .mark_rule(color=RULE)
            .encode(
                y=alt.Y("y:Q", scale=None, axis=None),
                x=alt.value(-self.left),
                x2=alt.value(self.plot + self.right),
            )
        ]

    def _marks(self) -> list[alt.Chart]:
        rows = [_row(s) for s in self.strips]
        if not rows:
            return []
        y = alt.ExprRef("datum.y")
        bars = layer(rows).mark_rule(y=y, y2=y, strokeWidth=3.5, opacity=0.5)
        dots = layer(rows).mark_point(y=y, size=62, strokeWidth=1.8, opacity=1)
        return [
            bars.encode(x="low:Q", x2="high:Q", color=alt.Color("color:N", scale=None)),
            dots.encode(
                x="value:Q",
                stroke=alt.Stroke("color:N", scale=None),
                fill=alt.Fill("fill:N", scale=None),
                shape=alt.Shape("shape:N", scale=None),
            ),
        ]


def _row(strip: Strip) -> Row:
    color = strip.style.color
    return {
        "y": strip.y,
        "value": strip.value,
        "low": strip.low,
        "high": strip.high,
        "color": color,
        "fill": PAPER if strip.is_open else color,
        "shape": strip.style.shape,
    }


def heads(board: Board, left: str, right: str, zero: str, *, y: float = -10) -> None:
    """Write what the two directions of the scale mean above the plot.

    Args:
        board: The chart.
        left: Meaning of values below zero.
        right: Meaning of values above zero.
        zero: Meaning of the zero line.
        y: Height of the words.
    """
    small = {"color": MUTED, "size": 11, "style": "italic"}
    board.say(board.pixel(0), y - 15, zero, align="center", color=MUTED, size=11)
    board.say(0, y, f"← {left}", **small)
    board.say(board.plot, y, f"{right} →", align="right", **small)


def times(board: Board, y: float, among: Sequence[float] = (-3, -2, -1, 1, 2, 3)) -> None:
    """Write the odds ratio that some log-odds stand for.

    Args:
        board: The chart.
        y: Height of the words.
        among: Powers of two to mark, where the scale reaches them.
    """
    names = {-3: "⅛×", -2: "¼×", -1: "½×", 1: "2×", 2: "4×", 3: "8×"}
    low, high = board.domain()
    for power in among:
        at = power * 0.6931471805599453
        if low <= at <= high:
            board.say(board.pixel(at), y, names[int(power)], align="center", color=MUTED, size=10)
