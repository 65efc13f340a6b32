"""Join repeated reports of one event, so that it counts once.

A report joins a group by its likeness to the earliest report alone: chains never grow over days.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import ceil

NEAR_SAME = 0.6
"""Jaccard likeness of two reports' words from which they tell the same."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class EventFact:
    """What is compared of one event. Days are proleptic ordinals, as `date.toordinal` gives."""

    event_id: str
    actor: str
    recipient: str | None
    root: str
    start: int
    """First day it can have happened on."""
    end: int
    """Last day."""
    published: int | None = None
    """Day it was published; its last day stands in where unknown."""
    text: str | None = None
    url: str | None = None
    issues: frozenset[str] = frozenset()
    """Empty where the source has none."""
    is_file_row: bool = False
    """A row of an event file, whose URL names the report; sentences of one page share its URL."""
    fingerprint: str = ""
    """What else must agree for an exact repeat, where there is neither text nor URL."""


@dataclass(eq=False)
class _Group:
    first: EventFact
    tokens: frozenset[str]
    members: list[EventFact]


@dataclass
class _Index:
    """Groups by what a later report can be found under."""

    rarity: Counter[str]
    exact: dict[tuple[object, ...], list[_Group]] = field(default_factory=lambda: defaultdict(list))
    groups: list[_Group] = field(default_factory=list)


def distinct_events(facts: Iterable[EventFact]) -> list[tuple[EventFact, ...]]:
    """Join reports of one event: same directed dyad and root, day +-1, near-same text or same URL.

    Near-same is a Jaccard likeness of lower-cased words of at least 0.6. A shared URL joins rows of
    event files only. Events on different issues stay apart; a shared issue suffices to be alike.
    With neither text nor URL only exact repeats join. Look-ups go by dyad, root, day and rare
    words, so the time grows about as the number of reports.

    Args:
        facts: Events in any order.

    Returns:
        One group per distinct event, its earliest published report first, groups in order of
        publication; every fact is in exactly one group.

    References:
        Detente measure definitions, docs/concepts/measures.md; Chaudhuri, Ganti, Kaushik (2006),
        A primitive operator for similarity joins, doi:10.1109/ICDE.2006.9, for the prefix filter.

    Examples:
        >>> said = "China accused the United States of provocation"
        >>> facts = [
        ...     EventFact("b", "CHN/GOV", "USA/GOV", "11", 737000, 737000, 737001, said + "."),
        ...     EventFact("a", "CHN/GOV", "USA/GOV", "11", 736999, 736999, 736999, said),
        ...     EventFact("c", "USA/GOV", "CHN/GOV", "11", 737000, 737000, 737001, said),
        ... ]
        >>> [[fact.event_id for fact in group] for group in distinct_events(facts)]
        [['a', 'b'], ['c']]
    """
    ordered = sorted(facts, key=lambda fact: (_published(fact), fact.event_id))
    words = [_tokens(fact) for fact in ordered]
    index = _Index(rarity=Counter(word for tokens in words for word in tokens))
    for fact, tokens in zip(ordered, words, strict=True):
        _place(index, fact, tokens)
    return [tuple(group.members) for group in index.groups]


def _published(fact: EventFact) -> int:
    return fact.end if fact.published is None else fact.published


def _tokens(fact: EventFact) -> frozenset[str]:
    return frozenset(_WORD.findall(fact.text.lower())) if fact.text else frozenset()


def _place(index: _Index, fact: EventFact, tokens: frozenset[str]) -> None:
    keys = list(_keys(index, fact, tokens))
    group = next(_alike(index, fact, tokens, keys), None)
    is_new = group is None
    if group is None:
        group = _Group(fact, tokens, [])
        index.groups.append(group)
    group.members.append(fact)
    for key in keys:
        if (is_new or key[0] == "url") and group not in index.exact[key]:
            index.exact[key].append(group)


def _keys(index: _Index, fact: EventFact, tokens: frozenset[str]) -> Iterator[tuple[object, ...]]:
    about = (fact.actor, fact.recipient, fact.root)
    if fact.url and fact.is_file_row:
        yield ("url", *about, fact.url)
    for word in _prefix(index, tokens):
        yield ("word", *about, fact.start, word)
    if not fact.url and not tokens:
        yield ("same", *about, fact.start, fact.end, fact.issues, fact.fingerprint)


def _prefix(index: _Index, tokens: frozenset[str]) -> list[str]:
    rarest = sorted(tokens, key=lambda word: (index.rarity[word], word))
    return rarest[: len(rarest) - ceil(NEAR_SAME * len(rarest)) + 1] if rarest else []


def _alike(
    index: _Index, fact: EventFact, tokens: frozenset[str], keys: list[tuple[object, ...]]
) -> Iterator[_Group]:
    for key in keys:
        for group in _found(index, key):
            if not _could_be_one(group.first, fact):
                continue
            if key[0] != "word" or _likeness(group.tokens, tokens) >= NEAR_SAME:
                yield group


def _found(index: _Index, key: tuple[object, ...]) -> Iterator[_Group]:
    if key[0] != "word":
        yield from index.exact.get(key, ())
        return
    *about, start, word = key
    for day in (-1, 0, 1):
        yield from index.exact.get((*about, int(str(start)) + day, word), ())


def _could_be_one(first: EventFact, fact: EventFact) -> bool:
    near = abs(first.start - fact.start) <= 1 and abs(first.end - fact.end) <= 1
    return near and (first.issues == fact.issues or bool(first.issues & fact.issues))


def _likeness(left: frozenset[str], right: frozenset[str]) -> float:
    shared = len(left & right)
    return shared / (len(left) + len(right) - shared)
