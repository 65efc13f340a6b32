"""The pair coder: every ordered pair of actors in a sentence, read by the shipped model."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from detente.coding.candidates import Candidate, candidates
from detente.coding.context import Context
from detente.coding.drafts import Draft, drafts_in
from detente.coding.encoder import Scores, classes, encode
from detente.coding.mentions import Mention
from detente.coding.readings import reading_of
from detente.coding.sentence import CodedSentence
from detente.coding.triggers import Trigger, find_triggers
from detente.ontology.acts import Act, Mode
from detente.ontology.cameo import Realm, Tone, realm_of
from detente.ontology.lexicon import issues_in
from detente.records import Document, Passage, Reading

_MUTUAL = frozenset({"01", "03", "04", "05", "06", "19"})
"""Roots that two sides do together."""

THRESHOLD = 0.6
"""Least probability of an event."""

OTHERS_THRESHOLD = 0.85
"""The same where the pair is not the document's two sides."""

IMPLIED_THRESHOLD = 0.7
"""The same where the recipient is not named in the sentence."""


class PairCoder:
    """Reads who does what toward whom with the model that ships with Detente.

    Examples:
        >>> PairCoder().name
        'pairs'
    """

    name = "pairs"
    version = "1"

    def code(
        self, document: Document, passages: Sequence[Passage], *, coded_at: datetime
    ) -> Reading:
        """Code one document pair by pair.

        Args:
            document: Only English documents with a date are read.
            passages: Its sentences in order.
            coded_at: Instant to stamp the reading with, UTC.

        Returns:
            The reading; without events for other languages or undated documents.
        """
        head: dict[str, object] = {
            "coder": self.name,
            "coder_version": self.version,
            "coded_at": coded_at,
        }
        return reading_of(document, passages, head, _coded)


def read_sentence(text: str, mentions: tuple[Mention, ...], context: Context) -> tuple[Draft, ...]:
    """Read one sentence by itself.

    Args:
        text: The sentence.
        mentions: Its actors.
        context: Its document's two sides; empty where it has none.

    Returns:
        Its events, phrases first, then what the model adds.
    """
    asked = _Asked(
        text,
        mentions,
        drafts_in(text, mentions, context),
        candidates(text, mentions, context),
    )
    return _read(asked, encode([c.pair for c in asked.candidates]), 0, context)


@dataclass(frozen=True)
class _Asked:
    text: str
    mentions: tuple[Mention, ...]
    known: tuple[Draft, ...]
    """Read from a phrase."""
    candidates: tuple[Candidate, ...]


def _coded(passages: Sequence[Passage], context: Context) -> list[CodedSentence]:
    asked = [_asked(passage, context) for passage in passages]
    scores = encode([c.pair for one in asked for c in one.candidates])
    sentences, row = [], 0
    for passage, one in zip(passages, asked, strict=True):
        drafts = _read(one, scores, row, context)
        row += len(one.candidates)
        sentences.append(CodedSentence(passage, one.mentions, drafts, issues_in(one.text)))
    return sentences


def _read(
    asked: _Asked, scores: dict[str, Scores], row: int, context: Context
) -> tuple[Draft, ...]:
    read = [
        draft
        for number, candidate in enumerate(asked.candidates)
        for draft in _drafts(candidate, scores, row + number, asked.text)
    ]
    sure = [d for d in read if d.confidence >= _least(d, context)]
    return asked.known + _added(asked.known, _through_host(sure, context))


def _asked(passage: Passage, context: Context) -> _Asked:
    text = passage.text
    mentions = context.mentions(text)
    if passage.speaker == "Q":
        return _Asked(text, mentions, (), ())
    pairs = candidates(text, mentions, context)
    known = drafts_in(text, mentions, context)
    joint = any(c.is_joint for c in pairs) or _names_both(pairs, context)
    context.last_subject_joint = context.last_subject_joint or joint
    return _Asked(text, mentions, known, pairs)


def _added(known: Sequence[Draft], read: Sequence[Draft]) -> tuple[Draft, ...]:
    """What the model adds: other dyads, of two opposite readings the surer unless both do it."""
    taken = {_ways(d) for d in known}
    kept: dict[tuple[str, str], Draft] = {}
    for draft in sorted(read, key=lambda d: -d.confidence):
        ways = _ways(draft)
        opposite = kept.get((ways[1], ways[0]))
        if opposite is not None and not {opposite.root, draft.root} <= _MUTUAL:
            continue
        if ways not in taken and ways not in kept:
            kept[ways] = draft
    return tuple(d for d in read if kept.get(_ways(d)) is d)


def _least(draft: Draft, context: Context) -> float:
    """How sure a reading must be: surer where it is about others than the document's two sides."""
    between = {*_ways(draft)} <= {*context.parties}
    return THRESHOLD if between or len(context.parties) != 2 else OTHERS_THRESHOLD


def _through_host(drafts: Sequence[Draft], context: Context) -> list[Draft]:
    """Among more than two parties to one act keep the pairs through the document's first."""
    together = [d for d in drafts if d.root in _MUTUAL]
    actors = {_ways(d)[0] for d in together}
    host = context.parties[0] if context.parties else ""
    if len(actors) < 3 or host not in actors:
        return list(drafts)
    return [d for d in drafts if d not in together or host in _ways(d)]


def _ways(draft: Draft) -> tuple[str, str]:
    return _country(draft.actor), _country(draft.recipient or "")


def _country(actor: str) -> str:
    return actor.split("/", maxsplit=1)[0]


def _names_both(asked: Sequence[Candidate], context: Context) -> bool:
    ways = {(c.actor.split("/")[0], c.recipient.split("/")[0]) for c in asked if not c.is_implied}
    return len(context.parties) == 2 and {context.parties, context.parties[::-1]} <= ways


def _drafts(candidate: Candidate, scores: dict[str, Scores], row: int, text: str) -> list[Draft]:
    mode = _shares(scores["mode"][row])
    best = int(mode[1:].argmax()) + 1
    certain = 1.0 - float(mode[0])
    least = IMPLIED_THRESHOLD if candidate.is_implied else THRESHOLD
    if certain < least:
        return []
    root = classes()["root"][int(scores["root"][row].argmax())]
    realm = realm_of(root)
    if candidate.is_implied and realm is Realm.DO:
        return []
    tone = Tone(classes()["tone"][int(scores["tone"][row].argmax())])
    act = Act(classes()["act"][int(scores["act"][row].argmax())]) if realm is Realm.SAY else None
    trigger = _trigger(text, candidate, root, tone, act)
    kind = Mode(classes()["mode"][best])
    return [
        Draft(
            candidate.actor,
            candidate.recipient,
            root,
            tone,
            act,
            kind,
            None,
            trigger,
            confidence=round(certain, 4),
        )
    ]


def _trigger(text: str, candidate: Candidate, root: str, tone: Tone, act: Act | None) -> Trigger:
    """Where the sentence says it: the phrase of that root, else what follows the actor."""
    known = next((t for t in find_triggers(text) if t.root == root), None)
    if known is not None:
        return replace(known, tone=tone, act=act)
    at = min(candidate.pair.actor[1], len(text))
    return Trigger(at, at, root, tone, act, joint=False, at_counterpart=False, phrase="")


def _shares(logits: Scores) -> Scores:
    raised = np.exp(logits - logits.max())
    shares: Scores = raised / raised.sum()
    return shares
