"""From coded sentences to the records of a reading; the same for every coder."""

from collections.abc import Callable, Sequence

from detente.coding.commitments import commitments_in
from detente.coding.context import Context, document_context
from detente.coding.drafts import Draft
from detente.coding.identity import stable_id
from detente.coding.interests import shared_interests
from detente.coding.meetings import meetings_in
from detente.coding.sentence import CodedSentence
from detente.coding.steps import steps_in
from detente.ontology.lexicon import issues_in
from detente.records import DateInterval, Document, Event, Passage, Reading


def reading_of(
    document: Document,
    passages: Sequence[Passage],
    head: dict[str, object],
    coded: Callable[[Sequence[Passage], Context], list[CodedSentence]],
) -> Reading:
    """Read a document with a coder's way of coding sentences.

    Args:
        document: Only English documents with a date are read.
        passages: Its sentences in order.
        head: The coder's name and version, and the instant.
        coded: Codes the sentences, given the document's two sides.

    Returns:
        Events, meetings, shared interests, commitments and steps; none for other languages or
        undated documents.
    """
    empty = Reading.model_validate({"document_id": document.document_id, **head})
    if document.language != "en" or document.published is None:
        return empty
    context = document_context(document, passages)
    sentences = coded(passages, context)
    return empty.model_copy(
        update={
            "events": tuple(_event(document.published, s, d) for s in sentences for d in s.drafts),
            "meetings": meetings_in(document, sentences),
            "shared_interests": shared_interests(sentences),
            "commitments": commitments_in(sentences, document.published),
            "steps": steps_in(sentences, document.kind),
            "passages_skipped": sum(not _has_pair(s, context) for s in sentences),
        }
    )


def _has_pair(sentence: CodedSentence, context: Context) -> bool:
    acting = {m.country for m in sentence.mentions if m.can_act}
    named = {m.country for m in sentence.mentions}
    return bool(acting) and (len(named) > 1 or any(context.counterpart(c) for c in acting))


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
        confidence=draft.confidence,
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
