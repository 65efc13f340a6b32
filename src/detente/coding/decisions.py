"""From the model's scores of one pair to what it says: whether, how and what."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from detente.coding.encoder import Scores, classes, temperatures
from detente.ontology.acts import Act, Mode
from detente.ontology.cameo import Realm, Tone, realm_of, tone_of

SECOND_ROOT = 0.3
"""Least share of a further root for the pair to have two events."""

_USUAL_ACT = {
    "02": Act.APPEAL,
    "03": Act.COMMIT,
    "04": Act.CONSULT,
    "05": Act.PRAISE,
    "10": Act.DEMAND,
    "11": Act.BLAME,
    "12": Act.REJECT,
    "13": Act.THREATEN,
}
_NEUTRAL_ACTS = frozenset({Act.CLAIM, Act.ANNOUNCE})


@dataclass(frozen=True)
class Saying:
    """One event the model reads in a pair.

    Attributes:
        root: CAMEO root.
        tone: Follows from the root, but for statements (01), where the act tells.
        act: For words only.
        confidence: Probability that the pair has an event of this root, in [0, 1].
    """

    root: str
    tone: Tone
    act: Act | None
    confidence: float


@dataclass(frozen=True)
class Decision:
    """What the model says of one pair.

    Attributes:
        certainty: Probability that the pair has an event, in [0, 1].
        mode: Whether it happened, was denied, called for or imagined.
        sayings: Its events, the likeliest root first; at most two.
    """

    certainty: float
    mode: Mode
    sayings: tuple[Saying, ...]


def decide(scores: Mapping[str, Scores], row: int) -> Decision:
    """Read one row of scores.

    Args:
        scores: From `encode`.
        row: The pair's row.

    Returns:
        The decision; whether it is certain enough is the caller's to say.
    """
    mode = _shares(scores["mode"][row], "mode")
    certainty = 1.0 - float(mode[0])
    roots = _shares(scores["root"][row], "root")
    first, second = (int(i) for i in roots.argsort()[::-1][:2])
    told = [first] if roots[second] < SECOND_ROOT else [first, second]
    act = Act(classes()["act"][int(scores["act"][row].argmax())])
    tone = Tone(classes()["tone"][int(scores["tone"][row].argmax())])
    return Decision(
        certainty=certainty,
        mode=Mode(classes()["mode"][int(mode[1:].argmax()) + 1]),
        sayings=tuple(
            _saying(classes()["root"][i], act, tone, certainty * float(roots[i]), len(told))
            for i in told
        ),
    )


def _saying(root: str, act: Act, tone: Tone, confidence: float, told: int) -> Saying:
    likely = act if told == 1 else _USUAL_ACT.get(root, act)
    own = likely if realm_of(root) is Realm.SAY else None
    if root != "01":
        tone = tone_of(root)
    elif own in _NEUTRAL_ACTS and tone is Tone.CONFLICT:
        tone = Tone.NEUTRAL
    return Saying(root, tone, own, round(min(confidence, 1.0), 4))


def _shares(logits: Scores, head: str) -> Scores:
    raised = np.exp((logits - logits.max()) / temperatures()[head])
    shares: Scores = raised / raised.sum()
    return shares
