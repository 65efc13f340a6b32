"""Words and deeds of each side against what is usual among states, with their counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.pipeline.answers import Counted, Figure, GapRow
from detente.surfaces.charts.names import toward
from detente.surfaces.charts.strips import Board, Strip, heads, times
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

_ROW = {WIDE: 38, NARROW: 58}
_HEAD = 24


@dataclass(frozen=True)
class _Line:
    y: float
    label: str
    figure: Figure
    counts: str


def words_deeds(
    rows: Sequence[GapRow], pair: Sequence[str], names: Mapping[str, str], *, width: int = WIDE
) -> Layers:
    """Draw words, words without meetings, and deeds of both sides as dots with intervals.

    Args:
        rows: Of one source, one per direction, over all issues.
        pair: The two states in the order of the answer.
        names: Name of each state by code.
        width: `WIDE` has labels beside the plot, `NARROW` above and below each row.

    Returns:
        Log-odds on one scale; zero is what is usual among states.
    """
    is_wide = width >= WIDE
    board = (
        Board(width=width, left=174, right=246, top=54)
        if is_wide
        else Board(width=width, left=10, right=10, top=54)
    )
    styles = side_styles(pair)
    y = 0.0
    for row in rows:
        title = toward(names, row.actor, row.recipient)
        color = styles[row.actor].color
        board.say(-board.left, y + _HEAD / 2, title, color=color, weight="bold", size=13)
        y += _HEAD
        for line in _lines(row, y, is_wide=is_wide):
            _put(board, line, styles[row.actor], is_wide=is_wide)
        y += 3 * _ROW[WIDE if is_wide else NARROW] + 6
    board.height = y
    heads(board, "colder", "warmer", "as usual among states", y=-24)
    times(board, -8)
    return board.draw()


def _lines(row: GapRow, y: float, *, is_wide: bool) -> list[_Line]:
    step = _ROW[WIDE if is_wide else NARROW]
    n = len(row.indicators)
    more = f" + {n} indicator{'s' if n > 1 else ''}" if n else ""
    found = [
        ("Words", row.words.index, counts_text(row.words)),
        ("Words, without meetings", row.words_without_meetings, ""),
        ("Deeds", row.deeds.index, counts_text(row.deeds) + more),
    ]
    return [
        _Line(y + step * (index + 0.5), label, figure, counts)
        for index, (label, figure, counts) in enumerate(found)
    ]


def _put(board: Board, line: _Line, style: SideStyle, *, is_wide: bool) -> None:
    figure, is_open = line.figure, not line.counts
    board.strips.append(Strip(line.y, figure.value, figure.low, figure.high, style, is_open))
    said = f"{signed(figure.value)}  ({plain(figure.low)} to {plain(figure.high)})"
    if is_wide:
        side = board.plot + 14
        board.say(-14, line.y, line.label, align="right", size=12)
        board.say(side, line.y - (7 if line.counts else 0), said, color=style.color, size=12)
        board.say(side, line.y + 8, line.counts, color=MUTED, size=11)
    else:
        board.say(-4, line.y - 17, line.label, size=12)
        board.say(board.plot, line.y - 17, said, align="right", color=style.color, size=11)
        board.say(board.plot, line.y + 14, line.counts, align="right", color=MUTED, size=10)


def counts_text(counted: Counted) -> str:
    """Say how many events were warm and how many usually are.

    Args:
        counted: One realm of one directed dyad.

    Returns:
        `92 of 123 warm, usual 89%`; `none counted, usual 89%` where there is no event.
    """
    total = counted.n_cooperative + counted.n_conflictual
    usual = f"usual {counted.reference_share:.0%}"
    return (
        f"{counted.n_cooperative} of {total} warm, {usual}" if total else f"none counted, {usual}"
    )
