"""Single sentences, with their actors given or found: to score the coder on a set of one's own."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
from pydantic import Field

from detente.coding.context import Context
from detente.coding.encoder import MarkedPair, classes, encode
from detente.coding.mentions import Mention, find_mentions
from detente.coding.pairs import read_sentence
from detente.ontology.cameo import Realm, realm_of
from detente.ontology.lexicon import issues_in
from detente.records import Record, Span


class Sentence(Record):
    """One sentence to be coded."""

    text: str
    actor: Span | None = None
    """Who acts, where the caller knows."""
    recipient: Span | None = None
    actors: dict[str, str] = Field(default_factory=dict)
    """Further names and their actor codes, as `{"Gondor": "GON"}`."""


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
    pair = MarkedPair(text, (actor.start, actor.end), (recipient.start, recipient.end))
    scores = encode([pair])
    best = {head: classes()[head][int(scores[head][0].argmax())] for head in scores}
    if best["mode"] == "none":
        return ()
    raised = np.exp(scores["mode"][0] - scores["mode"][0].max())
    root = best["root"]
    event = SentenceEvent(
        actor=text[actor.start : actor.end],
        recipient=text[recipient.start : recipient.end],
        root=root,
        realm=realm_of(root).value,
        tone=best["tone"],
        act=best["act"] if realm_of(root) is Realm.SAY else None,
        mode=best["mode"],
        issues=issues_in(text),
        confidence=round(1 - float(raised[0] / raised.sum()), 4),
    )
    return (event,)


def _of_text(text: str, extra: Mapping[str, str]) -> tuple[SentenceEvent, ...]:
    mentions = _with_extra(text, find_mentions(text, None), extra)
    drafts = read_sentence(text, mentions, Context(None, (), None))
    return tuple(
        SentenceEvent(
            actor=d.actor,
            recipient=d.recipient,
            root=d.root,
            realm=realm_of(d.root).value,
            tone=d.tone.value,
            act=d.act.value if d.act else None,
            mode=d.mode.value,
            issues=issues_in(text),
            confidence=d.confidence,
        )
        for d in drafts
    )


def _with_extra(
    text: str, known: Sequence[Mention], extra: Mapping[str, str]
) -> tuple[Mention, ...]:
    found = [
        Mention(m.start(), m.end(), code, "state")
        for name, code in sorted(extra.items(), key=lambda item: -len(item[0]))
        for m in re.finditer(rf"\b{re.escape(name)}\b", text)
    ]
    kept: list[Mention] = []
    for mention in (*found, *known):
        if all(mention.end <= k.start or k.end <= mention.start for k in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda m: m.start))
