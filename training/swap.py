"""Exchange the United States and China in a sentence: names, peoples, capitals, persons in office.

What stands for one stands for the other afterwards, in the same place, case and number; articles follow
("the United States" and "China"). Names come from the package's own tables.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from detente.ontology.actors import all_names, masked_phrases
from detente.ontology.offices import Holder, holders_on
from detente.ontology.states import countries

FIRST, SECOND = "USA", "CHN"

SHORT = (
    ("U.S.", "P.R.C."),
    ("US", "PRC"),
    ("U.S.A.", "P.R. China"),
    ("America", "mainland China"),
    ("USA", "Mainland China"),
)
"""Short forms that stand for one another; the tables' other aliases go one way."""

OFFICES = (
    ("President", "President"),
    ("Vice President", "Vice President"),
    ("Secretary of State", "Foreign Minister"),
    (
        "National Security Advisor",
        "Director of the Office of the Central Foreign Affairs Commission",
    ),
    ("Secretary of Defense", "Defense Minister"),
    ("Secretary of the Treasury", "Vice Premier for Economy and Trade"),
    ("Secretary of Commerce", "Commerce Minister"),
    ("Trade Representative", "Trade Representative"),
    ("Climate Envoy", "Climate Envoy"),
    ("Deputy Secretary of State", "Vice Foreign Minister"),
    ("White House Press Secretary", "Foreign Ministry Spokesperson"),
    ("Ambassador to China", "Ambassador to the United States"),
    ("Speaker of the House", "Chairman of the NPC Standing Committee"),
    ("Chairman of the Joint Chiefs of Staff", "Chief of the Joint Staff"),
)
"""Offices whose holders stand for one another; who holds two is exchanged for the first."""

_WITH_ARTICLE = frozenset({"United States", "White House"})
_TITLES = frozenset(
    [
        "President",
        "Vice",
        "Secretary",
        "Deputy",
        "Assistant",
        "Ambassador",
        "General",
        "Admiral",
        "Speaker",
        "House",
        "Senator",
        "Leader",
        "Chairman",
        "Chair",
        "Director",
        "Minister",
        "Foreign",
        "State",
        "Defense",
        "Commerce",
        "Trade",
        "Premier",
        "Special",
        "Governor",
        "Attorney",
        "Councilor",
        "Councillor",
        "Spokesperson",
    ]
)
_NO_FAMILY = frozenset({"He", "Li", "Le", "Ma", "An", "Brown", "Price", "Miller"})
"""Family names that alone are other words or too many people."""

_START = re.compile(r"(?:^|[.!?:]\s+|[“\"(]|^[-•–]\s*)$")
_NO_ARTICLE = re.compile(r"(?:[-–—/]|\b(?:the|a|an)\s)$", re.IGNORECASE)
_INDEFINITE = re.compile(r"\b([Aa])n? $")
_APOSTROPHE = re.compile(r"[’'](?:s\b)?(?!\w)")


@dataclass(frozen=True)
class Exchanged:
    """A sentence after the exchange, and where in the one before names were exchanged."""

    text: str
    spans: tuple[tuple[int, int], ...]


def exchanged(text: str, on: date, *, articles: bool = True) -> Exchanged:
    """Exchange the two states in a sentence.

    Args:
        text: The sentence.
        on: Its day: persons stand for one another by the office they hold then.
        articles: Whether "the" follows the names that need it.

    Examples:
        >>> exchanged("China thanked the U.S.", date(2023, 6, 18)).text
        'The United States thanked the P.R.C.'
    """
    pattern, table = _names(on)
    spans: list[tuple[int, int]] = []
    written, last = "", 0
    for found in pattern.finditer(text.replace("’", "'")):
        name = found.group()
        other = table.get(name) or _upper(name, table)
        if other is None or _is_other_person(text, found, on):
            continue
        other = other.replace("'", "’") if "’" in text else other
        start, words = _with_article(text, found, other, articles=articles)
        own = _possessive(text, found.end(), name, other)
        written += text[last:start] + words + own
        last = found.end() + (len(_apostrophe(text, found.end())) if own else 0)
        spans.append(found.span())
    return Exchanged(written + text[last:], tuple(spans))


@cache
def state_names() -> dict[str, str]:
    """Return every name of either state with the one that stands for it in the other.

    Returns:
        Names without an exact counterpart go to the nearest and do not come back.
    """
    first, second = countries()[FIRST], countries()[SECOND]
    pairs = [(first.name, second.name), (first.official, second.official), *SHORT]
    pairs += zip(first.demonyms, second.demonyms, strict=False)
    pairs += zip(first.capitals[-1:], second.capitals, strict=False)
    pairs += zip(first.metonyms, second.metonyms, strict=False)
    found = dict(pairs) | {right: left for left, right in pairs}
    for state, other in ((first, second), (second, first)):
        for names, nearest in (
            (state.aliases, "mainland China" if other is second else "America"),
            (state.demonyms, other.demonyms[0]),
            (state.capitals, other.capitals[-1]),
            (state.metonyms, other.metonyms[0]),
        ):
            for name in names:
                found.setdefault(name, nearest)
    return found


