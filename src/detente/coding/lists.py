"""Lists in a text: the mark a line of one begins with, and the line that undertakes what follows."""

import re

_MARK = re.compile(r"\s*(?:[-•–*◆]|\(?(?:[a-z]|[0-9]{1,2}|[ivx]{1,4})[.)])\s+")
_UNDERTAKES = re.compile(r"\b(?:to|will|shall)(?: \w+ly)?:\s*(?:$|[-•–*◆]\s)")


def mark_of(text: str) -> int | None:
    """Return where a line of a list begins after its mark; None outside a list.

    Args:
        text: A sentence.

    Examples:
        >>> mark_of("- Buy soybeans."), mark_of("Buy soybeans.")
        (2, None)
    """
    found = _MARK.match(text)
    return found.end() if found else None


def undertakes(text: str) -> int | None:
    """Return where "X will:" or "X agreed to:" ends before its list; None for other sentences.

    Args:
        text: A sentence; its list may begin in it.

    Examples:
        >>> undertakes("China will:"), undertakes("China will act.")
        (6, None)
    """
    found = _UNDERTAKES.search(text)
    return found.start() if found else None
