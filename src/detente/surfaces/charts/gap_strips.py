"""The gap between words and deeds, issue by issue, both sides on one scale."""

from collections.abc import Mapping, Sequence

from detente.pipeline.answers import GapRow
from detente.surfaces.charts.strips import AXIS, Board, Strip, heads
from detente.surfaces.charts.theme import (
    MUTED,
    NARROW,
    WIDE,
    Layers,
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
) -> Layers:
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
        Board(width=width, left=164, right=230, top=46)
        if is_wide
        else Board(width=width, left=8, right=132, top=46)
    )
    styles = side_styles(pair)
    measured = [g for g in groups if any(r.gap for r in g[1])]
    y = 4.0
    for label, rows in measured:
        y = _group(board, label, rows, styles, names, y)
    board.height = y
    if board.strips:
        heads(board, *_directions(is_wide=is_wide), "words and deeds alike")
    else:
        board.top, board.height = 4, 1
    _few(board, [g for g in groups if g not in measured], pair, names)
    return board.draw()


def _directions(*, is_wide: bool) -> tuple[str, str]:
    if is_wide:
        return "deeds warmer than words", "words warmer than deeds"
    return "deeds warmer", "words warmer"


def _group(
    board: Board,
    label: str,
    rows: Sequence[GapRow],
    styles: Mapping[str, SideStyle],
    names: Mapping[str, str],
    y: float,
) -> float:
    is_wide = board.left > NARROW / 4
    if is_wide:
        board.say(-board.left, y + _ROW / 2, label, size=12, weight="bold")
    else:
        board.say(0, y + _LABEL / 2, label, size=12, weight="bold")
        y += _LABEL
    for row in rows:
        at = y + _ROW / 2
        style = styles[row.actor]
        if row.gap is None:
            board.say(6, at, few_text(row), color=MUTED, size=11)
            said = names[row.actor]
        else:
            board.strips.append(Strip(at, row.gap.value, row.gap.low, row.gap.high, style))
            said = f"{signed(row.gap.value)}  ({plain(row.gap.low)} to {plain(row.gap.high)})"
            said = f"{names[row.actor]}  {said}" if is_wide else said
        board.say(board.plot + 10, at, said, color=style.color, size=11)
        y += _ROW
    return y + _SPACE


def _few(
    board: Board, groups: Sequence[Group], pair: Sequence[str], names: Mapping[str, str]
) -> None:
    """List issues without any gap beneath the scale: a line each, with both sides' counts."""
    if not groups:
        return
    is_wide = board.left > NARROW / 4
    columns = (0.0, 270.0) if is_wide else (218.0, 318.0)
    align = "left" if is_wide else "right"
    y = board.height + AXIS + 12 if board.strips else board.height
    first = -board.left if is_wide else 0
    board.rules.append(y)
    y += _ROW
    title = "Too few deeds for a gap" if is_wide else "Too few deeds*"
    board.say(first, y, title, size=11, color=MUTED, style="italic")
    for side, x in zip(pair, columns, strict=True):
        color = side_styles(pair)[side].color
        board.say(x, y, names[side], size=11, color=color, align=align)
    for label, rows in groups:
        y += _ROW + 2
        board.say(first, y, label, color=MUTED, size=12)
        for row in rows:
            text = counted_text(row, is_short=not is_wide)
            x = columns[pair.index(row.actor)]
            board.say(x, y, text, color=MUTED, size=11, align=align)
    if not is_wide:
        y += _ROW + 4
        board.say(first, y, "* deeds + indicators / words counted", size=10, color=MUTED)
    board.below = y + _ROW - board.height - AXIS


def counted_text(row: GapRow, *, is_short: bool = False) -> str:
    """Say what a row without a gap counted.

    Args:
        row: Any row.
        is_short: Figures alone: deeds, indicators, words.

    Returns:
        `3 deeds, 1 indicator / 12 words`, or short `3 + 1 / 12`.
    """
    deeds = row.deeds.n_cooperative + row.deeds.n_conflictual
    words = row.words.n_cooperative + row.words.n_conflictual
    n = len(row.indicators)
    if is_short:
        return f"{deeds} + {n} / {words}"
    parts = [f"{deeds} deed{'' if deeds == 1 else 's'}"]
    parts += [f"{n} indicator{'' if n == 1 else 's'}"] if n else []
    return f"{', '.join(parts)} / {words} word{'' if words == 1 else 's'}"


def few_text(row: GapRow) -> str:
    """Say why a row has no gap, with its counts.

    Args:
        row: One whose `gap` is None.

    Returns:
        `too few deeds: 3, 1 indicator`.
    """
    deeds = row.deeds.n_cooperative + row.deeds.n_conflictual
    n = len(row.indicators)
    more = f", {n} indicator{'s' if n > 1 else ''}" if n else ""
    return f"too few deeds: {deeds}{more}"
