"""Which ordered pairs of a sentence are worth asking the model about, and how each is marked.

"The two sides" is written out as the two states. A side the sentence leaves unsaid is written before
it, with the header and the sentence before, so that every pair the model sees stands in its text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from detente.coding.blinding import blinded, names_in, narrowed
from detente.coding.context import BOTH, Context
from detente.coding.encoder import MarkedPair, in_view
from detente.coding.mentions import Mention
from detente.ontology.actors import country_of
from detente.ontology.states import countries

_PLACE = re.compile(
    r"\b(?:[Ii]n|across|around|near|over|throughout|inside|outside|from|via|into|within|regarding)\s+"
    r"(?:(?:the|both|mainland|northern|southern|eastern|western)\s+)?"
    r"(?:(?:[A-Z][\w’'-]+\s?){1,3},\s+)*(?:and\s+)?$"
)
_OWN = frozenset({"we", "our"})
MOST = 16
"""Pairs asked about in one sentence."""
_MOST_LOOKED_AT = 120
"""Ways to mark a pair that the best are chosen from."""
_SPEAKING = 3
"""Words a sentence has at least that says something of somebody it does not name."""
BREAK = " || "
"""Stands between what is written before a sentence and the sentence."""
QUESTION = "Question: "
"""Stands before a sentence of somebody who asks."""


@dataclass(frozen=True)
class Candidate:
    """One ordered pair of a sentence.

    Attributes:
        actor: Actor code of who would act.
        recipient: Actor code of the other.
        pair: The sentence as the model sees it.
        at: Where in the sentence the actor ends; 0 where it is not named.
        is_joint: Whether both stand for the document's two sides together.
        is_implied: Whether one of them is not named in the sentence.
    """

    actor: str
    recipient: str
    pair: MarkedPair
    at: int = 0
    is_joint: bool = False
    is_implied: bool = False


def candidates(
    text: str, mentions: Sequence[Mention], context: Context, *, is_question: bool = False
) -> tuple[Candidate, ...]:
    """Return the ordered pairs of a sentence, the document's two sides and near ones first.

    Args:
        text: The sentence.
        mentions: Its actors, named and resolved.
        context: The document's two sides, and what went before.
        is_question: Whether somebody asks; then only those named count, and "we" is nobody.

    Returns:
        At most `MOST`, one for each actor and recipient.

    Examples:
        >>> from detente.coding.mentions import find_mentions
        >>> sentence = "Beijing accused Washington."
        >>> found = candidates(sentence, find_mentions(sentence, None), Context(None, (), None))
        >>> sorted((c.actor, c.recipient) for c in found)
        [('CHN/GOV', 'USA/GOV'), ('USA/GOV', 'CHN/GOV')]
    """
    if is_question:
        mentions = [m for m in mentions if text[m.start : m.end].lower() not in _OWN]
        asked = [_question(c) for c in _explicit(text, mentions, context)]
        return _blind(text, mentions, context, asked)
    found = [
        *_joint(text, mentions, context),
        *_explicit(text, mentions, context),
        *_together(text, context),
        *_implied(text, mentions, context),
    ]
    return _blind(text, mentions, context, found)


def _blind(
    text: str, mentions: Sequence[Mention], context: Context, found: Sequence[Candidate]
) -> tuple[Candidate, ...]:
    """Take the states' names out, and keep of each pair the one that begins with who acts."""
    blind = []
    for candidate in found[:_MOST_LOOKED_AT]:
        pair = candidate.pair
        before = len(pair.text) - len(text) if pair.text.endswith(text) else None
        own = [] if before is None else [m.moved(before) for m in mentions]
        names = names_in(pair.text, context.on, [*own, *context.family_names(pair.text)])
        who, whom = country_of(candidate.actor), country_of(candidate.recipient)
        left, right = narrowed(pair.actor, names, who), narrowed(pair.recipient, names, whom)
        seen = in_view(blinded(MarkedPair(pair.text, left, right), names, who, whom))
        if seen is not None:
            blind.append(replace(candidate, pair=seen))
    return tuple(_ranked(_once(blind), context))[:MOST]


def _once(found: Sequence[Candidate]) -> list[Candidate]:
    """Of a pair marked in several ways keep one.

    What the sides do together goes before what is named; there the first naming of who acts, for the
    subject of a sentence stands before what it tells of, and the other where it stands nearest.
    """

    def order(candidate: Candidate) -> tuple[bool, bool, int, int]:
        at, other = candidate.pair.actor[0], candidate.pair.recipient[0]
        return not candidate.is_joint, candidate.is_implied, at, abs(at - other)

    kept: dict[tuple[str, str], Candidate] = {}
    for candidate in sorted(found, key=order):
        kept.setdefault((candidate.actor, candidate.recipient), candidate)
    return list(kept.values())


def _ranked(found: Sequence[Candidate], context: Context) -> list[Candidate]:
    """What the two sides do together first, then what is named, of the two sides and near first."""

    def rank(candidate: Candidate) -> tuple[bool, bool, int, int]:
        sides = {country_of(candidate.actor), country_of(candidate.recipient)}
        pair = candidate.pair
        distance = abs(pair.actor[0] - pair.recipient[0])
        others = len(sides - {*context.parties})
        return not candidate.is_joint, candidate.is_implied, others, distance

    return sorted(found, key=rank)