def person_names(on: date) -> dict[str, str]:
    """Return names of persons in office with those of their counterparts.

    Args:
        on: The day.

    Returns:
        Full names, names with a title before, and family names.

    Examples:
        >>> person_names(date(2023, 6, 18))["Antony Blinken"]
        'Qin Gang'
    """
    found: dict[str, str] = {}
    for left, right in counterparts(on):
        for name, other in (*_forms(left, right), *_forms(right, left)):
            found.setdefault(name, other)
    return found


def counterparts(on: date) -> Iterator[tuple[Holder, Holder]]:
    """Yield who stands for whom, each person once.

    Args:
        on: The day.
    """
    taken: set[str] = set()
    ours, theirs = holders_on(FIRST, on), holders_on(SECOND, on)
    for office, other in OFFICES:
        left = next((h for h in ours if h.office == office and h.person not in taken), None)
        right = next((h for h in theirs if h.office == other and h.person not in taken), None)
        if left is not None and right is not None:
            taken |= {left.person, right.person}
            yield left, right


@lru_cache(maxsize=4096)
def _names(on: date) -> tuple[re.Pattern[str], dict[str, str]]:
    """The longest name wins; phrases that only hold a name stay as they are."""
    table = state_names() | person_names(on)
    upper = {name.upper() for name in state_names() if len(name) > 4}
    known = {*table, *upper, *masked_phrases(), *_organisations()}
    words = "|".join(_alone(n) for n in sorted(known, key=lambda n: (-len(n), n)))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)"), table


def _alone(name: str) -> str:
    """A name's pattern; a family name with its title is none where the given name follows."""
    return re.escape(name) + (r"(?!\s+[A-Z][a-z])" if _is_titled(name) else "")


@cache
def _organisations() -> tuple[str, ...]:
    return tuple(n.name for n in all_names() if n.kind == "organisation")


def _upper(name: str, table: dict[str, str]) -> str | None:
    plain = next((n for n in table if n.upper() == name), None) if name.isupper() else None
    return table[plain].upper() if plain else None


def _forms(one: Holder, other: Holder) -> Iterator[tuple[str, str]]:
    """A full name for a full name, a titled one for a titled one, a family name for a family name.

    A family name that the tables never read alone has the full name instead: no reader of a single
    sentence could tell whose it is.
    """
    titled = next((n for n in other.names if _is_titled(n)), other.person)
    for name in one.names:
        if " " in name:
            yield name, titled if _is_titled(name) else other.person
    if family(one) not in _NO_FAMILY:
        yield family(one), family(other) if family(other) in other.names else other.person


def _is_titled(name: str) -> bool:
    return " " in name and name.split(maxsplit=1)[0] in _TITLES


def family(holder: Holder) -> str:
    """Return the family name: in China the first word.

    Args:
        holder: The person.
    """
    words = holder.person.split()
    return words[0] if holder.country == SECOND else words[-1]


def _is_other_person(text: str, found: re.Match[str], on: date) -> bool:
    """Whether a family name is part of a full name that is not its bearer's."""
    name = found.group()
    if " " in name or name in state_names() or name.upper() == name:
        return False
    before = re.search(r"(\w[\w.’'-]*)\s+$", text[: found.start()])
    title = before is not None and (before.group(1) in _TITLES or not before.group(1)[0].isupper())
    is_chinese = any(family(right) == name for _, right in counterparts(on))
    if is_chinese:
        return bool(re.match(r"\s+[A-Z][a-z]", text[found.end() :]))
    return before is not None and not title and not _START.search(text[: before.start()] or "")


def _with_article(
    text: str, found: re.Match[str], other: str, *, articles: bool
) -> tuple[int, str]:
    """Where the replaced words begin and what stands there, with "the" given or taken."""
    start, before = found.start(), text[: found.start()]
    indefinite = _INDEFINITE.search(before) if articles else None
    if indefinite is not None:
        article = indefinite.group(1) + ("n " if other[0] in "Aa" else " ")
        return indefinite.start(), article + other
    if not articles or (found.group() in _WITH_ARTICLE) == (other in _WITH_ARTICLE):
        return start, other
    if other in _WITH_ARTICLE:
        if _NO_ARTICLE.search(before):
            return start, other
        return start, f"{'The' if _START.search(before) else 'the'} {other}"
    article = re.search(r"\b[Tt]he $", before)
    return (article.start(), other) if article else (start, other)


def _apostrophe(text: str, end: int) -> str:
    found = _APOSTROPHE.match(text, end)
    return found.group() if found and "‘" not in text[:end] else ""


def _possessive(text: str, end: int, name: str, other: str) -> str:
    """The possessive mark as the new name takes it; empty where none stands or it stays."""
    mark = _apostrophe(text, end)
    if not mark or name.endswith("s") == other.endswith("s"):
        return ""
    return mark[0] if other.endswith("s") else f"{mark[0]}s"
