"""Stated undertakings with what is to be done and by when. Codebook section 7."""

import re
from collections.abc import Sequence

from detente.coding.drafts import Draft
from detente.coding.identity import stable_id
from detente.coding.sentence import CodedSentence
from detente.coding.triggers import Trigger
from detente.ontology.acts import Act, Mode
from detente.records import Commitment, DateInterval, DateMention

_END = re.compile(r"[;.]\s*$|;|,? (?:while|although|whereas) ")
_LEAD = re.compile(r"^(?:to|that|on)\s+", re.IGNORECASE)
_BINDING = re.compile(
    r"(?:agree|pledg|commit|promis|vow|undert|decid|task|express)\w*\b", re.IGNORECASE
)
_NAMED = re.compile(r"\bwill be (?:the )?[A-Z]")
"""Who will be somebody undertakes nothing."""
_ADVISED = re.compile(r"\b(?:needs? to|should|must|ought to|ha(?:s|ve) to)\b", re.IGNORECASE)
_WISHED = re.compile(r"\b(?:read(?:y|iness)|willing(?:ness)?|hopes?|hoping) to\b", re.IGNORECASE)
_RESTATED = re.compile(r"\bcommitments? to (?:\w+ly )?\w+ing\b|\bwill continue to \w+")
_LONGEST = 220


def commitments_in(
    sentences: Sequence[CodedSentence], made: DateInterval
) -> tuple[Commitment, ...]:
    """Find the undertakings of a document.

    Args:
        sentences: Its coded sentences.
        made: When the document was published.

    Returns:
        One per sentence and maker; a joint undertaking is one with both makers.
    """
    found: list[Commitment] = []
    for sentence in sentences:
        text = sentence.passage.text
        by_trigger: dict[tuple[int, str], list[Draft]] = {}
        for draft in sentence.drafts:
            if _is_undertaking(draft, text) and not _is_open(text, draft.trigger):
                by_trigger.setdefault((draft.trigger.start, draft.root), []).append(draft)
        found += [_commitment(sentence, drafts, made) for drafts in by_trigger.values()]
    return tuple(found)


def _is_undertaking(draft: Draft, text: str) -> bool:
    """Whether somebody binds itself, or restates that it is bound."""
    if draft.mode is not Mode.ACTUAL:
        return False
    bound = draft.root == "03" and draft.act is Act.COMMIT
    restated = draft.act in {Act.ASSURE, Act.AFFIRM} and _RESTATED.search(text)
    return bound or bool(restated)


def _is_open(text: str, trigger: Trigger) -> bool:
    """Whether nobody is bound: by words of readiness, by advice, or by a line its list is to follow."""
    if text.rstrip().endswith(":") or _WISHED.search(trigger.phrase):
        return True
    if _BINDING.match(trigger.phrase) or trigger.phrase == "will":
        return False
    if _WISHED.search(text) or _NAMED.search(text):
        return True
    return not trigger.phrase and bool(_ADVISED.search(text))


def _commitment(sentence: CodedSentence, drafts: Sequence[Draft], made: DateInterval) -> Commitment:
    trigger = drafts[0].trigger
    makers = tuple(dict.fromkeys(d.actor for d in drafts))
    evidence = sentence.evidence
    return Commitment(
        commitment_id=stable_id(
            "c", evidence.document_id, evidence.span.start, *makers, trigger.start
        ),
        makers=makers,
        beneficiary=drafts[0].recipient if len(makers) == 1 else None,
        issue="relations" if sentence.issues[0] == "other" else sentence.issues[0],
        what=_what(sentence.passage.text, trigger),
        made=made,
        due=_due(sentence.passage.dates, trigger.start, made),
        evidence=evidence,
    )


def _what(text: str, trigger: Trigger) -> str:
    """The undertaking in the sentence's own words, from its verb to the end of its clause."""
    start = trigger.start
    tail = text[trigger.end if _BINDING.match(trigger.phrase) else start :].strip()
    stop = _END.search(tail)
    words = " ".join((tail[: stop.start()] if stop else tail).split())
    words = _LEAD.sub("", words) or " ".join(text[start:].split())
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _due(dates: Sequence[DateMention], start: int, made: DateInterval) -> DateInterval | None:
    later = [
        d
        for d in dates
        if d.span.start >= start
        and d.relation not in {"since", "from"}
        and d.interval.end > made.end
    ]
    ranked = sorted(later, key=lambda d: (d.relation not in {"by", "until"}, d.span.start))
    return ranked[0].interval if ranked else None
