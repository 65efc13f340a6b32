"""Paragraphs of plain text: its lines, joined again where the text was wrapped to a width."""

import re
from collections.abc import Sequence
from itertools import pairwise

from detente.records import Span

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_END = re.compile(r"[.!?:;…\"”’)\]]\s*$")
_STARTS_ITEM = re.compile(r"\s*(?:[-–—•*·▪●◦#>|]|\(?\w{1,3}[.)]\s|Q\b|A:|[A-Z. ]{2,40}:)")
_WIDEST_WRAP = 100
_LEAST_WRAPPED = 3


def paragraphs(text: str, start: int = 0) -> tuple[Span, ...]:
    r"""Return the paragraphs of a text, without white space at their ends.

    A line is a paragraph, unless the text is wrapped to a width: then lines between blank lines
    are one.

    Args:
        text: A whole text.
        start: Offset to begin at.

    Examples:
        >>> [(p.start, p.end) for p in paragraphs("They met.\n\n- Trade.\n")]
        [(0, 9), (11, 19)]
    """
    lines = [_trimmed(text, m.start(), m.end()) for m in _LINE.finditer(text, start)]
    kept = [line for line in lines if line is not None]
    return _joined(text, kept) if _is_wrapped(text, kept) else tuple(kept)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = start + len(piece.rstrip())
    return Span(start=left, end=right) if left < right else None


def _follows(text: str, line: Span, following: Span) -> bool:
    """Say whether a line stands directly below another, in the same block."""
    return text[line.end : following.start].replace("\r\n", "\n").count("\n") == 1


def _is_wrapped(text: str, lines: Sequence[Span]) -> bool:
    inner = [a for a, b in pairwise(lines) if _follows(text, a, b)]
    widths = [line.end - line.start for line in inner]
    if len(inner) < _LEAST_WRAPPED or max(widths) > _WIDEST_WRAP:
        return False
    full = sum(width > 0.7 * max(widths) for width in widths)
    open_ended = sum(_END.search(text[line.start : line.end]) is None for line in inner)
    return (
        max(widths) > _WIDEST_WRAP // 3 and full >= 0.6 * len(inner) and 2 * open_ended > len(inner)
    )


def _joined(text: str, lines: Sequence[Span]) -> tuple[Span, ...]:
    whole: list[Span] = []
    for line in lines:
        starts_item = _STARTS_ITEM.match(text[line.start : line.end]) is not None
        if whole and not starts_item and _follows(text, whole[-1], line):
            whole[-1] = Span(start=whole[-1].start, end=line.end)
        else:
            whole.append(line)
    return tuple(whole)
