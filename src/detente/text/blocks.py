"""Body or furniture: which blocks of a page that lost its HTML are the document's own prose.

A text that shows no furniture at all is kept whole: the classifier is for scraped pages, and a
clean readout or transcript must not lose a sentence to it.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from detente.text.block_scores import PITCH, SENTENCE_END, STAMP, STRONG_CUE, block_scores
from detente.text.captions import is_caption


class Role(StrEnum):
    """What a block is to its document."""

    BODY = "body"
    HEADLINE = "headline"
    CAPTION = "caption"
    FURNITURE = "furniture"


_TEASER_END = re.compile(
    r"^\W*(?:keep\ ?reading|continue\ reading|read\ (?:more|on|the\ (?:full|rest)\b.*)|show\ ?(?:more|less)"
    r"|keep\ readingshow\ ?less)\W*$".replace(r"\ ", r"\s"),
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"\W*(?:analysis|opinion|comment(?:ary)?|news|world|politics|features?|reporting|editorial|video"
    r"|interview|report|asia(?:-pacific)?|europe|middle east|africa|americas|global|business)"
    r"(?:\s*[|/·•:]\s*[\w\s&-]{2,30})?\W*|[\w\s&-]{2,30}\s[|·•»›]\s[\w\s&-]{2,30}",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_OPENS_ITEM = re.compile(r"\s*(?:[-–—•*·▪●◦]\s|[QA]\s*:|\(|Dear\b)")
_TIME = re.compile(r"\b\d{1,2}:\d\d\b|\b[ap]\.m\.", re.IGNORECASE)
_THRESHOLD = -0.5
"""Log-odds above which a block is body; below zero, for a lost sentence costs more than a kept line."""
_SHORT = 25
"""Words; a cue in a longer block is prose that happens to say so."""
_MOST_TEASED = 4
_MOST_LINES = 6
_MOST_DECK = 3


def roles(blocks: Sequence[str]) -> tuple[Role, ...]:
    """Return what each block of a text is.

    Args:
        blocks: Paragraphs in order, without white space at their ends.

    Examples:
        >>> [str(role) for role in roles(["Talks in Vienna", "They met on Monday. They agreed."])]
        ['headline', 'body']
    """
    found = [_unlettered_or_caption(block) for block in blocks]
    if shows_furniture(blocks):
        scores = block_scores(blocks)
        _mark_furniture(blocks, scores, found)
        headline = _scraped_headline(blocks, scores, found)
    else:
        headline = 0 if any(map(is_prose, blocks[1:])) and _is_headline(blocks[0]) else None
    if headline is not None:
        _mark_front(blocks, headline, found)
    return tuple(role or Role.BODY for role in found)


def shows_furniture(blocks: Sequence[str]) -> bool:
    """Say whether a text looks scraped: it holds captions, buttons, pitches or teasers.

    Args:
        blocks: Paragraphs in order.

    Examples:
        >>> shows_furniture(["The two sides met in Vienna.", "They will meet again."])
        False
        >>> shows_furniture(["The two sides met in Vienna.", "Sign up for our newsletter"])
        True
    """
    return any(_is_button(block) or is_caption(block) or _is_pitch(block) for block in blocks)


def is_prose(block: str) -> bool:
    """Say whether a block holds words at all: a line such as `###` or `* * *` does not.

    Args:
        block: One paragraph.

    Examples:
        >>> is_prose("###"), is_prose("No.")
        (False, True)
    """
    return _LETTER.search(block) is not None


def _unlettered_or_caption(block: str) -> Role | None:
    if is_caption(block):
        return Role.CAPTION
    return None if is_prose(block) else Role.FURNITURE


def _mark_furniture(
    blocks: Sequence[str], scores: Sequence[float], found: list[Role | None]
) -> None:
    for at, block in enumerate(blocks):
        if found[at] is None and _is_known_furniture(block):
            found[at] = Role.FURNITURE
    for at in _teased(blocks):
        found[at] = Role.FURNITURE
    left = [at for at, role in enumerate(found) if role is None]
    kept = [at for at in left if scores[at] > _THRESHOLD]
    kept = kept or [at for at in left if SENTENCE_END.search(blocks[at])]
    for at in set(left).difference(kept):
        found[at] = Role.FURNITURE


def _is_known_furniture(block: str) -> bool:
    return _is_button(block) or _is_pitch(block) or _SECTION.fullmatch(block) is not None


def _is_button(block: str) -> bool:
    words = len(block.split())
    if words > _SHORT:
        return False
    if _TEASER_END.match(block):
        return True
    return STRONG_CUE.search(block) is not None and (
        words <= _SHORT // 2 or SENTENCE_END.search(block) is None
    )


def _is_pitch(block: str) -> bool:
    """Say whether a block asks readers for money or their address: two different ways of asking."""
    asked = {found[0].casefold().split()[0] for found in PITCH.finditer(block)}
    return (
        len(asked) > 1
        and re.search(r"\b(?:our|us|we|you|your)\b", block, re.IGNORECASE) is not None
    )


def _is_line(block: str) -> bool:
    """Say whether a block is a line of its own and not a sentence: a heading, a label."""
    return len(block.split()) <= _SHORT and SENTENCE_END.search(block.rstrip(" ?!")) is None


def _teased(blocks: Sequence[str]) -> set[int]:
    """Return the blocks of teasers: lines, one to four paragraphs, then a button to read on."""
    ranges = [
        range(start, at + 1)
        for at, block in enumerate(blocks)
        if _TEASER_END.match(block) and (start := _teaser_start(blocks, at)) is not None
    ]
    if len(ranges) > 1:
        return set(range(ranges[0].start, ranges[-1].stop))
    return {at for teaser in ranges for at in teaser}


def _teaser_start(blocks: Sequence[str], end: int) -> int | None:
    at = end
    while at > 0 and end - at < _MOST_TEASED and not _is_line(blocks[at - 1]):
        at -= 1
    prose_start = at
    while at > 0 and prose_start - at < _MOST_LINES and _heads_teaser(blocks[at - 1]):
        at -= 1
    return at if at < prose_start < end else None


def _heads_teaser(block: str) -> bool:
    return _is_line(block) and not is_caption(block) and not _TEASER_END.match(block)


def _scraped_headline(
    blocks: Sequence[str], scores: Sequence[float], found: Sequence[Role | None]
) -> int | None:
    """Return the likeliest headline among the lines above the first paragraph of the body."""
    prose = (at for at, role in enumerate(found) if role is None and not _is_line(blocks[at]))
    first = next(prose, 0)
    lines = [
        at
        for at in range(first)
        if found[at] is not Role.CAPTION
        and not _is_known_furniture(blocks[at])
        and _is_headline(blocks[at])
    ]
    return max(lines, key=lambda at: scores[at], default=None)


def _is_headline(block: str) -> bool:
    barred = _OPENS_ITEM.match(block) or _TIME.search(block) or STAMP.match(block)
    return _is_line(block) and len(block.split()) > 1 and not barred and block[-1] not in ":;,"


def _mark_front(blocks: Sequence[str], headline: int, found: list[Role | None]) -> None:
    """Mark the headline, and the deck under it where a section label or byline sets it off."""
    found[headline] = Role.HEADLINE
    for at in range(headline + 1, min(headline + 2 + _MOST_DECK, len(blocks))):
        if _is_front_label(blocks[at]):
            found[headline + 1 : at + 1] = [Role.FURNITURE] * (at - headline)
            return
        if len(blocks[at].split()) > 2 * _SHORT:
            return


def _is_front_label(block: str) -> bool:
    is_stamp = STAMP.match(block) is not None and len(block.split()) <= _SHORT // 2
    return _SECTION.fullmatch(block) is not None or (is_stamp and _is_line(block))
