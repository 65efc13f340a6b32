"""Which ordered pairs of a sentence are worth asking the model about, and how each is marked.

"The two sides" is written out as the two states, and an unnamed other side is added at the end, so
that every pair the model sees stands in its text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from detente.coding.context import BOTH, Context
from detente.coding.encoder import MarkedPair
from detente.coding.mentions import Mention
from detente.ontology.states import countries

_PLACE = re.compile(
    r"\b(?:[Ii]n|across|around|near|over|throughout|inside|outside|from|via|into|within|regarding)\s+"
    r"(?:(?:the|both|mainland|northern|southern|eastern|western)\s+)?"
    r"(?:(?:[A-Z][\w’'-]+\s?){1,3},\s+)*(?:and\s+)?$"
)
MOST = 14
"""Pairs asked about in one sentence."""


@dataclass(frozen=True)
class Candidate:
    """One ordered pair of a sentence.

    Attributes:
        actor: Actor code of who would act.
        recipient: Actor code of the other.
        pair: The sentence as the model sees it.
        is_joint: Whether both stand for the document's two sides together.
        is_implied: Whether the recipient is not named in the sentence.
    """

    actor: str
    recipient: str
    pair: MarkedPair
    is_joint: bool = False
    is_implied: bool = False


def candidates(text: str, mentions: Sequence[Mention], context: Context) -> tuple[Candidate, ...]:
    """Return the ordered pairs of a sentence, the nearest to each other first.

    Args:
        text: The sentence.
        mentions: Its actors, named and resolved.
        context: The document's two sides.

    Returns:
        At most `MOST`, one for each actor and recipient.

    Examples:
        >>> from detente.coding.mentions import find_mentions
        >>> sentence = "Beijing accused Washington."
        >>> found = candidates(sentence, find_mentions(sentence, None), Context(None, (), None))
        >>> [(c.actor, c.recipient) for c in found]
        [('CHN/GOV', 'USA/GOV'), ('USA/GOV', 'CHN/GOV')]
    """
    found: dict[tuple[str, str], Candidate] = {}
    ranked = sorted(_explicit(text, mentions), key=lambda c: _distance(c.pair))
    for candidate in (
        *_joint(text, mentions, context),
        *ranked,
        *_implied(text, mentions, context),
    ):
        found.setdefault((candidate.actor, candidate.recipient), candidate)
    return tuple(found.values())[:MOST]


def _explicit(text: str, mentions: Sequence[Mention]) -> Iterator[Candidate]:
    named = [m for m in mentions if m.actor != BOTH and not _is_place(text, m)]
    for actor, recipient in permutations(named, 2):
        organs = actor.role == "LEG" and recipient.role == "GOV"
        if actor.can_act and (actor.country != recipient.country or organs):
            pair = MarkedPair(text, (actor.start, actor.end), (recipient.start, recipient.end))
            yield Candidate(actor.actor, recipient.actor, pair)


def _is_place(text: str, mention: Mention) -> bool:
    """Whether a state is only where or what about: "in Hong Kong", "across Ukraine"."""
    return mention.kind in {"state", "adjective"} and bool(_PLACE.search(text, 0, mention.start))


def _joint(text: str, mentions: Sequence[Mention], context: Context) -> Iterator[Candidate]:
    both = next((m for m in mentions if m.actor == BOTH), None)
    if both is None or len(context.parties) != 2:
        return
    first, second = (countries()[c].name if c in countries() else c for c in context.parties)
    start = both.start
    written = f"{text[:start]}{first} and {second}{text[both.end :]}"
    left = (start, start + len(first))
    right = (left[1] + 5, left[1] + 5 + len(second))
    codes = [f"{c}/GOV" for c in context.parties]
    yield Candidate(codes[0], codes[1], MarkedPair(written, left, right), is_joint=True)
    yield Candidate(codes[1], codes[0], MarkedPair(written, right, left), is_joint=True)


def _implied(text: str, mentions: Sequence[Mention], context: Context) -> Iterator[Candidate]:
    for actor in mentions:
        other = context.counterpart(actor.country)
        if not actor.can_act or actor.actor == BOTH or other is None or actor.possessive:
            continue
        if any(m.country == other.split("/", maxsplit=1)[0] for m in mentions):
            continue
        name = countries()[other.split("/", maxsplit=1)[0]].name
        body = text.rstrip(". ")
        written = f"{body}, to {name}."
        at = len(body) + 5
        pair = MarkedPair(written, (actor.start, actor.end), (at, at + len(name)))
        yield Candidate(actor.actor, other, pair, is_implied=True)


def _distance(pair: MarkedPair) -> int:
    return abs(pair.actor[0] - pair.recipient[0])
