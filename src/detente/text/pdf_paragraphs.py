"""Paragraphs out of a PDF's lines: running heads dropped, broken words and sentences mended."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from detente.text.pdf_lines import HYPHENS, Line, Page, ordered

_EDGE = 0.12
"""Part of a page's height at its top and bottom where running heads and page numbers stand."""
_REPEATED = 0.4
"""Part of the pages a line must stand on to be a running head; those of left pages have half."""
_PAGE_NUMBER = re.compile(
    r"\W*(?:page\s+)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of)\s*\d{1,4})?\W*", re.IGNORECASE
)
_ENDED = re.compile(r"[.!?:;…][\"”’')\]]*$")
_ITEM = re.compile(
    r"(?:[-–—•*·▪●◦]\s|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s|[QA]\s?:|[A-Z][A-Z. ]{2,40}:)"
)
_COMPOUND = re.compile(
    r"(?:all|co|cross|ex|four|half|high|long|low|mid|multi|non|one|self|short|so|three|two|well)",
    re.IGNORECASE,
)
"""First parts that keep their hyphen where nothing in the text tells."""
_WIDE_GAP = 1.4
_WIDEST = 3.0
"""Heights of a line between two of one paragraph, at most."""
_TALLER = 1.2
_SHORT = 0.85
_INDENT = 0.8


def rebuilt(pages: Sequence[Page]) -> str:
    """Return the text of pages: paragraphs a line each, apart by blank lines.

    Args:
        pages: In order, their lines in any order.
    """
    running = _running(pages)
    paragraphs: list[list[Line]] = []
    for page in pages:
        for column in ordered(page):
            body = [line for line in column if not _is_edge(line, page, running)]
            _append(body, paragraphs)
    words = Counter(_words(" ".join(line.text for lines in paragraphs for line in lines)))
    return "\n\n".join(_joined(lines, words) for lines in paragraphs)


def _running(pages: Sequence[Page]) -> set[str]:
    """Return the lines at the edges of pages that come again, whatever their numbers."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_pattern(line) for line in page.lines if _at_edge(line, page)})
    least = max(2, _REPEATED * len(pages))
    return {pattern for pattern, count in seen.items() if count >= least}


def _pattern(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.casefold())


def _at_edge(line: Line, page: Page) -> bool:
    return not _EDGE * page.height < line.middle < (1 - _EDGE) * page.height


def _is_edge(line: Line, page: Page, running: set[str]) -> bool:
    return _at_edge(line, page) and (
        _pattern(line) in running or _PAGE_NUMBER.fullmatch(line.text) is not None
    )


def _append(column: Sequence[Line], paragraphs: list[list[Line]]) -> None:
    """Add a column's lines to the paragraphs so far, the last of which it may go on with."""
    if not column:
        return
    pitch = _pitch(column)
    left, right = min(line.left for line in column), max(line.right for line in column)
    before: Line | None = None
    for line in column:
        if before is None:
            opens = not paragraphs or _opens_page(paragraphs[-1][-1], line)
        else:
            opens = _opens(before, line, pitch) or _is_set_off(before, line, left, right)
        if opens:
            paragraphs.append([])
        paragraphs[-1].append(line)
        before = line


def _pitch(column: Sequence[Line]) -> float:
    """Return the usual way from line to line, in heights of a line."""
    steps = [_step(above, below) for above, below in pairwise(column)]
    return median([step for step in steps if step > 0] or [_WIDEST])


def _step(above: Line, below: Line) -> float:
    return (above.middle - below.middle) / max(above.height, below.height, 1.0)


def _opens_page(last: Line, line: Line) -> bool:
    return _ENDED.search(last.text) is not None or _differ(last, line) or _is_item(line)


def _opens(before: Line, line: Line, pitch: float) -> bool:
    step = _step(before, line)
    return step > _WIDE_GAP * pitch or step > _WIDEST or _differ(before, line) or _is_item(line)


def _is_set_off(before: Line, line: Line, left: float, right: float) -> bool:
    """Say whether a line is indented, or the one above it ends a sentence before the margin."""
    indent = _INDENT * line.height
    is_indented = line.left - left > indent and before.left - left < indent
    is_short = before.right < left + _SHORT * (right - left)
    return (is_indented or is_short) and _ENDED.search(before.text) is not None


def _differ(one: Line, other: Line) -> bool:
    """Say whether two lines are set in letters of different size."""
    low, high = sorted((one.height, other.height))
    return high > 0 and low * _TALLER < high and min(len(one.text), len(other.text)) > 3


def _is_item(line: Line) -> bool:
    return _ITEM.match(line.text) is not None


def _joined(lines: Sequence[Line], words: Counter[str]) -> str:
    text = lines[0].text
    for line in lines[1:]:
        text = _mended(text, line.text, words)
    return text.replace("\u00ad", "").replace("\u0002", "-")


def _mended(text: str, following: str, words: Counter[str]) -> str:
    """Join two lines, and the word that a hyphen parts between them."""
    if text[-1] not in HYPHENS or len(text) < 2 or not text[-2].isalnum():
        return f"{text} {following}"
    stem, rest = text[:-1], following
    if not rest[0].islower():
        return f"{stem}-{rest}"
    first, second = stem.split()[-1], rest.split()[0]
    whole = _words(first + second)
    parted = _words(f"{first}-{second}")
    if words[parted[0]] > words[whole[0]]:
        return f"{stem}-{rest}"
    if words[whole[0]] or text[-1] == "\u00ad" or not _COMPOUND.fullmatch(first):
        return stem + rest
    return f"{stem}-{rest}"


def _words(text: str) -> list[str]:
    return re.findall(r"\w+(?:-\w+)*", text.casefold()) or [""]
