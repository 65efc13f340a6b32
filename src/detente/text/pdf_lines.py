"""Lines of a PDF's page with their places, in the order a reader takes them."""

import unicodedata
from ctypes import byref
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from pypdfium2 import PdfTextPage, raw

_LEAST_COLUMN = 3
"""Lines on either side that make two columns."""
_GUTTER = 0.02
"""Part of the page's width on either side of its middle that a gutter may lean."""
HYPHENS = "-\u2010\u00ad\u0002"
_UNSEEN = dict.fromkeys((0x200B, 0x200C, 0x200D, 0xFEFF))


_RISE = 0.7
_GAP = 1.5
"""In heights of a line: how far up or down, and how far to the right, a line goes on."""


class _Box(NamedTuple):
    """Where one sign stands."""

    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a column; coordinates in points, from the page's lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.bottom + self.top) / 2

    @property
    def height(self) -> float:
        """Height of its letters' boxes."""
        return self.top - self.bottom


class Page(NamedTuple):
    """One page and its lines as the file gives them."""

    width: float
    height: float
    lines: list[Line]


def page_lines(words: PdfTextPage) -> list[Line]:
    """Return the lines of a page in the order of the file.

    Args:
        words: The page's text as PDFium finds it.
    """
    lines: list[Line] = []
    signs: list[str] = []
    boxes: list[_Box] = []
    for index in range(words.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(words, index))
        box = None if sign.isspace() else _box(words, index)
        if sign in "\r\n" or (box and boxes and _is_elsewhere(boxes[-1], box)):
            lines += _line(signs, boxes)
            signs, boxes = [], []
        signs.append(sign)
        if box is not None:
            boxes.append(box)
    return lines + _line(signs, boxes)


def _is_elsewhere(before: _Box, box: _Box) -> bool:
    """Say whether a sign stands on another line or in another column than the one before it.

    PDFium joins lines it takes to be parted by a hyphen, and columns that are drawn row by row.
    """
    height = before.top - before.bottom
    rise = (box.top + box.bottom - before.top - before.bottom) / 2
    return abs(rise) > _RISE * height or box.left - before.right > _GAP * height


def ordered(page: Page) -> list[list[Line]]:
    """Return a page's lines as they are read: from above, the left column before the right.

    Args:
        page: Its lines in any order.

    Returns:
        Columns of lines; what spans the page is a column of its own.
    """
    columns: list[list[Line]] = []
    zone: list[Line] = []
    slack = _GUTTER * page.width
    for line in sorted(page.lines, key=lambda line: (-round(line.middle), line.left)):
        if line.left < page.width / 2 - slack and line.right > page.width / 2 + slack:
            columns += _split(zone, page.width / 2)
            zone = []
            columns.append([line])
        else:
            zone.append(line)
    return _merged(columns + _split(zone, page.width / 2))


def _split(zone: list[Line], middle: float) -> list[list[Line]]:
    left = [line for line in zone if (line.left + line.right) / 2 < middle]
    right = [line for line in zone if (line.left + line.right) / 2 >= middle]
    if len(left) >= _LEAST_COLUMN and len(right) >= _LEAST_COLUMN:
        return [left, right]
    return [[line] for line in zone]


def _merged(columns: list[list[Line]]) -> list[list[Line]]:
    """Put lines that stand alone together: they are one column as wide as the page."""
    found: list[list[Line]] = []
    was_single = False
    for column in columns:
        single = len(column) == 1
        if single and was_single:
            found[-1] += column
        else:
            found.append(list(column))
        was_single = single
    return found


def _box(words: PdfTextPage, index: int) -> _Box | None:
    box = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(words, index, byref(box)):
        return None
    return _Box(box.left, box.right, box.bottom, box.top)


def _line(signs: list[str], boxes: list[_Box]) -> list[Line]:
    text = _plain("".join(signs))
    if not text or not boxes:
        return []
    lefts, rights, bottoms, tops = zip(*boxes, strict=True)
    return [Line(text, min(lefts), max(rights), median(bottoms), median(tops))]


def _plain(text: str) -> str:
    """Return a line's words: pairs of halves joined, ligatures and blanks as they are typed."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    typed = "".join(
        unicodedata.normalize("NFKC", sign) if "\ufb00" <= sign <= "\ufb06" else sign
        for sign in whole.translate(_UNSEEN)
    )
    kept = (sign for sign in typed if sign >= " " or sign in "\t\u0002")
    return " ".join("".join(kept).split())