def _question(candidate: Candidate) -> Candidate:
    spans = (_moved(span, QUESTION) for span in (candidate.pair.actor, candidate.pair.recipient))
    return replace(candidate, pair=MarkedPair(QUESTION + candidate.pair.text, *spans))


def _explicit(text: str, mentions: Sequence[Mention], context: Context) -> Iterator[Candidate]:
    named = [m for m in mentions if m.actor != BOTH and not _is_place(text, m, context)]
    for actor, recipient in permutations(named, 2):
        organs = actor.role == "LEG" and recipient.role == "GOV"
        owner = actor.kind == "adjective" and actor.country in context.parties
        if (actor.can_act or owner) and (actor.country != recipient.country or organs):
            pair = MarkedPair(text, (actor.start, actor.end), (recipient.start, recipient.end))
            yield Candidate(actor.actor, recipient.actor, pair, actor.end)


def _is_place(text: str, mention: Mention, context: Context) -> bool:
    """Whether a third state is only where or what about: "in Hong Kong", "across Ukraine"."""
    if mention.country in context.parties:
        return False
    return mention.kind in {"state", "adjective"} and bool(_PLACE.search(text, 0, mention.start))


def _joint(text: str, mentions: Sequence[Mention], context: Context) -> Iterator[Candidate]:
    """The two sides toward each other, and each of them toward any third."""
    both = next((m for m in mentions if m.actor == BOTH), None)
    if both is None or len(context.sides) != 2:
        return
    first, second = map(_name, context.sides)
    written = f"{text[: both.start]}{first} and {second}{text[both.end :]}"
    left = (both.start, both.start + len(first))
    right = (left[1] + 5, left[1] + 5 + len(second))
    codes = [f"{c}/GOV" for c in context.sides]
    for actor, recipient, pair in (
        (codes[0], codes[1], MarkedPair(written, left, right)),
        (codes[1], codes[0], MarkedPair(written, right, left)),
    ):
        yield Candidate(actor, recipient, pair, both.end, is_joint=True)
    longer = len(written) - len(text)
    for third in mentions:
        if third.actor == BOTH or third.country in context.sides or third.start < both.end:
            continue
        if not _is_place(text, third, context):
            span = (third.start + longer, third.end + longer)
            yield Candidate(codes[0], third.actor, MarkedPair(written, left, span), both.end)
            yield Candidate(codes[1], third.actor, MarkedPair(written, right, span), both.end)


def _together(text: str, context: Context) -> Iterator[Candidate]:
    """Among the states last named in one list the pairs through the first: "the five countries"."""
    host, *others = context.members(text) or ("",)
    for other in others:
        yield _unsaid(text, host, other, context)
        yield _unsaid(text, other, host, context)


def _implied(text: str, mentions: Sequence[Mention], context: Context) -> Iterator[Candidate]:
    """Pairs with a side the sentence leaves unsaid."""
    named = {m.country for m in mentions}
    if any(m.actor == BOTH for m in mentions):
        return
    for mention in mentions:
        for other in _others(mention, named, context):
            yield from _with_other(text, mention, other, context)
    if named.isdisjoint(context.parties) and len(text.split()) >= _SPEAKING:
        for pair in context.unsaid():
            if named.isdisjoint(pair):
                yield _unsaid(text, *pair, context)
                yield _unsaid(text, *pair[::-1], context)


def _others(mention: Mention, named: set[str], context: Context) -> tuple[str, ...]:
    """Where a sentence names one state any that is in mind, else only the other of the two sides."""
    if len(named) == 1:
        return context.others(mention.country)
    other = country_of(context.counterpart(mention.country) or "")
    return (other,) if other and other not in named else ()


def _with_other(text: str, mention: Mention, other: str, context: Context) -> Iterator[Candidate]:
    name, span = _name(other), (mention.start, mention.end)
    if mention.can_act or mention.kind == "adjective":
        head = f"to {name}: {context.preamble}{BREAK}"
        pair = MarkedPair(head + text, _moved(span, head), (3, 3 + len(name)))
        yield Candidate(mention.actor, f"{other}/GOV", pair, mention.end, is_implied=True)
    head = f"{name}: {context.preamble}{BREAK}"
    pair = MarkedPair(head + text, (0, len(name)), _moved(span, head))
    yield Candidate(f"{other}/GOV", mention.actor, pair, is_implied=True)


def _unsaid(text: str, actor: str, recipient: str, context: Context) -> Candidate:
    left, right = _name(actor), _name(recipient)
    head = f"{left} to {right}: {context.preamble}{BREAK}"
    spans = (0, len(left)), (len(left) + 4, len(left) + 4 + len(right))
    pair = MarkedPair(head + text, *spans)
    return Candidate(f"{actor}/GOV", f"{recipient}/GOV", pair, is_implied=True)


def _moved(span: tuple[int, int], by: str) -> tuple[int, int]:
    return span[0] + len(by), span[1] + len(by)


def _name(country: str) -> str:
    known = countries()
    return known[country].name if country in known else country
