"""Measures an author calls for, graded easy to hard. Codebook section 10."""

import re
from collections.abc import Sequence

from detente.coding.sentence import CodedSentence
from detente.ontology.issues import difficulty
from detente.records import DocumentKind, Step

_CALL = re.compile(
    r"\b(?:can start|can begin|could start|should|must|ought to|needs? to|will need to|"
    r"will require|would do well to)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:said|says|told|demanded|insisted|stressed|emphasi[sz]ed|urged|warned|reiterated|"
    r"stated|underscored|points to)\b",
    re.IGNORECASE,
)
_KINDS = frozenset({DocumentKind.ANALYSIS, DocumentKind.NEWS, DocumentKind.OTHER})


def steps_in(sentences: Sequence[CodedSentence], kind: DocumentKind) -> tuple[Step, ...]:
    """Find what the author of an analysis calls for.

    Args:
        sentences: One document's coded sentences.
        kind: Only an analysis, news report or other text has an author's advice.

    Returns:
        One step per sentence and issue; sentences that report another's demand have none.
    """
    if kind not in _KINDS:
        return ()
    return tuple(
        Step(issue=issue, difficulty=difficulty(issue), evidence=sentence.evidence)
        for sentence in sentences
        if _CALL.search(sentence.passage.text) and not _REPORTED.search(sentence.passage.text)
        for issue in sentence.issues
        if issue != "other"
    )
