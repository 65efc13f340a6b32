"""From a model's items to drafts of events: only what its sentence and its document bear out.

Evidence is law: a quote that the sentence does not hold makes no event.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from detente.coding.drafts import Draft
from detente.coding.llm_schema import LlmEvent, RefusedItem, refused_item
from detente.coding.triggers import Trigger, find_triggers
from detente.records import Passage

CONFIDENCE = 0.5
"""Of every event: how often a model is right is not known before it is scored on coded texts."""

_PLAIN = str.maketrans("‘’‚‛′“”„‟″‐‑‒–—", "'''''\"\"\"\"\"-----")


@dataclass(frozen=True)
class LlmDraft(Draft):
    """A draft with the issues the model named."""

    issues: tuple[str, ...] = ()


@dataclass(frozen=True)
class Checked:
    """A request's items, told apart."""

    drafts: dict[int, list[LlmDraft]]
    """By number of the sentence."""
    refused: list[RefusedItem]


def checked_drafts(
    items: Iterable[LlmEvent], asked: Mapping[int, Passage], named: Collection[str]
) -> Checked:
    """Tell the items that stand from those that do not.

    Args:
        items: In the form asked for.
        asked: The sentences that were asked about, by number.
        named: Countries and organisations that the document names.

    Returns:
        Drafts by sentence, and the other items with the reason.
    """
    checked = Checked({}, [])
    for item in items:
        passage = asked.get(item.sentence)
        if passage is None:
            reason = f"sentence {item.sentence} was not asked about"
        else:
            kept = checked.drafts.setdefault(item.sentence, [])
            reason = _objection(item, passage.text, named) or _keep(item, passage.text, kept)
        if reason:
            checked.refused.append(refused_item(item, reason))
    return checked


def quoted_span(quote: str, text: str) -> tuple[int, int] | None:
    """Find a quote in a sentence.

    Args:
        quote: Words; how quotation marks, dashes and spaces are written does not matter.
        text: The sentence.

    Returns:
        Where it begins and ends, whole words; None where the sentence does not hold it.

    Examples:
        >>> quoted_span("accused  Washington's", "Beijing accused Washington’s envoy.")
        (8, 28)
        >>> quoted_span("accuse", "Beijing accused Washington.") is None
        True
    """
    words = [re.escape(word) for word in quote.translate(_PLAIN).split()]
    if not any(letter.isalnum() for letter in quote):
        return None
    found = re.search(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)", text.translate(_PLAIN))
    return (found.start(), found.end()) if found else None


def _objection(item: LlmEvent, text: str, named: Collection[str]) -> str:
    if quoted_span(item.quote, text) is None:
        return f"the sentence does not hold the quote {item.quote[:80]!r}"
    for actor in (item.actor, item.recipient, item.attributed_to):
        if actor is not None and _country(actor) not in named:
            return f"the document does not name {actor}"
    if item.recipient is None or _country(item.actor) != _country(item.recipient):
        return ""
    organs = (item.actor.partition("/")[2], item.recipient.partition("/")[2])
    if organs == ("LEG", "GOV"):
        return ""
    return f"{item.actor} on {item.recipient}: one country; only its LEG on its GOV is an event"


def _keep(item: LlmEvent, text: str, kept: list[LlmDraft]) -> str:
    draft = _draft(item, text)
    if any(_place(draft) == _place(other) for other in kept):
        return "the same event of the same words twice"
    kept.append(draft)
    return ""


def _place(draft: Draft) -> tuple[str, str | None, str, int]:
    return draft.actor, draft.recipient, draft.root, draft.trigger.start


def _draft(item: LlmEvent, text: str) -> LlmDraft:
    source = item.attributed_to if item.attributed_to != item.actor else None
    issues = tuple(dict.fromkeys(i for i in item.issues if i != "other")) or ("other",)
    return LlmDraft(
        actor=item.actor,
        recipient=item.recipient,
        root=item.root,
        tone=item.tone,
        act=item.act,
        mode=item.mode,
        attributed_to=source,
        trigger=_trigger(item, text),
        confidence=CONFIDENCE,
        issues=issues,
    )


def _trigger(item: LlmEvent, text: str) -> Trigger:
    """The known phrase of that root within the quote, else where the quote begins."""
    start, end = quoted_span(item.quote, text) or (0, 0)
    within = (t for t in find_triggers(text) if start <= t.start and t.end <= end)
    known = next((t for t in within if t.root == item.root), None)
    if known is not None:
        return replace(known, tone=item.tone, act=item.act)
    return Trigger(
        start, start, item.root, item.tone, item.act, joint=False, at_counterpart=False, phrase=""
    )


def _country(actor: str) -> str:
    return actor.partition("/")[0]
