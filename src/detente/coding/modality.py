"""Whether a thing was done, denied, called for, imagined, or is only promised. Codebook section 2.

A promise or threat of a deed is a word; the deed itself is not coded.
"""

import re
from dataclasses import replace

from detente.coding.triggers import Trigger
from detente.ontology.acts import Act, Mode
from detente.ontology.cameo import Realm, Tone

SPEECH = re.compile(
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
ADVICE = re.compile(r"^(?:must|should)\b", re.IGNORECASE)


def mode_of(text: str, trigger: Trigger) -> Mode | None:
    """Say whether a sentence tells of a thing done, denied, called for or only imagined.

    Args:
        text: The sentence.
        trigger: The phrase of the thing.

    Returns:
        None where somebody reports that it should be done: the report is the event.
    """
    clause = text[max(0, trigger.start - 160) : trigger.start]
    if trigger.act not in {Act.ASSURE, Act.REJECT} and (
        _NEGATED.search(clause) or _NONE.search(trigger.phrase)
    ):
        return Mode.DENIED
    if not ADVICE.match(trigger.phrase) and _CALLED_FOR.search(clause):
        return None if SPEECH.search(text[: trigger.start]) else Mode.CALLED_FOR
    if _HYPOTHETICAL.search(clause):
        return Mode.HYPOTHETICAL
    return Mode.ACTUAL


def promised(text: str, trigger: Trigger) -> Trigger:
    """Read a deed still to come as a word: an undertaking, or a threat.

    Args:
        text: The sentence.
        trigger: The phrase; returned as it is where nothing is to come.
    """
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


def is_unspoken_advice(text: str, trigger: Trigger) -> bool:
    """Say whether "must" or "should" is the author's own, no speaker before it.

    Args:
        text: The sentence.
        trigger: The phrase.
    """
    return bool(ADVICE.match(trigger.phrase)) and not SPEECH.search(text, 0, trigger.start)
