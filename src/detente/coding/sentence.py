"""A sentence with what was found in it; what the document-level extractors read."""

from dataclasses import dataclass

from detente.coding.drafts import Draft
from detente.coding.mentions import Mention
from detente.records import Evidence, Passage


@dataclass(frozen=True)
class CodedSentence:
    """One passage, its actors, its events and its issues."""

    passage: Passage
    mentions: tuple[Mention, ...]
    drafts: tuple[Draft, ...]
    issues: tuple[str, ...]

    @property
    def evidence(self) -> Evidence:
        """The whole sentence as evidence."""
        passage = self.passage
        return Evidence(
            document_id=passage.document_id,
            passage=passage.index,
            span=passage.span,
            text=passage.text,
        )
