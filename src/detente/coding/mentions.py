"""Actor mentions in a sentence: states, capitals, organisations, persons by office on a day.

A bare adjective ("Chinese lending") can be whom an act is aimed at, never who acts.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from detente.ontology.actors import ActorName, all_names, masked_phrases, role_words
from detente.ontology.offices import holder_named


@dataclass(frozen=True)
class Mention:
    """A span of a sentence that stands for an actor.

    `kind` is `state`, `person`, `group` (an adjective with its noun), `adjective` or `organisation`.
    """

    start: int
    end: int
    actor: str
    kind: str
    persons: tuple[str, ...] = ()
    possessive: bool = False

    @property
    def country(self) -> str:
        """The part of the code before the role."""
        return self.actor.split("/", maxsplit=1)[0]

    @property
    def role(self) -> str:
        """The part of the code after the slash; empty where there is none."""
        return self.actor.partition("/")[2]

    def moved(self, by: int) -> "Mention":
        """The same mention where its text stands in a longer one.

        Args:
            by: Characters before it.
        """
        return replace(self, start=self.start + by, end=self.end + by)

    @property
    def can_act(self) -> bool:
        """Whether this mention can be the subject of an act of state."""
        return self.kind != "adjective" and self.role in ACTING_ROLES


ACTING_ROLES = frozenset({"GOV", "LEG", "MIL", "JUD", "PTY", ""})
"""Roles whose acts are acts of a state or organisation."""

_KINDS = {
    "country": "state",
    "capital": "state",
    "metonym": "state",
    "demonym": "adjective",
    "person": "person",
    "organisation": "organisation",
    "office": "group",
}
_NAMING = frozenset({"country", "capital", "metonym", "demonym", "person"})
_IN_CAPITALS = frozenset({"country", "demonym"})
_LONG_ENOUGH = 5
"""Letters of a state's name that is read where a heading has it in capitals."""
_WORD = r"[\w-]+"
_POSSESSIVE = re.compile(r"[’'](?:s\b|(?!\w))")
_ADMINISTRATION = re.compile(r"\s+[Aa]dministration$")
_TITLE_GAP = re.compile(
    r"^(?:[\s,]+(?:of|the|for|to|senior|top|former|[A-Z][\w.&’'-]*),?)*[\s,]*(?:[’']s?\s+)?\(?$"
)
_NOUN_GAP = re.compile(r"^[’']?s?(?:[\s-]+(?:and\s+\w+|[\w’'-]+)){0,3}?[\s-]+$")
_STATE_GAP = re.compile(r"^\s+(?:(?:and|or)\s+[a-z]+\s+|[a-z-]+(?<!ed)(?<!s)(?<!ing)\s+)?$")
_BREAK = re.compile(
    r"\b(?:to|by|with|that|who|which|is|are|was|were|has|have|will|said|for|from|on|in|at|of)\b"
)


def find_mentions(text: str, on: date | None) -> tuple[Mention, ...]:
    """Find the actors a sentence names.

    Args:
        text: One sentence.
        on: The document's day: persons resolve by the office they hold then; None leaves
            persons out.

    Returns:
        Mentions in order, not overlapping; a title, its state and its person are one.

    References:
        Codebook section 3.

    Examples:
        >>> [m.actor for m in find_mentions("Beijing accused the United States.", None)]
        ['CHN/GOV', 'USA/GOV']
    """
    found = [_mention(text, place, name, on) for place, name in _names(text, on)]
    return tuple(_merge(text, [_with_noun(text, m, found) for m in found]))


def names_with_country(text: str, on: date | None) -> Iterator[tuple[int, int, str]]:
    """Find the names of states, their capitals, peoples and leaders, without their titles.

    Args:
        text: Any text.
        on: As in `find_mentions`.

    Yields:
        Start, end and country.

    Examples:
        >>> list(names_with_country("Beijing called.", None))
        [(0, 7, 'CHN')]
    """
    for (start, end), name in _names(text, on):
        if name.kind in _NAMING:
            span = _without_office(text, start, end, name, on) if name.kind == "person" else None
            yield *(span or (start, end)), name.actor.split("/", maxsplit=1)[0]
        elif (cut := _state_before(text, start, end)) is not None:
            yield start, cut, name.actor.split("/", maxsplit=1)[0]


def _state_before(text: str, start: int, end: int) -> int | None:
    """Where the name ends that an office begins with: "US Embassy", "Biden administration"."""
    led = _ADMINISTRATION.search(text, start, end)
    if led is not None:
        return led.start()
    known = _naming()
    cuts = [start + m.start() for m in re.finditer(r"[\s’'-]", text[start:end])]
    return next((cut for cut in reversed(cuts) if text[start:cut] in known), None)


@cache
def _naming() -> frozenset[str]:
    return frozenset(name.name for name in all_names() if name.kind in _NAMING - {"person"})


