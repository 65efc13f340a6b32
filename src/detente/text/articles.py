"""The body of an HTML page, found again in its source letter by letter.

trafilatura decides which paragraphs are body; this module places them in the source. What cannot be
placed is dropped and counted, never guessed.
"""

import logging
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from trafilatura import bare_extraction

from detente.records import DateInterval, Span
from detente.text.markup import Visible

_ANCHOR_LETTERS = 40
"""Letters from which a paragraph is taken to occur once; a shorter one must be a whole line."""
_LOGGERS = ("trafilatura", "htmldate", "courlan", "justext")


@dataclass(frozen=True, slots=True)
class Article:
    """What is body on a page, and what the page's own metadata says."""

    paragraphs: tuple[Span, ...]
    """Spans into the visible text, in order."""
    lost: int
    """Body paragraphs that could not be placed in the source."""
    title: str | None
    publisher: str | None
    published: DateInterval | None


def article(source: str, page: Visible, *, url: str | None, latest: date) -> Article:
    """Return the body paragraphs of a page as spans of its visible text, and its metadata.

    Args:
        source: HTML.
        page: The visible words of the same source.
        url: Where it came from; helps to find its date.
        latest: No later day is taken for the day of publication.
    """
    with _quiet():
        found = bare_extraction(
            source,
            url=url,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            date_extraction_params={
                "extensive_search": False,
                "original_date": True,
                "max_date": latest.isoformat(),
            },
        )
    if found is None or isinstance(found, dict):
        return Article((), 0, None, None, None)
    wanted = [line for line in (found.text or "").split("\n") if any(map(str.isalnum, line))]
    spans = _placed(page.text, wanted)
    return Article(
        tuple(spans),
        len(wanted) - len(spans),
        found.title or None,
        found.sitename or found.hostname or None,
        _day(found.date),
    )


def place(text: str, wanted: Sequence[str]) -> tuple[Span, ...]:
    r"""Return where paragraphs stand in a text, compared by letters and digits alone.

    Args:
        text: Visible text of a page.
        wanted: Paragraphs in order; those that cannot be placed beyond doubt are left out.

    Examples:
        >>> place("Menu\nBoth  sides met .\nMenu", ["Both sides met."])
        (Span(start=5, end=22),)
    """
    return tuple(_placed(text, wanted))


def _placed(text: str, wanted: Sequence[str]) -> list[Span]:
    places = [at for at, letter in enumerate(text) if letter.isalnum()]
    letters = "".join(text[at] for at in places)
    lines = _lines(text)
    keys = ["".join(filter(str.isalnum, paragraph)) for paragraph in wanted]
    anchors = _anchors(letters, keys)
    floors = list(accumulate((end for _, end in anchors), max, initial=0))
    ceilings = list(
        accumulate((start if end else len(letters) for start, end in reversed(anchors)), min)
    )[::-1]
    found: list[Span] = []
    for at, key in enumerate(keys):
        start, end = anchors[at]
        if key and not end:
            start, end = _short(lines, key, floors[at], ceilings[at])
        if end:
            found.append(_whole(text, places[start], places[end - 1] + 1))
    return _without_overlap(found)


def _anchors(letters: str, keys: Sequence[str]) -> list[tuple[int, int]]:
    """Return where long paragraphs stand among the letters, `(0, 0)` for the rest."""
    found: list[tuple[int, int]] = []
    cursor = 0
    for key in keys:
        start = letters.find(key, cursor) if len(key) >= _ANCHOR_LETTERS else -1
        found.append((start, start + len(key)) if start >= 0 else (0, 0))
        cursor = start + len(key) if start >= 0 else cursor
    return found


def _lines(text: str) -> dict[str, list[int]]:
    """Return, for each line's letters, the places among all letters where such a line begins."""
    found: dict[str, list[int]] = {}
    place = 0
    for line in text.split("\n"):
        key = "".join(filter(str.isalnum, line))
        found.setdefault(key, []).append(place)
        place += len(key)
    return found


def _short(lines: dict[str, list[int]], key: str, floor: int, ceiling: int) -> tuple[int, int]:
    starts = lines.get(key, [])
    at = bisect_left(starts, floor)
    if at < len(starts) and starts[at] + len(key) <= ceiling:
        return starts[at], starts[at] + len(key)
    return 0, 0


def _whole(text: str, start: int, end: int) -> Span:
    """Return a span widened to the marks that stand directly before and after its words."""
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    while end + 1 < len(text) and text[end] == " " and text[end + 1] in '.,;:!?)”’"':
        end += 2
    return Span(start=start, end=end)


def _without_overlap(spans: Sequence[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _day(written: str | None) -> DateInterval | None:
    try:
        return DateInterval.day(date.fromisoformat((written or "")[:10]))
    except ValueError:
        return None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the extractor's own log silent for one call; what it lacks is counted by us."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    states = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, state in zip(loggers, states, strict=True):
            logger.disabled = state
