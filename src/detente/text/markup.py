"""The visible words of an HTML source, each character tied to its place in that source.

A small scanner of our own and not the standard parser: evidence is found again years later, so the
reading of a stored page must not change with the Python that runs it.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from html import unescape
from html.entities import html5

from detente.records import Span

_BLOCK_TAG = re.compile(
    r"address|article|aside|blockquote|body|br|button|caption|center|dd|details|dialog|div|dl|dt"
    r"|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|iframe|legend|li|main|menu"
    r"|nav|ol|option|p|pre|section|select|summary|table|tbody|td|tfoot|th|thead|tr|ul|video",
    re.IGNORECASE,
)
"""Elements that end a line of text; every other tag leaves the words around it joined."""

_NAMED = "|".join(sorted(html5, key=len, reverse=True))
_TOKEN = re.compile(
    r"""
      <!--.*?(?:-->|\Z)
    | <(?P<raw>script|style|noscript|template|svg|title|textarea)(?=[\s/>]).*?(?:</(?P=raw)\s*>|\Z)
    | </?(?P<tag>[a-zA-Z][^\s/>]*+)(?:[^<>"']|"[^"]*+"|'[^']*+')*+>
    | </?(?P<loose>[a-zA-Z][^\s/<>]*+)[^<>]*>
    | <[!?/][^<>]*+>
    | (?P<entity>&(?:\#[0-9]{1,8};?|\#[xX][0-9a-fA-F]{1,8};?|(?-i:@)))
    | (?P<text>[^<&]++|.)
    """.replace("@", _NAMED),
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")
_SOURCE_BREAK = str.maketrans("\t\n\r\f\v", "     ")


@dataclass(frozen=True, slots=True)
class Visible:
    """The words a reader of the page sees; a line break stands where a block begins or ends."""

    text: str
    """Visible characters; line breaks come from blocks only."""
    starts: tuple[int, ...]
    """First visible offset of each run."""
    runs: tuple[tuple[int, int, bool], ...]
    """Source start, source end of each run, and whether it stands there letter by letter."""

    def span(self, start: int, end: int) -> Span:
        """Return where visible characters stand in the source.

        Args:
            start: First visible offset.
            end: Visible offset after the last character; both ends lie on words, not on breaks.

        Examples:
            >>> page = visible("<p>R&amp;D <b>now</b></p>")
            >>> at = page.text.index("R&D")
            >>> page.span(at, at + 3)
            Span(start=3, end=10)
        """
        return Span(start=self._source(start)[0], end=self._source(end - 1)[1])

    def _source(self, offset: int) -> tuple[int, int]:
        run = bisect_right(self.starts, offset) - 1
        first, last, verbatim = self.runs[run]
        if not verbatim:
            return first, last
        place = first + offset - self.starts[run]
        return place, place + 1


def visible(source: str) -> Visible:
    r"""Read the visible words out of an HTML source.

    Args:
        source: HTML, whole or a stretch that begins and ends in visible words.

    Examples:
        >>> visible("<p>Xi &amp; Bi<i>den</i></p><script>x()</script><p>met</p>").text.split("\n")
        ['', 'Xi & Biden', '', 'met', '']
    """
    pieces: list[str] = []
    starts: list[int] = []
    runs: list[tuple[int, int, bool]] = []
    length = 0
    for token in _TOKEN.finditer(source):
        piece, verbatim = _piece(token)
        if piece:
            pieces.append(piece)
            starts.append(length)
            runs.append((token.start(), token.end(), verbatim))
            length += len(piece)
    return Visible("".join(pieces), tuple(starts), tuple(runs))


def folded(text: str) -> str:
    r"""Return text with each run of white space made one space, and none at the ends.

    Args:
        text: Any text.

    Examples:
        >>> folded("  the two \n sides ")
        'the two sides'
    """
    return _SPACE.sub(" ", text).strip()


def _piece(token: re.Match[str]) -> tuple[str, bool]:
    text = token["text"]
    if text is not None:
        return text.translate(_SOURCE_BREAK), True
    if token["entity"] is not None:
        return _entity(token["entity"]), False
    tag = token["tag"] or token["loose"]
    return ("\n" if tag is not None and _BLOCK_TAG.fullmatch(tag) else ""), False


def _entity(written: str) -> str:
    plain = unescape(written)
    return " " if plain.isspace() else plain
