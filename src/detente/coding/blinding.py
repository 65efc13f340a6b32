"""Take the states' names out of a marked pair, so that the model cannot know whom it reads.

Every name of the actor's state, its capital, people and leaders becomes one word, every name of the
recipient's another, every other state's a third; who they are cannot sway the coding, and exchanging two
states mirrors it. A title goes with its name. Names of organisations and bodies, as NATO or the Pentagon,
stay.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from detente.coding.encoder import MarkedPair
from detente.coding.mentions import Mention, names_with_country

_THE = re.compile(r"\bthe $", re.IGNORECASE)
_AN = re.compile(r"(?<=\b[Aa])n $")
_RANK = (
    r"(?i:(?:former|then|vice|deputy|assistant|acting|special|presidential|prime|foreign|defen[cs]e|"
    r"commerce|trade|treasury|finance|national|security|state|climate|house|press)[ -])*"
    r"(?i:president|secretary|minister|premier|chairman|chair|director|ambassador|envoy|general|admiral|"
    r"councill?or|counsell?or|speaker|senator|spokes(?:man|woman|person)|representative|advis[eo]r|chancellor|leader|"
    r"mr\.?|ms\.?|mrs\.?|dr\.?)(?: of (?:the )?[A-Z][a-z]+| for [A-Z][a-z]+)? "
)
_TITLE = re.compile(rf"\b(?:{_RANK}(?:and )?)*(?:\b[A-Z][a-z]+ [A-Z]\. )?$")
_BESIDE = re.compile(r"\s+|-")
_TITLE_REACH = 90
_JUNIOR = re.compile(r",? (?:Jr|Sr)\.(?!\w)")
_OWNED = re.compile(r"[’'](?:s\b|(?!\w))")
ACTOR, RECIPIENT, OTHER = "alpha", "beta", "gamma"
"""What the model reads for the two, and for every other state."""

Named = tuple[int, int, str]
"""Start, end and country of a name in a text."""


def names_in(text: str, on: date | None, mentions: Sequence[Mention] = ()) -> tuple[Named, ...]:
    """Find every name of a state in a text.

    Args:
        text: Any text.
        on: The day persons resolve by; None leaves them out.
        mentions: Actors found otherwise, as family names or a caller's own; states and persons
            among them count where no other name stands.

    Returns:
        Spans in order, not overlapping.

    Examples:
        >>> names_in("Chinese ships left for Tokyo.", None)
        ((0, 7, 'CHN'), (23, 28, 'JPN'))
    """
    found = list(names_with_country(text, on))
    for mention in mentions:
        plain = mention.kind in {"state", "person"}
        if plain and all(mention.end <= start or end <= mention.start for start, end, _ in found):
            found.append((mention.start, mention.end, mention.country))
    return tuple(_whole(text, sorted(found)))


def _whole(text: str, names: Sequence[Named]) -> Iterator[Named]:
    """Names with the titles before them; a state's and its leader's, side by side, are one."""
    last: Named | None = None
    for name in names:
        start, end, country = _with_title(text, name, last[1] if last else 0)
        if last and country == last[2] and _BESIDE.fullmatch(text, last[1], start):
            last = last[0], end, country
            continue
        if last:
            yield last
        last = start, end, country
    if last:
        yield last


def _with_title(text: str, name: Named, since: int) -> Named:
    start, end, country = name
    title = _TITLE.search(text, max(since, start - _TITLE_REACH), start)
    junior = _JUNIOR.match(text, end)
    return title.start() if title else start, junior.end() if junior else end, country


def country_in(span: tuple[int, int], names: Sequence[Named]) -> str | None:
    """Return the first state named in a span.

    Args:
        span: Offsets.
        names: From `names_in`.
    """
    inside = (country for start, end, country in names if span[0] < end and start < span[1])
    return next(inside, None)


def narrowed(span: tuple[int, int], names: Sequence[Named], country: str) -> tuple[int, int]:
    """Return where the state's own name stands in an actor's words: "China" in "China's navy".

    Offices are named otherwise in each state, so that marks round all of them would tell which it is.

    Args:
        span: Offsets of the actor's words.
        names: From `names_in`.
        country: The actor's.

    Returns:
        The first name of that state in the span or over its ends, else the span.

    Examples:
        >>> text = "China's navy left."
        >>> narrowed((0, 12), names_in(text, None), "CHN")
        (0, 5)
    """
    return next(
        (n[:2] for n in names if n[2] == country and n[0] < span[1] and span[0] < n[1]), span
    )


def blinded(
    pair: MarkedPair, names: Sequence[Named], actor: str | None, recipient: str | None
) -> MarkedPair:
    """Return a pair without the names of states.

    Args:
        pair: The pair.
        names: Names in its text, from `names_in`.
        actor: Country of who acts, None where no state is named there.
        recipient: Country of the other.

    Examples:
        >>> pair = MarkedPair("Paris thanked Rome.", (0, 5), (14, 18))
        >>> blinded(pair, names_in(pair.text, None), "FRA", "ITA").text
        'alpha thanked beta.'
    """
    words = {recipient: RECIPIENT, actor: ACTOR}
    pair = replace(
        pair, actor=_widened(pair.actor, names), recipient=_widened(pair.recipient, names)
    )
    places = sorted({*pair.actor, *pair.recipient})
    text, last, at = "", 0, dict.fromkeys(places, 0)
    for start, end, word in _edits(pair.text, names, words):
        if start < last or any(start < place < end for place in places):
            continue
        text, last = _up_to(start, pair.text, text, last, at), end
        at.update({place: len(text) for place in places if place == start})
        text += word
        at.update({place: len(text) for place in places if place == end})
    text = _up_to(len(pair.text), pair.text, text, last, at)
    spans = ((at[start], at[end]) for start, end in (pair.actor, pair.recipient))
    return MarkedPair(text, *spans)


def _widened(span: tuple[int, int], names: Sequence[Named]) -> tuple[int, int]:
    """A span that ends within a name takes in all of it: "President Xi" of "President Xi Jinping"."""
    start, end = span
    for left, right, _ in names:
        start = left if left < start < right else start
        end = right if left < end < right else end
    return start, end


def _edits(text: str, names: Sequence[Named], words: dict[str | None, str]) -> Iterator[Named]:
    """What stands where, and the word in its place; articles and endings that differ become one."""
    for start, end, country in names:
        word = words.get(country, OTHER)
        if _THE.search(text, 0, start):
            yield start - 4, start, ""
        elif _AN.search(text, 0, start):
            yield start - 2, start, " "
        yield start, end, word
        owned = _OWNED.match(text, end)
        if owned:
            yield end, owned.end(), "'s"


def _up_to(stop: int, whole: str, text: str, last: int, at: dict[int, int]) -> str:
    """Copy the text between two names, noting where places in it come to stand."""
    at.update({place: len(text) + place - last for place in at if last <= place <= stop})
    return text + whole[last:stop]
