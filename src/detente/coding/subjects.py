"""Who does what a phrase says: the subject, the passive's agent, or two joined by "and".

A phrase without a subject makes no event.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from detente.coding.context import BOTH
from detente.coding.mentions import Mention
from detente.coding.triggers import Trigger

_PREPOSITION = re.compile(
    r"\b(?:with|to|against|on|upon|from|of|in|into|by|for|towards?|about|over|at|between|near|"
    r"through|under|among|including|than|via|regarding)\s+(?:(?:the|its|their|a|an|both|all|"
    r"senior|visiting|certain|several|some|top|former)\s+)*$",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_OWNED = re.compile(r"^[’']s?\s+(?:[\w-]+\s+){0,2}$")
_BY = re.compile(r"\bby\s+(?:the\s+)?$", re.IGNORECASE)
_COORDINATED = re.compile(r"(?:,|\band|\bbut|\bthen)\s+(?:\w+ly\s+|also\s+|again\s+)?$")
_OBJECT = re.compile(r"\s+(?:the\s+)?$", re.IGNORECASE)


def without_object(
    text: str, trigger: Trigger, earlier: Sequence[Trigger], mentions: Sequence[Mention]
) -> Sequence[Mention]:
    """Leave out an object that is no subject: B in "A condemned B and met C".

    Args:
        text: The sentence.
        trigger: The phrase whose subject is sought.
        earlier: The phrases before it.
        mentions: Whom the sentence names.
    """
    if not earlier:
        return mentions
    end = earlier[-1].end
    following = [m for m in mentions if end <= m.start and m.end <= trigger.start]
    coordinated = _COORDINATED.search(text, end, trigger.start)
    if not following or not _OBJECT.match(text[end : following[0].start]):
        return mentions
    conjoined = len(following) > 1 and _joins(text, following[0], following[1])
    if not coordinated and not conjoined:
        return mentions
    return [m for m in mentions if m != following[0]]


def subject_of(text: str, trigger: Trigger, mentions: Sequence[Mention]) -> Mention | None:
    """Return who does what a phrase says.

    Args:
        text: The sentence.
        trigger: The phrase.
        mentions: Whom the sentence names.

    Returns:
        The nearest actor before it that no preposition governs, the agent of a passive, or two
        joined by "and"; None where there is none.
    """
    owner = _owner(text, trigger, mentions)
    if owner is not None:
        return owner
    before = [m for m in mentions if m.end <= trigger.start and m.can_act and not m.possessive]
    if is_passive(text, trigger):
        after = [m for m in mentions if m.start >= trigger.end and m.can_act]
        return next((m for m in after if _BY.search(text, 0, m.start)), None)
    free = [m for m in before if not _PREPOSITION.search(text, 0, m.start)]
    if not free:
        return None
    last = free[-1]
    joined = _conjoined(text, last, free[:-1])
    return joined or last


def _owner(text: str, trigger: Trigger, mentions: Sequence[Mention]) -> Mention | None:
    """Read "the minister's two-day visit to" as an act of the minister."""
    near = [m for m in mentions if m.possessive and m.can_act and m.end <= trigger.start]
    if near and _OWNED.match(text[near[-1].end : trigger.start]):
        return near[-1]
    return None


def _conjoined(text: str, last: Mention, earlier: Sequence[Mention]) -> Mention | None:
    """Read "Washington and Beijing" as the two sides together."""
    if not earlier or earlier[-1].country == last.country:
        return None
    if BOTH in {earlier[-1].actor, last.actor}:
        return None
    if not _joins(text, earlier[-1], last):
        return None
    persons = earlier[-1].persons + last.persons
    return replace(last, actor=f"{earlier[-1].actor}+{last.actor}", persons=persons)


def _joins(text: str, left: Mention, right: Mention) -> bool:
    gap = text[left.end : right.start].strip(" ,")
    return gap in {"and", "and the", "as well as", "and its"}


def carried(text: str, trigger: Trigger, previous: Mention | None) -> Mention | None:
    """Return the subject of the phrase before, for a phrase without one of its own.

    Args:
        text: The sentence.
        trigger: The phrase.
        previous: The last subject; a passive does not take it over.
    """
    return None if is_passive(text, trigger) else previous


def is_passive(text: str, trigger: Trigger) -> bool:
    """Say whether a phrase's verb is passive.

    Args:
        text: The sentence.
        trigger: The phrase.
    """
    verb = trigger.phrase.split()[0]
    return not verb.endswith("ing") and bool(_PASSIVE.search(text, 0, trigger.start))
