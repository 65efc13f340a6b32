"""The pair coder: every ordered pair of actors in a sentence, read by the shipped model."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from detente.coding.candidates import Candidate, candidates
from detente.coding.context import Context
from detente.coding.decisions import Decision, Saying, decide
from detente.coding.drafts import Draft, drafts_in
from detente.coding.encoder import Scores, encode
from detente.coding.mentions import Mention
from detente.coding.readings import reading_of
from detente.coding.sentence import CodedSentence
from detente.coding.triggers import Trigger, find_triggers
from detente.coding.undertakings import listed, promised
from detente.ontology.actors import country_of
from detente.ontology.acts import Act
from detente.ontology.cameo import Realm, realm_of
from detente.ontology.lexicon import issues_in
from detente.records import Document, Passage, Reading

_MUTUAL = frozenset({"01", "03", "04", "05", "06", "19"})
"""Roots that two sides do together."""

_BREAK = re.compile(r"[;,]|\b(?:and|but|after|before|while|as|when|because)\b")
_CHARGING = frozenset({Act.BLAME, Act.CLAIM, Act.REJECT})

THRESHOLD = 0.65
"""Least probability of an event; this and the next four are set on our own documents kept from training."""

OF_SIDES_THRESHOLD = 0.5
"""The same between the two sides a document is about, where the sentence names both."""

IMPLIED_THRESHOLD = 0.7
"""The same where one of the two is not named in the sentence."""

THIRD_THRESHOLD = 0.9
"""The same between two states that are none of the document's sides."""

QUESTION_THRESHOLD = 0.7
"""The same where somebody asks."""

SUPPORTED = 0.5
"""The same where a phrase says it, too."""

FOUND = 0.83
"""How much surer the model is of pairs the coder finds than of pairs a reader marked; measured on our
own documents kept from training."""

PHRASE_SHARE = 0.4
"""How often a phrase is right about the root of an event where the model reads another or none."""


class PairCoder:
    """Reads who does what toward whom with the model that ships with Detente.

    Examples:
        >>> PairCoder().name
        'pairs'
    """

    name = "pairs"
    version = "3"

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
        Its events: what phrases say with the model's support, then what the model reads.
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
    listed: tuple[Draft, ...] = ()
    """Undertaken in a list."""
    is_question: bool = False


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
    rows = {head: found[row : row + len(asked.candidates)] for head, found in scores.items()}
    _level(rows, asked.candidates)
    decisions = [decide(rows, number) for number in range(len(asked.candidates))]
    read = [
        each
        for candidate, decision in zip(asked.candidates, decisions, strict=True)
        for draft in _drafts(candidate, decision, asked, context)
        for each in promised(draft, asked.text, asked.mentions)
    ]
    read += asked.listed
    sure = _once(_both_ways(_through_host(read, context)))
    known = _supported(asked, decisions, sure)
    charges = [d for d in (*known, *sure) if d.act in _CHARGING]
    return known + tuple(_attributed(asked.text, draft, charges) for draft in sure)


def _supported(
    asked: _Asked, decisions: Sequence[Decision], sure: Sequence[Draft]
) -> tuple[Draft, ...]:
    """What phrases say of pairs that the model finds likely, and that it does not say itself."""
    certain: dict[tuple[str, str], float] = {}
    for candidate, decision in zip(asked.candidates, decisions, strict=True):
        ways = country_of(candidate.actor), country_of(candidate.recipient)
        certain[ways] = max(certain.get(ways, 0.0), decision.certainty)
    said = {(_ways(d), d.root) for d in sure}
    return tuple(
        replace(draft, confidence=round(certain[_ways(draft)] * PHRASE_SHARE, 4))
        for draft in asked.known
        if (_ways(draft), draft.root) not in said and certain.get(_ways(draft), 0.0) >= SUPPORTED
    )


def _level(rows: dict[str, Scores], asked: Sequence[Candidate]) -> None:
    """Read what the two sides do together alike both ways."""
    joint = [number for number, candidate in enumerate(asked) if candidate.is_joint]
    if joint:
        for found in rows.values():
            found[joint] = found[joint].mean(0)


def _both_ways(drafts: Sequence[Draft]) -> list[Draft]:
    """A meeting or call is the other side's, too."""
    known = {(d.actor, d.recipient, d.root) for d in drafts}
    back = [
        replace(d, actor=d.recipient, recipient=d.actor)
        for d in drafts
        if d.root == "04" and d.recipient and (d.recipient, d.actor, d.root) not in known
    ]
    return [*drafts, *back]


