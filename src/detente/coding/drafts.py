"""From the triggers and mentions of one sentence to who does what toward whom.

Precision first: a trigger without a subject makes no event.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente.coding.context import BOTH, Context
from detente.coding.mentions import Mention
from detente.coding.modality import ADVICE, SPEECH, is_unspoken_advice, mode_of, promised
from detente.coding.subjects import carried, is_passive, subject_of, without_object
from detente.coding.triggers import Trigger, find_triggers
from detente.ontology.acts import Act, Mode
from detente.ontology.cameo import Realm, Tone

PHRASE_CONFIDENCE = 0.6
"""Of an event read from a phrase: about the share whose root is right on documents coded by hand."""


@dataclass(frozen=True)
class Draft:
    """One directed event of a sentence before it becomes a record."""

    actor: str
    recipient: str | None
    root: str
    tone: Tone
    act: Act | None
    mode: Mode
    attributed_to: str | None
    trigger: Trigger
    persons: tuple[str, ...] = ()
    confidence: float = PHRASE_CONFIDENCE


_BREAK = re.compile(r";|:\s|\b(?:while|whereas|although|but|because|after|before|as|if|when)\b")
_ELSEWHERE = re.compile(
    r"^\s*(?:the\s+)?(?:other|third) (?:countries|states|nations)|^\s*(?:its )?allies"
)
_INFINITIVE = re.compile(r"(?:\bto|\bon|\bof|\bfor|\bfrom|\bin)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_TOPIC = re.compile(
    r"\b(?:on|over|about|around|near|regarding|concerning|in|including|from|for)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_AT_ONCE = 14
"""Characters after a trigger within which its object follows: "sanctions on China"."""
_JOINED = 26
"""Characters between two triggers that share an object: "tariffs and sanctions on"."""
_GOVERNING_ACTS = frozenset(
    {Act.COMMIT, Act.APPEAL, Act.DEMAND, Act.THREATEN, Act.ASSURE, Act.REJECT}
)


def drafts_in(text: str, mentions: Sequence[Mention], context: Context) -> tuple[Draft, ...]:
    """Read the directed events of one sentence.

    Args:
        text: The sentence.
        mentions: Its actors, from `Context.mentions`.
        context: The document so far; `last_subject_joint` is updated.

    Returns:
        Events in order of their triggers; a joint act is two, one each way.

    References:
        Codebook section 2, conventions.

    Examples:
        >>> from detente.coding.mentions import find_mentions
        >>> sentence = "Beijing accused Washington."
        >>> [
        ...     (d.actor, d.recipient, d.root)
        ...     for d in drafts_in(sentence, find_mentions(sentence, None), Context(None, (), None))
        ... ]
        [('CHN/GOV', 'USA/GOV', '11')]
    """
    triggers = find_triggers(text)
    drafts: list[Draft] = []
    previous: Mention | None = None
    for index, trigger in enumerate(triggers):
        possible = without_object(text, trigger, triggers[:index], mentions)
        subject = subject_of(text, trigger, possible) or carried(text, trigger, previous)
        if subject is None:
            continue
        previous = subject
        if _governed(text, trigger, triggers[:index], subject, mentions):
            continue
        scene = _Scene(text, mentions, context, *_reach(text, triggers, index))
        drafts += _directed(text, trigger, subject, scene)
    if drafts:
        context.last_subject_joint = previous is not None and _is_joint(previous, context)
    return _once(drafts)


def _is_joint(subject: Mention, context: Context) -> bool:
    """Whether a subject is the document's two sides together, by either way of naming them."""
    named = {actor.split("/")[0] for actor in subject.actor.split("+")}
    return subject.actor == BOTH or named == set(context.parties)


