"""The pattern coder: phrases and actors by rule, no model.

It knows when to stay silent: a sentence without a phrase it knows makes no event.
"""

from collections.abc import Sequence
from datetime import datetime

from detente.coding.context import Context
from detente.coding.drafts import drafts_in
from detente.coding.readings import reading_of
from detente.coding.sentence import CodedSentence
from detente.ontology.lexicon import issues_in
from detente.records import Document, Passage, Reading


class PatternCoder:
    """Codes by phrases; a floor to measure others against.

    Examples:
        >>> PatternCoder().name
        'patterns'
    """

    name = "patterns"
    version = "3"

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
        head: dict[str, object] = {
            "coder": self.name,
            "coder_version": self.version,
            "coded_at": coded_at,
        }
        return reading_of(document, passages, head, _coded)


def _coded(passages: Sequence[Passage], context: Context) -> list[CodedSentence]:
    return [_sentence(passage, context) for passage in passages]


def _sentence(passage: Passage, context: Context) -> CodedSentence:
    text = passage.text
    mentions = context.mentions(text)
    question = passage.speaker == "Q"
    drafts = () if question else drafts_in(text, mentions, context)
    return CodedSentence(passage, mentions, drafts, issues_in(text))
