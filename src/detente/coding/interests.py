"""Issues that both sides are said to affirm. Codebook section 6."""

import re
from collections.abc import Sequence

from detente.coding.drafts import Draft
from detente.coding.sentence import CodedSentence
from detente.ontology.acts import Act, Mode
from detente.records import SharedInterest

_AFFIRMING = frozenset({Act.AFFIRM, Act.COMMIT, Act.PRAISE})
"""What two sides do together that affirms its issue: they agree on it, bind themselves, welcome it."""

_TOGETHER = re.compile(
    r"\b(?:progress|cooperat\w+|coordinat\w+|joint(?:ly)?|encourag\w+|welcom\w+)\b", re.IGNORECASE
)
"""Of what two sides talk about, what shows that they go about it together."""
_THESE = re.compile(
    r"\b(?:these|those|such) (?:and other )?(?:issues|matters|areas|topics|fields|challenges|efforts)\b",
    re.IGNORECASE,
)


def shared_interests(sentences: Sequence[CodedSentence]) -> tuple[SharedInterest, ...]:
    """Find the issues two parties affirm together.

    Args:
        sentences: One document's coded sentences.

    Returns:
        One per sentence, pair and issue; `other` is none. "These issues" are those of the sentence
        before.
    """
    found: list[SharedInterest] = []
    before: tuple[str, ...] = ()
    for sentence in sentences:
        said = sentence.issues
        issues = (*before, *said) if _THESE.search(sentence.passage.text) else said
        found += [
            SharedInterest(issue=issue, parties=pair, evidence=sentence.evidence)
            for pair in _joint_pairs(sentence)
            for issue in dict.fromkeys(issues)
            if issue != "other"
        ]
        before = said
    return tuple(found)


def _joint_pairs(sentence: CodedSentence) -> list[tuple[str, str]]:
    ways = {
        (d.actor.split("/")[0], d.recipient.split("/")[0])
        for d in sentence.drafts
        if d.recipient is not None and d.mode is Mode.ACTUAL and _affirms(d, sentence)
    }
    return sorted({(min(w), max(w)) for w in ways if w[0] != w[1] and w[::-1] in ways})


def _affirms(draft: Draft, sentence: CodedSentence) -> bool:
    if draft.act is Act.CONSULT:
        return bool(_TOGETHER.search(sentence.passage.text))
    return draft.act in _AFFIRMING
