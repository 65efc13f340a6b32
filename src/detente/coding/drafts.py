"""From the triggers and mentions of one sentence to who does what toward whom.

Precision first: a trigger without a subject makes no event.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.coding.context import BOTH, Context
from detente.coding.mentions import Mention
from detente.coding.triggers import Trigger, find_triggers
from detente.ontology.acts import Act, Mode
from detente.ontology.cameo import Realm, Tone

PHRASE_CONFIDENCE = 0.6
"""Of an event read from a phrase; the share right among sentences read by hand is no better known."""


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


_PREPOSITION = re.compile(
    r"\b(?:with|to|against|on|upon|from|of|in|into|by|for|towards?|about|over|at|between|near|"
    r"through|under|among|including|than|via|regarding)\s+(?:(?:the|its|their|a|an|both|all|"
    r"senior|visiting|certain|several|some|top|former)\s+)*$",
    re.IGNORECASE,
)
_BREAK = re.compile(r";|:\s|\b(?:while|whereas|although|but|because|after|before|as|if|when)\b")
_SPEECH = re.compile(
    r"\b(?:said|says|say|saying|told|tells|stated|(?<!United )states|argued|argues|added|noted|notes|claimed|"
    r"claims|explained|explains|stressed|stresses|emphasized|emphasised|underscored|reiterated|"
    r"warned|warns|accused|alleged|announced|insisted|urged|called on|demanded|asked|hoped|"
    r"maintained that|made clear|declared|reported|according to|accuses|criticized|asking|calling on)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"(?:\bnot|n[’']t|\bnever|\bno longer|\bwithout|\bno)\s+(?:\w+\s+){0,2}$"
    r"|\b(?:neither|nor)\s+(?:\w+\s+){0,5}$",
    re.IGNORECASE,
)
_NONE = re.compile(r"\bno\b", re.IGNORECASE)
_CALLED_FOR = re.compile(
    r"\b(?:must|should|ought to|needs? to|need not only|has to|have to|can start|can begin|"
    r"is required to|are required to|required by)\b[^;:]*$",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(
    r"(?:\b(?:may|might|could|can|if|unless|whether|were to|likely to|whenever|in case)\b[^,;:]{0,40}"
    r"|\bable to\s+"
    r"|\b(?:obstacles? to|requests? for|proposals? for|invitations? (?:to|for)|plans? for|"
    r"possibility of|prospects? (?:of|for)|hopes? (?:of|for))\s+(?:an?\s+|any\s+|the\s+)?(?:\w+\s+)?)$",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"(?:\b(?:will|would|shall|plans? to|planned to|intends? to|intended to|is to|are to|going to|"
    r"about to|prepare[sd]? to)|[’']ll)\s+(?:\w+ly\s+|also\s+|continue to\s+|soon\s+)?$",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_OWNED = re.compile(r"^[’']s?\s+(?:[\w-]+\s+){0,2}$")
_ELSEWHERE = re.compile(
    r"^\s*(?:the\s+)?(?:other|third) (?:countries|states|nations)|^\s*(?:its )?allies"
)
_BY = re.compile(r"\bby\s+(?:the\s+)?$", re.IGNORECASE)
_INFINITIVE = re.compile(r"(?:\bto|\bon|\bof|\bfor|\bfrom|\bin)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_ADVICE = re.compile(r"^(?:must|should)\b", re.IGNORECASE)
_COORDINATED = re.compile(r"(?:,|\band|\bbut|\bthen)\s+(?:\w+ly\s+|also\s+|again\s+)?$")
_OBJECT = re.compile(r"\s+(?:the\s+)?$", re.IGNORECASE)
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
        possible = _without_object(text, trigger, triggers[:index], mentions)
        subject = _subject(text, trigger, possible) or _carried(text, trigger, previous)
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


def _without_object(
    text: str, trigger: Trigger, earlier: Sequence[Trigger], mentions: Sequence[Mention]
) -> Sequence[Mention]:
    """In "A condemned B and met C", or "and C met", B is no subject of what follows."""
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


def _subject(text: str, trigger: Trigger, mentions: Sequence[Mention]) -> Mention | None:
    owner = _owner(text, trigger, mentions)
    if owner is not None:
        return owner
    before = [m for m in mentions if m.end <= trigger.start and m.can_act and not m.possessive]
    if _is_passive(text, trigger):
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


def _carried(text: str, trigger: Trigger, previous: Mention | None) -> Mention | None:
    return None if _is_passive(text, trigger) else previous


def _is_passive(text: str, trigger: Trigger) -> bool:
    verb = trigger.phrase.split()[0]
    return not verb.endswith("ing") and bool(_PASSIVE.search(text, 0, trigger.start))


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
    speech = bool(_SPEECH.search(between))
    return not speech and (not new_subject or bool(_INFINITIVE.search(text, 0, trigger.start)))


def _directed(text: str, trigger: Trigger, subject: Mention, scene: _Scene) -> list[Draft]:
    mode = _mode(text, trigger)
    trigger = _promised(text, trigger)
    if mode is None or _advice_without_speaker(text, trigger):
        return []
    if _ADVICE.match(trigger.phrase):
        return _demanded(text, trigger, subject, scene)
    pairs = _pairs(trigger, subject, scene)
    source = _attribution(text, trigger, subject, scene)
    return [
        Draft(a, r, trigger.root, trigger.tone, trigger.act, mode, source, trigger, subject.persons)
        for a, r in pairs
        if r is None or a != r
    ]


def _mode(text: str, trigger: Trigger) -> Mode | None:
    clause = text[max(0, trigger.start - 160) : trigger.start]
    if trigger.act not in {Act.ASSURE, Act.REJECT} and (
        _NEGATED.search(clause) or _NONE.search(trigger.phrase)
    ):
        return Mode.DENIED
    if not _ADVICE.match(trigger.phrase) and _CALLED_FOR.search(clause):
        return None if _SPEECH.search(text[: trigger.start]) else Mode.CALLED_FOR
    if _HYPOTHETICAL.search(clause):
        return Mode.HYPOTHETICAL
    return Mode.ACTUAL


def _promised(text: str, trigger: Trigger) -> Trigger:
    """A deed still to come is a word: an undertaking, or a threat."""
    if not _FUTURE.search(text, 0, trigger.start):
        return trigger
    if trigger.realm is Realm.DO:
        warm = trigger.tone is Tone.COOPERATION
        return replace(
            trigger, root="03" if warm else "13", act=Act.COMMIT if warm else Act.THREATEN
        )
    if trigger.act is Act.CONSULT:
        return replace(trigger, root="03", act=Act.COMMIT, joint=False)
    return trigger


def _advice_without_speaker(text: str, trigger: Trigger) -> bool:
    return bool(_ADVICE.match(trigger.phrase)) and not _SPEECH.search(text, 0, trigger.start)


def _demanded(text: str, trigger: Trigger, subject: Mention, scene: _Scene) -> list[Draft]:
    """In "A said B must stop", A demands of B."""
    speech = _SPEECH.search(text, 0, trigger.start)
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
        left, right = (f"{c}/GOV" for c in context.parties)
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
    if not _is_passive(scene.text, trigger):
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
    for match in reversed(list(_SPEECH.finditer(text, 0, trigger.start))):
        if match.start() >= trigger.start:
            continue
        speakers = [m for m in scene.mentions if m.end <= match.start() and m.can_act]
        if speakers and BOTH not in {speakers[-1].actor, subject.actor}:
            speaker = speakers[-1]
            return speaker.actor if speaker.country != subject.country else None
    return None
