"""The phrases that make an event, compiled from `triggers.toml`.

The longest phrase wins where two overlap: "urged ... to stop" is a demand, not an appeal.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detente.ontology.acts import Act
from detente.ontology.cameo import Realm, Tone, realm_of

_GAP = r"(?:[^\s;:]+\s+){0,6}?"
_IRREGULAR = {
    "meet": "meet|meets|met|meeting",
    "hold": "hold|holds|held|holding",
    "speak": "speak|speaks|spoke|spoken|speaking",
    "say": "say|says|said|saying",
    "tell": "tell|tells|told|telling",
    "sell": "sell|sells|sold|selling",
    "begin": "begin|begins|began|begun|beginning",
    "pay": "pay|pays|paid|paying",
    "take": "take|takes|took|taken|taking",
    "fight": "fight|fights|fought|fighting",
}


@dataclass(frozen=True)
class Trigger:
    """One phrase found in a sentence, with what it says about the event."""

    start: int
    end: int
    root: str
    tone: Tone
    act: Act | None
    joint: bool
    at_counterpart: bool
    phrase: str

    @property
    def realm(self) -> Realm:
        """`say` or `do`."""
        return realm_of(self.root)


@dataclass(frozen=True)
class _Rule:
    root: str
    tone: Tone
    act: Act | None
    joint: bool
    at_counterpart: bool
    pattern: re.Pattern[str]


def find_triggers(text: str) -> tuple[Trigger, ...]:
    """Find the event phrases of a sentence.

    Args:
        text: One sentence.

    Returns:
        Triggers in order, not overlapping.

    References:
        CAMEO codebook 1.1b3; acts: codebook section 2.

    Examples:
        >>> [(t.root, t.phrase) for t in find_triggers("China imposed sanctions on two firms.")]
        [('16', 'imposed sanctions')]
    """
    found = [
        Trigger(m.start(), m.end(), r.root, r.tone, r.act, r.joint, r.at_counterpart, m.group())
        for r in _rules()
        for m in r.pattern.finditer(text)
    ]
    kept: list[Trigger] = []
    for trigger in sorted(found, key=lambda t: (t.start - t.end, t.start)):
        if all(trigger.end <= k.start or trigger.start >= k.end for k in kept):
            kept.append(trigger)
    return tuple(sorted(kept, key=lambda t: t.start))


@cache
def _rules() -> tuple[_Rule, ...]:
    path = files("detente.coding") / "triggers.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        _Rule(
            root=row["root"],
            tone=Tone(row["tone"]),
            act=Act(row["act"]) if "act" in row else None,
            joint=row.get("joint", False),
            at_counterpart=row.get("object") == "counterpart",
            pattern=_compiled(row["phrases"]),
        )
        for row in table["trigger"]
    )


def _compiled(phrases: list[str]) -> re.Pattern[str]:
    ordered = sorted(phrases, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(_phrase, ordered)) + r")\b", re.IGNORECASE)


def _phrase(phrase: str) -> str:
    parts = [_GAP if word == "*" else _slot(word) + r"\s+" for word in phrase.split()]
    return "".join(parts).removesuffix(r"\s+")


def _slot(word: str) -> str:
    options = [_word(option) for option in word.split("|")]
    return options[0] if len(options) == 1 else "(?:" + "|".join(options) + ")"


def _word(word: str) -> str:
    if word.endswith("~"):
        return "(?:" + _inflected(word[:-1]) + ")"
    if word.endswith("-"):
        return re.escape(word[:-1]) + r"[\w-]*"
    return re.escape(word).replace("_", r"\s+")


def _inflected(verb: str) -> str:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("e"):
        return f"{verb}|{verb}s|{verb}d|{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb}|{verb[:-1]}ies|{verb[:-1]}ied|{verb}ing"
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return f"{verb}|{verb}es|{verb}ed|{verb}ing"
    return f"{verb}|{verb}s|{verb}{verb[-1]}?ed|{verb}{verb[-1]}?ing"
