"""Take the states' names out of a marked pair, so that the model cannot know whom it reads.

Every name of the actor's state, its capital, people and leaders becomes one word, every name of the
recipient's another, every other state's a third; who they are cannot sway the coding, and exchanging two
states mirrors it. Names of organisations and bodies, as NATO or the Pentagon, stay.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from detente.coding.encoder import MarkedPair
from detente.coding.mentions import Mention, names_with_country

_THE = re.compile(r"\bthe $", re.IGNORECASE)
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
    return tuple(sorted(found))


def country_in(span: tuple[int, int], names: Sequence[Named]) -> str | None:
    """Return the first state named in a span.

    Args:
        span: Offsets.
        names: From `names_in`.
    """
    inside = (country for start, end, country in names if span[0] <= start and end <= span[1])
    return next(inside, None)


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
    own = [(start, end) for start, end, _ in names]
    pair = replace(pair, actor=_widened(pair.actor, own), recipient=_widened(pair.recipient, own))
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


def _widened(span: tuple[int, int], names: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """A span that ends within a name takes in all of it: "President Xi" of "President Xi Jinping"."""
    start, end = span
    for left, right in names:
        start = left if left < start < right else start
        end = right if left < end < right else end
    return start, end


def _edits(text: str, names: Sequence[Named], words: dict[str | None, str]) -> Iterator[Named]:
    """What stands where, and the word in its place; articles and endings that differ become one."""
    for start, end, country in names:
        word = words.get(country, OTHER)
        if _THE.search(text, 0, start):
            yield start - 4, start, ""
        yield start, end, word
        owned = _OWNED.match(text, end)
        if owned:
            yield end, owned.end(), "'s"


def _up_to(stop: int, whole: str, text: str, last: int, at: dict[int, int]) -> str:
    """Copy the text between two names, noting where places in it come to stand."""
    at.update({place: len(text) + place - last for place in at if last <= place <= stop})
    return text + whole[last:stop]
