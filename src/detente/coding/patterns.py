"""The pattern coder: phrases and actors by rule, no model.

It knows when to stay silent: a sentence without a phrase it knows makes no event.
"""

from collections.abc import Sequence
from datetime import datetime

from detente.coding.commitments import commitments_in
from detente.coding.context import Context, document_context
from detente.coding.drafts import Draft, drafts_in
from detente.coding.identity import stable_id
from detente.coding.interests import shared_interests
from detente.coding.meetings import meetings_in
from detente.coding.sentence import CodedSentence
from detente.coding.steps import steps_in
from detente.ontology.lexicon import issues_in
from detente.records import DateInterval, Document, Event, Passage, Reading

_CONFIDENCE = 0.6
"""Of a pattern's event; the share right among sentences read by hand is no better known."""


class PatternCoder:
    """Codes by phrases; a floor to measure others against.

    Examples:
        >>> PatternCoder().name
        'patterns'
    """

    name = "patterns"
    version = "1"

    def code(
        self, document: Document, passages: Sequence[Passage], *, coded_at: datetime
    ) -> Reading:
        """Code one document by phrases.

        Args:
            document: Only English documents with a date are read.
            passages: Its sentences in order.
            coded_at: Instant to stamp the reading with, UTC.

        Returns:
            The reading; without events for other languages or undated documents.
        """
        if document.language != "en" or document.published is None:
            return self._reading(document, coded_at)
        context = document_context(document, passages)
        sentences = [_coded(p, context) for p in passages]
        return self._reading(document, coded_at).model_copy(
            update={
                "events": _events(document.published, sentences),
                "meetings": meetings_in(document, sentences),
                "shared_interests": shared_interests(sentences),
                "commitments": commitments_in(sentences, document.published),
                "steps": steps_in(sentences, document.kind),
                "passages_skipped": sum(not _has_pair(s, context) for s in sentences),
            }
        )

    def _reading(self, document: Document, coded_at: datetime) -> Reading:
        return Reading(
            document_id=document.document_id,
            coder=self.name,
            coder_version=self.version,
            coded_at=coded_at,
        )


def _coded(passage: Passage, context: Context) -> CodedSentence:
    text = passage.text
    mentions = context.mentions(text)
    question = passage.speaker == "Q"
    drafts = () if question else drafts_in(text, mentions, context)
    return CodedSentence(passage, mentions, drafts, issues_in(text))


def _has_pair(sentence: CodedSentence, context: Context) -> bool:
    acting = {m.country for m in sentence.mentions if m.can_act}
    named = {m.country for m in sentence.mentions}
    return bool(acting) and (len(named) > 1 or any(context.counterpart(c) for c in acting))


def _events(published: DateInterval, sentences: Sequence[CodedSentence]) -> tuple[Event, ...]:
    return tuple(_event(published, s, d) for s in sentences for d in s.drafts)


def _event(published: DateInterval, sentence: CodedSentence, draft: Draft) -> Event:
    evidence = sentence.evidence
    return Event(
        event_id=stable_id(
            "e",
            evidence.document_id,
            evidence.span.start,
            draft.actor,
            draft.recipient,
            draft.root,
            draft.trigger.start,
        ),
        actor=draft.actor,
        recipient=draft.recipient,
        root=draft.root,
        tone=draft.tone,
        act=draft.act if draft.trigger.realm.value == "say" else None,
        mode=draft.mode,
        issues=_issues(sentence, draft),
        occurred=_occurred(published, sentence, draft),
        attributed_to=draft.attributed_to,
        evidence=evidence,
        confidence=_CONFIDENCE,
    )


def _issues(sentence: CodedSentence, draft: Draft) -> tuple[str, ...]:
    """Issues of the event's own clause where it names one, else of the sentence."""
    text = sentence.passage.text
    others = [d.trigger for d in sentence.drafts if d.trigger != draft.trigger]
    start = max([0, *(t.end for t in others if t.end <= draft.trigger.start)])
    end = min([len(text), *(t.start for t in others if t.start >= draft.trigger.end)])
    own = issues_in(text[start:end])
    found = sentence.issues if own == ("other",) else own
    is_word = draft.trigger.realm.value == "say" and draft.recipient is not None
    return ("relations",) if found == ("other",) and is_word else found


def _occurred(published: DateInterval, sentence: CodedSentence, draft: Draft) -> DateInterval:
    """The nearest date in the sentence on or before publication, else the publication."""
    past = [
        d
        for d in sentence.passage.dates
        if d.interval.end <= published.end and d.relation in {"on", "in", "from"}
    ]
    if not past:
        return published
    return min(past, key=lambda d: abs(d.span.start - draft.trigger.end)).interval