def _without_office(
    text: str, start: int, end: int, name: ActorName, on: date | None
) -> tuple[int, int] | None:
    """Narrow "President Xi" to the name and widen it to all of it: "Xi Jinping"."""
    holder = holder_named(name.name, on) if on else None
    own = set(re.findall(_WORD, holder.person if holder else name.name))
    words = list(re.finditer(_WORD, text[start : end + 40]))
    first = next((i for i, word in enumerate(words) if word.group() in own), None)
    if first is None or start + words[first].start() >= end:
        return None
    last = first
    while last + 1 < len(words) and words[last + 1].group() in own:
        last += 1
    return start + words[first].start(), max(end, start + words[last].end())


def _names(text: str, on: date | None) -> Iterator[tuple[tuple[int, int], ActorName]]:
    names, automaton = _automaton()
    straight = text.replace("’", "'")
    for index, start, end in automaton.find_matches_as_indexes(straight):
        if _inside_word(text, start, end):
            continue
        valid = [n for n in names[index] if n.kind != "person" or (on and n.valid_on(on))]
        if valid:
            yield (start, end), valid[0]
        elif names[index] and on is not None:
            yield from _without_title(text, (start, end), names[index][0], on)


def _without_title(
    text: str, place: tuple[int, int], name: ActorName, on: date
) -> Iterator[tuple[tuple[int, int], ActorName]]:
    """Read the person where the office before the full name is not held that day."""
    start, end = place
    following = re.match(r"\s+[A-Z][\w’'-]+", text[end:])
    ends = [end + following.end(), end] if following else [end]
    starts = [start + space.end() for space in re.finditer(r"\s", text[start:end])]
    for first, last in ((a, b) for b in ends for a in starts):
        holder = holder_named(text[first:last], on)
        if holder is not None and holder.person == text[first:last]:
            yield (first, last), replace(name, name=holder.person, actor=holder.actor)
            return


@cache
def _automaton() -> tuple[list[list[ActorName]], AhoCorasick]:
    by_name: dict[str, list[ActorName]] = {}
    for name in all_names():
        by_name.setdefault(name.name, []).append(name)
        if name.kind in _IN_CAPITALS and len(name.name) >= _LONG_ENOUGH:
            by_name.setdefault(name.name.upper(), []).append(name)
    for phrase in masked_phrases():
        by_name[phrase] = []
    patterns = list(by_name)
    automaton = AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest)
    return [by_name[p] for p in patterns], automaton


def _inside_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start]
    after = text[end : end + 1]
    return before.isalnum() or (after.isalnum() and text[end - 1].isalnum())


def _mention(text: str, place: tuple[int, int], name: ActorName, on: date | None) -> Mention:
    start, end = place
    persons: tuple[str, ...] = ()
    if name.kind == "person" and on is not None:
        holder = holder_named(name.name, on)
        persons = (holder.person if holder else name.name,)
    possessive = bool(_POSSESSIVE.match(text, end))
    return Mention(start, end, name.actor, _KINDS[name.kind], persons, possessive)


@cache
def _role_pattern() -> re.Pattern[str]:
    words = sorted(role_words(), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)


def _with_noun(text: str, mention: Mention, found: list[Mention]) -> Mention:
    """Read "Chinese technology companies" and "China's navy" as one group with its role."""
    if mention.kind not in {"adjective", "state"} or mention.role not in {"GOV", ""}:
        return mention
    starts = [m.start for m in found]
    following = bisect_left(starts, mention.end)
    limit = starts[following] if following < len(starts) else len(text)
    word = _role_pattern().search(text, mention.end, min(limit, mention.end + 60))
    if word is None:
        return mention
    plain_state = mention.kind == "state" and not mention.possessive
    gap = text[mention.end : word.start()]
    if not (_STATE_GAP if plain_state else _NOUN_GAP).match(gap) or _BREAK.search(gap):
        return mention
    role = role_words()[word.group().lower()]
    return replace(
        mention, end=word.end(), actor=f"{mention.country}/{role}", kind="group", possessive=False
    )


def _merge(text: str, mentions: list[Mention]) -> list[Mention]:
    merged: list[Mention] = []
    for mention in mentions:
        last = merged[-1] if merged else None
        if last and _same_phrase(text, last, mention):
            merged[-1] = _joined(last, mention)
        elif last is None or mention.start >= last.end:
            merged.append(mention)
    return merged


def _same_phrase(text: str, left: Mention, right: Mention) -> bool:
    gap = text[left.end : right.start]
    if left.country != right.country or len(gap) > 90:
        return False
    if left.kind == "person" and right.kind == "person":
        return False
    if left.kind == "state" and gap.startswith(","):
        return False
    return bool(_TITLE_GAP.match(gap)) and not gap.strip().endswith(",")


def _joined(left: Mention, right: Mention) -> Mention:
    best = max((left, right), key=lambda m: (m.kind == "person", m.kind == "group", m.start))
    return replace(
        best,
        start=left.start,
        end=max(left.end, right.end),
        persons=left.persons + right.persons,
        possessive=right.possessive,
    )
