"""Undertakings that the form of a sentence shows: a listed "X will", or a list under "X will:".

A measure promised is no measure taken: who will lift a tariff undertakes to.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from detente.coding.context import BOTH, Context
from detente.coding.drafts import Draft
from detente.coding.lists import mark_of
from detente.coding.mentions import Mention
from detente.coding.triggers import Trigger
from detente.ontology.acts import Act, Mode
from detente.ontology.cameo import Realm, Tone, realm_of

CONFIDENCE = 0.9
"""Of an undertaking read from a list; about the share that is right in documents coded by hand."""

ROOT = "03"
_WILL = re.compile(
    r"(?:[’']s)?(?: (?:also|too|side|government|Government))* (?:will|shall)\b"
    r"(?! (?:not|never|have|be|remain|stay)\b)"
    r"(?: (?:also|further|therefore|then))*\s+"
)
_DONE = re.compile(r"\w+ed\b|not\b", re.IGNORECASE)


def will_of(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, int]]:
    """Yield who "will" in a sentence, and where what they will begins.

    Args:
        text: The sentence.
        mentions: Its actors.

    Examples:
        >>> from detente.coding.mentions import find_mentions
        >>> sentence = "China will buy soybeans."
        >>> [place for _, place in will_of(sentence, find_mentions(sentence, None))]
        [11]
    """
    for mention in mentions:
        found = _WILL.match(text, mention.end) if mention.can_act else None
        if found is not None:
            yield mention, found.end()


def listed(text: str, mentions: Sequence[Mention], context: Context) -> tuple[Draft, ...]:
    """Read an undertaking that stands in a list.

    Args:
        text: The sentence.
        mentions: Its actors.
        context: Who the list is of, where it stands under one.

    Returns:
        One toward the other side, one each way where both undertake it; none outside a list.
    """
    mark = mark_of(text)
    if mark is None:
        return ()
    who = [(m.actor, at) for m, at in will_of(text, mentions)]
    if not who and context.lister and not _opens(mentions, mark) and not _DONE.match(text, mark):
        who = [(context.lister, mark)]
    return tuple(d for actor, at in who[:1] for d in _directed(actor, at, mentions, context))


def promised(draft: Draft, text: str, mentions: Sequence[Mention]) -> tuple[Draft, ...]:
    """Add the undertaking where a deed is only what its doer will do.

    Args:
        draft: An event of the sentence.
        text: The sentence.
        mentions: Its actors.

    Returns:
        The draft, after the undertaking where there is one.
    """
    country = draft.actor.split("/", maxsplit=1)[0]
    at = next((at for m, at in will_of(text, mentions) if m.country == country), None)
    if at is None or realm_of(draft.root) is not Realm.DO:
        return (draft,)
    own = replace(
        draft, root=ROOT, tone=Tone.COOPERATION, act=Act.COMMIT, mode=Mode.ACTUAL, trigger=_at(at)
    )
    return own, draft


def _opens(mentions: Sequence[Mention], mark: int) -> bool:
    """Whether a line of a list begins with somebody who acts."""
    return any(m.can_act and m.start <= mark for m in mentions)


def _directed(
    actor: str, at: int, mentions: Sequence[Mention], context: Context
) -> Iterator[Draft]:
    if actor == BOTH:
        left, right = (f"{c}/GOV" for c in context.sides)
        ways = [(left, right), (right, left)]
    else:
        country = actor.split("/", maxsplit=1)[0]
        named = [m.country for m in mentions if m.country != country and m.actor != BOTH]
        other = context.counterpart(country) or next((f"{c}/GOV" for c in named), None)
        ways = [(actor, other)] if other else []
    for one, toward in ways:
        yield Draft(
            one, toward, ROOT, Tone.COOPERATION, Act.COMMIT, Mode.ACTUAL, None, _at(at),
            confidence=CONFIDENCE,
        )  # fmt: skip


def _at(place: int) -> Trigger:
    return Trigger(
        place, place, ROOT, Tone.COOPERATION, Act.COMMIT,
        joint=False, at_counterpart=False, phrase="will",
    )  # fmt: skip