def _attributed(text: str, draft: Draft, charges: Sequence[Draft]) -> Draft:
    """A deed inside a charge against its doer is the word of who makes the charge."""
    if realm_of(draft.root) is Realm.SAY or not draft.trigger.phrase:
        return draft
    doer, at = country_of(draft.actor), draft.trigger.start
    source = next(
        (
            c.actor
            for c in charges
            if country_of(c.recipient or "") == doer != country_of(c.actor)
            and c.trigger.end <= at
            and not _BREAK.search(text, c.trigger.end, at)
        ),
        None,
    )
    return replace(draft, attributed_to=source)


def _asked(passage: Passage, context: Context) -> _Asked:
    text = passage.text
    mentions = context.mentions(text)
    is_question = passage.speaker == "Q"
    pairs = candidates(text, mentions, context, is_question=is_question)
    known = () if is_question else drafts_in(text, mentions, context)
    shown = () if is_question else listed(text, mentions, context)
    context.passed(text, mentions)
    joint = any(c.is_joint for c in pairs) or _names_both(pairs, context)
    context.last_subject_joint = context.last_subject_joint or joint
    return _Asked(text, mentions, known, pairs, shown, is_question)


def _once(read: Sequence[Draft]) -> tuple[Draft, ...]:
    """Of each root between two states the surest reading."""
    kept: dict[tuple[tuple[str, str], str], Draft] = {}
    for draft in sorted(read, key=lambda d: -d.confidence):
        if not _is_reverse(draft, kept):
            kept.setdefault((_ways(draft), draft.root), draft)
    return tuple(d for d in read if kept.get((_ways(d), d.root)) is d)


def _is_reverse(draft: Draft, kept: Mapping[tuple[tuple[str, str], str], Draft]) -> bool:
    """Whether a surer reading has the other side do the very same that is not done together."""
    back = (_ways(draft)[::-1], draft.root)
    return draft.root not in _MUTUAL and back in kept


def _least(candidate: Candidate, context: Context, *, is_question: bool) -> float:
    """How sure a reading must be."""
    if is_question:
        return QUESTION_THRESHOLD
    named = {country_of(candidate.actor), country_of(candidate.recipient)}
    if len(context.parties) == 2 and named.isdisjoint(context.parties):
        return THIRD_THRESHOLD
    if candidate.is_implied:
        return IMPLIED_THRESHOLD
    return OF_SIDES_THRESHOLD if named == {*context.parties} else THRESHOLD


def _through_host(drafts: Sequence[Draft], context: Context) -> list[Draft]:
    """Among more than two parties to one act keep the pairs through the document's first."""
    together = [d for d in drafts if d.root in _MUTUAL]
    actors = {_ways(d)[0] for d in together}
    host = context.parties[0] if context.parties else ""
    if len(actors) < 3 or host not in actors:
        return list(drafts)
    return [d for d in drafts if d not in together or host in _ways(d)]


def _ways(draft: Draft) -> tuple[str, str]:
    return country_of(draft.actor), country_of(draft.recipient or "")


def _names_both(asked: Sequence[Candidate], context: Context) -> bool:
    ways = {(country_of(c.actor), country_of(c.recipient)) for c in asked if not c.is_implied}
    return len(context.parties) == 2 and {context.parties, context.parties[::-1]} <= ways


def _drafts(
    candidate: Candidate, decision: Decision, asked: _Asked, context: Context
) -> list[Draft]:
    if decision.certainty < _least(candidate, context, is_question=asked.is_question):
        return []
    return [
        Draft(
            candidate.actor,
            candidate.recipient,
            said.root,
            said.tone,
            said.act,
            decision.mode,
            None,
            _trigger(asked.text, candidate, said),
            confidence=round(said.confidence * FOUND, 4),
        )
        for said in decision.sayings
    ]


def _trigger(text: str, candidate: Candidate, said: Saying) -> Trigger:
    """Where the sentence says it: the phrase of that root, else what follows the actor."""
    known = next((t for t in find_triggers(text) if t.root == said.root), None)
    if known is not None:
        return replace(known, tone=said.tone, act=said.act)
    at = candidate.at
    return Trigger(
        at, at, said.root, said.tone, said.act, joint=False, at_counterpart=False, phrase=""
    )
