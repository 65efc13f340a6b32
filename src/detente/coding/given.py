"""Single sentences, with their actors given or found: to score the coder on a set of one's own."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Self

from pydantic import Field, model_validator

from detente.coding.blinding import blinded, country_in, names_in
from detente.coding.context import Context
from detente.coding.decisions import Saying, decide
from detente.coding.drafts import Draft
from detente.coding.encoder import MarkedPair, encode
from detente.coding.mentions import Mention, find_mentions
from detente.coding.pairs import read_sentence
from detente.ontology.acts import Mode
from detente.ontology.cameo import realm_of
from detente.ontology.lexicon import issues_in
from detente.records import ActorCode, Record, Span

GIVEN_THRESHOLD = 0.25
"""Least probability of an event where the caller marks the pair."""


class Sentence(Record):
    """One sentence to be coded."""

    text: str
    actor: Span | None = None
    """Who acts, where the caller knows."""
    recipient: Span | None = None
    actors: dict[Annotated[str, Field(min_length=1)], ActorCode] = Field(default_factory=dict)
    """Further names and their actor codes, as `{"Gondor": "GON"}`."""

    @model_validator(mode="after")
    def _inside(self) -> Self:
        for name, span in (("actor", self.actor), ("recipient", self.recipient)):
            if span is not None and not span.start < span.end <= len(self.text):
                received = f"[{span.start}, {span.end}]"
                msg = f"{name} {received} is no part of a text of {len(self.text)} characters"
                raise ValueError(msg)
        return self


class SentenceEvent(Record):
    """One event of a sentence."""

    actor: str
    recipient: str | None
    root: str
    realm: str
    tone: str
    act: str | None
    mode: str
    issues: tuple[str, ...]
    confidence: float


class CodedText(Record):
    """A sentence with its events."""

    text: str
    events: tuple[SentenceEvent, ...]


def code_sentence(sentence: Sentence) -> CodedText:
    """Code one sentence by itself.

    Args:
        sentence: With both spans, that pair alone is read; else its actors are found, those of the
            extra table among them.

    Returns:
        Its events; with both spans given at most one, whose actor and recipient are their words.

    Examples:
        >>> code_sentence(Sentence(text="Beijing accused Washington of bullying.")).events[0].root
        '11'
    """
    if sentence.actor is not None and sentence.recipient is not None:
        events = _of_pair(sentence.text, sentence.actor, sentence.recipient)
    else:
        events = _of_text(sentence.text, sentence.actors)
    return CodedText(text=sentence.text, events=events)


def _of_pair(text: str, actor: Span, recipient: Span) -> tuple[SentenceEvent, ...]:
    spans = (actor.start, actor.end), (recipient.start, recipient.end)
    names = names_in(text, None)
    pair = blinded(MarkedPair(text, *spans), names, *(country_in(span, names) for span in spans))
    decision = decide(encode([pair]), 0)
    if decision.certainty < GIVEN_THRESHOLD:
        return ()
    words = text[actor.start : actor.end], text[recipient.start : recipient.end]
    return (_event(text, words, decision.sayings[0], decision.mode),)


def _of_text(text: str, extra: Mapping[str, str]) -> tuple[SentenceEvent, ...]:
    mentions = _with_extra(text, find_mentions(text, None), extra)
    drafts = read_sentence(text, mentions, Context(None, (), None))
    return tuple(_event(text, (d.actor, d.recipient), d, d.mode) for d in drafts)


def _event(
    text: str, sides: tuple[str, str | None], said: Saying | Draft, mode: Mode
) -> SentenceEvent:
    return SentenceEvent(
        actor=sides[0],
        recipient=sides[1],
        root=said.root,
        realm=realm_of(said.root).value,
        tone=said.tone.value,
        act=said.act.value if said.act else None,
        mode=mode.value,
        issues=issues_in(text),
        confidence=said.confidence,
    )


def _with_extra(
    text: str, known: Sequence[Mention], extra: Mapping[str, str]
) -> tuple[Mention, ...]:
    found = [
        Mention(m.start(), m.end(), code, "state")
        for name, code in sorted(extra.items(), key=lambda item: -len(item[0]))
        for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    ]
    kept: list[Mention] = []
    for mention in (*found, *known):
        if all(mention.end <= k.start or k.end <= mention.start for k in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda m: m.start))
