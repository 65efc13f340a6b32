"""The gap between words and deeds, issue by issue, both sides on one scale."""

from collections.abc import Mapping, Sequence

import altair as alt

from detente.pipeline.answers import GapRow
from detente.surfaces.charts.strips import Board, Strip, heads
from detente.surfaces.charts.theme import (
    INK,
    MUTED,
    NARROW,
    WIDE,
    SideStyle,
    plain,
    side_styles,
    signed,
)

_ROW = 19
_LABEL = 19
_SPACE = 9

Group = tuple[str, Sequence[GapRow]]
"""A label and the rows of the two sides under it."""


def gap_strips(
    groups: Sequence[Group],
    pair: Sequence[str],
    names: Mapping[str, str],
    *,
    width: int = WIDE,
) -> alt.LayerChart:
    """Draw the gap of both sides per issue as dots with intervals.

    Groups with a measured gap come first; rows with too few deeds stay, greyed, with their counts.

    Args:
        groups: Issue (or source) and its rows, one per side.
        pair: The two states in the order of the answer.
        names: Name of each state by code.
        width: `WIDE` has labels beside the plot, `NARROW` above each group.

    Returns:
        Log-odds on one scale; zero where words and deeds stand alike.
    """
    is_wide = width >= WIDE
    board = (
        Board(width=width, left=136, right=240, top=46)
        if is_wide
        else Board(width=width, left=8, right=132, top=46)
    )
    styles = side_styles(pair)
    measured = [g for g in groups if any(r.gap for r in g[1])]
    rest = [g for g in groups if not any(r.gap for r in g[1])]
    y = 4.0
    grey: list[tuple[float, GapRow]] = []
    for part in (measured, rest):
        if part is rest and measured and rest:
            board.rules.append(y)
            y += _SPACE
        for label, rows in part:
            y = _group(board, grey, label, rows, styles, names, y)
    board.height = y
    _grey(board, grey, styles, names)
    heads(board, *_directions(is_wide=is_wide), "words and deeds alike")
    return board.draw()


def _directions(*, is_wide: bool) -> tuple[str, str]:
    if is_wide:
        return "deeds warmer than words", "words warmer than deeds"
    return "deeds warmer", "words warmer"


def _group(
    board: Board,
    grey: list[tuple[float, GapRow]],
    label: str,
    rows: Sequence[GapRow],
    styles: Mapping[str, SideStyle],
    names: Mapping[str, str],
    y: float,
) -> float:
    is_wide = board.left > NARROW / 4
    color = INK if any(r.gap for r in rows) else MUTED
    if is_wide:
        board.say(-board.left, y + _ROW / 2, label, color=color, size=12, weight="bold")
    else:
        board.say(0, y + _LABEL / 2, label, color=color, size=12, weight="bold")
        y += _LABEL
    for row in rows:
        at = y + _ROW / 2
        if row.gap is None:
            grey.append((at, row))
        else:
            gap, style = row.gap, styles[row.actor]
            board.strips.append(Strip(at, gap.value, gap.low, gap.high, style))
            said = f"{signed(gap.value)}  ({plain(gap.low)} to {plain(gap.high)})"
            if is_wide:
                said = f"{names[row.actor]}  {said}"
            board.say(board.plot + 10, at, said, color=style.color, size=11)
        y += _ROW
    return y + _SPACE


def _grey(
    board: Board,
    grey: Sequence[tuple[float, GapRow]],
    styles: Mapping[str, SideStyle],
    names: Mapping[str, str],
) -> None:
    for at, row in grey:
        counts = few_text(row)
        if board.left > NARROW / 4:
            board.say(6, at, counts, color=MUTED, size=11)
            board.say(board.plot + 10, at, names[row.actor], color=styles[row.actor].color, size=11)
        else:
            board.say(0, at, f"{names[row.actor]}: {counts}", color=MUTED, size=11)


def few_text(row: GapRow) -> str:
    """Say why a row has no gap, with its counts.

    Args:
        row: One whose `gap` is None.

    Returns:
        `too few deeds: 3, and 0 indicators`.
    """
    deeds = row.deeds.n_cooperative + row.deeds.n_conflictual
    n = len(row.indicators)
    more = f", {n} indicator{'s' if n > 1 else ''}" if n else ""
    words = row.words.n_cooperative + row.words.n_conflictual
    return f"too few deeds: {deeds}{more} ({words} words)"