def _once(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Keep one draft of each word; deeds stay apart, for a list of deeds names several."""
    kept: dict[object, Draft] = {}
    for draft in drafts:
        place = draft.trigger.start if draft.trigger.realm is Realm.DO else 0
        kept.setdefault((draft.actor, draft.recipient, draft.root, draft.mode, place), draft)
    return tuple(kept.values())


def _reach(text: str, triggers: Sequence[Trigger], index: int) -> tuple[tuple[int, ...], int]:
    """Where a trigger and those joined to it end, and how far their object may stand."""
    ends = [triggers[index].end]
    for following in triggers[index + 1 :]:
        if len(text[ends[-1] : following.start]) > _JOINED:
            return tuple(ends), following.start
        ends.append(following.end)
    return tuple(ends), len(text)


@dataclass(frozen=True)
class _Scene:
    text: str
    mentions: Sequence[Mention]
    context: Context
    joined: tuple[int, ...]
    """Ends of the trigger and of those that share its object."""
    limit: int


def _governed(
    text: str,
    trigger: Trigger,
    earlier: Sequence[Trigger],
    subject: Mention,
    mentions: Sequence[Mention],
) -> bool:
    """Whether a trigger is only the content of an earlier promise, appeal or refusal."""
    if not earlier:
        return False
    last = earlier[-1]
    between = text[last.end : trigger.start]
    if _BREAK.search(between):
        return False
    if last.act is Act.CONSULT and trigger.act is Act.CONSULT:
        return True
    if last.act not in _GOVERNING_ACTS:
        return False
    if last.act in {Act.DEMAND, Act.APPEAL} and re.search(r"\bthat\b", between):
        return True
    new_subject = any(
        last.end <= m.start and m.end <= trigger.start for m in mentions if m == subject
    )
    speech = bool(SPEECH.search(between))
    return not speech and (not new_subject or bool(_INFINITIVE.search(text, 0, trigger.start)))


def _directed(text: str, trigger: Trigger, subject: Mention, scene: _Scene) -> list[Draft]:
    mode = mode_of(text, trigger)
    trigger = promised(text, trigger)
    if mode is None or is_unspoken_advice(text, trigger):
        return []
    if ADVICE.match(trigger.phrase):
        return _demanded(text, trigger, subject, scene)
    pairs = _pairs(trigger, subject, scene)
    source = _attribution(text, trigger, subject, scene)
    return [
        Draft(a, r, trigger.root, trigger.tone, trigger.act, mode, source, trigger, subject.persons)
        for a, r in pairs
        if r is None or a != r
    ]


def _demanded(text: str, trigger: Trigger, subject: Mention, scene: _Scene) -> list[Draft]:
    """In "A said B must stop", A demands of B."""
    speech = SPEECH.search(text, 0, trigger.start)
    if speech is None:
        return []
    speakers = [m for m in scene.mentions if m.end <= speech.start() and m.can_act]
    if not speakers or speakers[-1].country == subject.country:
        return []
    actor = speakers[-1].actor
    if BOTH in {actor, subject.actor}:
        return []
    tone, act, mode = trigger.tone, trigger.act, Mode.ACTUAL
    return [
        Draft(actor, recipient, trigger.root, tone, act, mode, None, trigger)
        for recipient in subject.actor.split("+")
        if recipient.split("/", maxsplit=1)[0] != speakers[-1].country
    ]


def _pairs(trigger: Trigger, subject: Mention, scene: _Scene) -> list[tuple[str, str | None]]:
    context = scene.context
    if subject.actor == BOTH:
        left, right = (f"{c}/GOV" for c in context.sides)
        return [(left, right), (right, left)]
    if "+" in subject.actor:
        left, right = subject.actor.split("+")[-2:]
        return [(left, right), (right, left)]
    recipients = _recipients(trigger, subject, scene)
    pairs: list[tuple[str, str | None]] = [(subject.actor, r) for r in recipients]
    if trigger.joint:
        pairs += [(r, subject.actor) for r in recipients if r is not None]
    if trigger.joint and recipients == [None]:
        return []
    return pairs


def _recipients(trigger: Trigger, subject: Mention, scene: _Scene) -> list[str | None]:
    country = subject.country
    if trigger.at_counterpart:
        return [scene.context.counterpart(country)]
    if trigger.act is Act.APPEAL and _ELSEWHERE.match(scene.text[trigger.end :]):
        return [None]
    after = _undergoing(trigger, subject, scene) or [
        m
        for m in scene.mentions
        if trigger.start <= m.start < scene.limit
        and _is_other(m, subject)
        and not _is_topic(scene, m)
    ]
    if after:
        return [after[0].actor]
    if trigger.realm is Realm.DO:
        return [None]
    before = [m for m in scene.mentions if m.end <= trigger.start and m.country != country]
    states = [m for m in before if m.actor != BOTH and m.kind not in {"organisation", "adjective"}]
    if states and len({m.country for m in states}) == 1 and trigger.joint:
        return [states[0].actor]
    return [None if trigger.act is Act.CONSULT else scene.context.counterpart(country)]


def _undergoing(trigger: Trigger, subject: Mention, scene: _Scene) -> list[Mention]:
    """Read "Japan was condemned by" as an act on Japan."""
    if not is_passive(scene.text, trigger):
        return []
    before = [m for m in scene.mentions if m.end <= trigger.start and _is_other(m, subject)]
    return before[-1:]


def _is_topic(scene: _Scene, mention: Mention) -> bool:
    """Whether a state is only what the act is about: "accused him of meddling on Taiwan"."""
    end = max((e for e in scene.joined if e <= mention.start), default=mention.start)
    gap = scene.text[end : mention.start]
    return len(gap) > _AT_ONCE and bool(_TOPIC.search(gap))


def _is_other(mention: Mention, subject: Mention) -> bool:
    if mention.actor == BOTH:
        return False
    organs = {mention.role, subject.role} == {"LEG", "GOV"} and subject.role == "LEG"
    return mention.country != subject.country or organs


def _attribution(text: str, trigger: Trigger, subject: Mention, scene: _Scene) -> str | None:
    """Whose word an event rests on, where the sentence names another speaker than its subject."""
    for match in reversed(list(SPEECH.finditer(text, 0, trigger.start))):
        if match.start() >= trigger.start:
            continue
        speakers = [m for m in scene.mentions if m.end <= match.start() and m.can_act]
        if speakers and BOTH not in {speakers[-1].actor, subject.actor}:
            speaker = speakers[-1]
            return speaker.actor if speaker.country != subject.country else None
    return None
