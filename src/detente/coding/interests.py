"""Issues that both sides are said to affirm. Codebook section 6."""

from collections.abc import Sequence

from detente.coding.sentence import CodedSentence
from detente.ontology.acts import Act, Mode
from detente.records import SharedInterest


def shared_interests(sentences: Sequence[CodedSentence]) -> tuple[SharedInterest, ...]:
    """Find the issues two parties affirm together.

    Args:
        sentences: One document's coded sentences.

    Returns:
        One per sentence, pair and issue; `other` is none.
    """
    return tuple(
        SharedInterest(issue=issue, parties=pair, evidence=sentence.evidence)
        for sentence in sentences
        for pair in _joint_pairs(sentence)
        for issue in sentence.issues
        if issue != "other"
    )


def _joint_pairs(sentence: CodedSentence) -> list[tuple[str, str]]:
    ways = {
        (d.actor.split("/")[0], d.recipient.split("/")[0])
        for d in sentence.drafts
        if d.act is Act.AFFIRM and d.mode is Mode.ACTUAL and d.recipient is not None
    }
    return sorted({(min(w), max(w)) for w in ways if w[0] != w[1] and w[::-1] in ways})
