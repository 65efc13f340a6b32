"""Sentences of a paragraph with their places in it.

Offsets count into the paragraph as it stands: nothing is normalised, so that a sentence can be
quoted.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from syntok.segmenter import split
from syntok.tokenizer import Tokenizer

from detente.records import Span

_TOKENIZER = Tokenizer(emit_hyphen_or_underscore_sep=True, replace_not_contraction=False)
_OPEN_END = re.compile(
    r"""(?:^|[\s(“"])(?:
        (?:MR|MRS|MS|DR|GEN|SEN|REP|GOV|LT|COL|ST|Sec|SEC|Art|No|Nos|Rep|Reps|Sens|Amb|Adm|Vol|Para)\.
      | v\. | vs\.
    )$
    | ^(?:[-–—•*·▪●◦#>]+|\(?(?:\d{1,3}|[ivxlIVXL]{1,5}|[a-zA-Z])[.)]|[QA][:.]?)$""",
    re.VERBOSE,
)
"""What never ends a sentence: a title or "Sec." before its name or number, a mark before its item."""


def sentences(paragraph: str) -> tuple[Span, ...]:
    """Return the sentences of one paragraph, in order and without white space at their ends.

    A semicolon does not end a sentence. A bullet, a number or a speaker's name stays with the
    sentence it opens.

    Args:
        paragraph: One paragraph; it may hold line breaks.

    Examples:
        >>> text = "The U.S. agreed to talks. MR. LEE: China did too."
        >>> [text[s.start : s.end] for s in sentences(text)]
        ['The U.S. agreed to talks.', 'MR. LEE: China did too.']
    """
    found: list[Span] = []
    start: int | None = None
    for piece in _pieces(paragraph):
        start = piece.start if start is None else start
        if _OPEN_END.search(paragraph[start : piece.end][-12:]) is None:
            found.append(Span(start=start, end=piece.end))
            start = None
    if start is not None:
        found.append(Span(start=start, end=piece.end))
    return tuple(found)


def _pieces(paragraph: str) -> Iterator[Span]:
    starts = [tokens[0].offset for tokens in split(_TOKENIZER.tokenize(paragraph)) if tokens]
    bounds = [0, *starts[1:], len(paragraph)]
    for start, end in pairwise(bounds):
        piece = paragraph[start:end]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            yield Span(start=left, end=right)
