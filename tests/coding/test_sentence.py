"""A coded sentence as the document-level readers see it."""

from detente.coding.context import Context
from detente.coding.drafts import drafts_in
from detente.coding.sentence import CodedSentence
from detente.records import Passage, Span


def _coded(text: str, index: int) -> CodedSentence:
    span = Span(start=100 * index, end=100 * index + len(text))
    passage = Passage(document_id="d1", index=index, span=span, text=text, paragraph=0)
    context = Context(None, ("USA", "CHN"), None)
    mentions = context.mentions(text)
    return CodedSentence(passage, mentions, drafts_in(text, mentions, context), ("other",))


def test_evidence_is_the_whole_sentence() -> None:
    evidence = _coded("China accused Japan.", 3).evidence
    assert (evidence.document_id, evidence.passage, evidence.text) == (
        "d1",
        3,
        "China accused Japan.",
    )
    assert evidence.span == Span(start=300, end=320)
